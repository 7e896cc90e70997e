"""A small label solver: every name finds a spot beside its mark where it covers nothing, or further off at the end of a thin leader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, inf, sin, tau

from cityplus.lib.charts.boxes import Box, Stroke, cross

GAP = 4.0
"""Clear space around a label, in units of the paper."""

_DIRECTIONS = 16
_DISLIKE = (0, 2, 3, 6, 6, 6, 4, 2, 1, 2, 4, 6, 6, 6, 3, 2)
"""By sixteenths of a turn, clockwise from the right: beside the mark reads best, above and below less well."""
_ON_MARK, _ON_LABEL, _LEADER_ON_LABEL, _LEADERS_CROSS, _ON_LINE, _PER_UNIT = 400.0, 1000.0, 80.0, 60.0, 9.0, 0.25
_PASSES = 12


@dataclass(frozen=True, slots=True)
class Label:
    """A name that wants a spot: ``x`` and ``y`` of its mark, ``reach`` of the mark, size of the words.

    ``worth`` is what it costs to leave it out: none is ever left out at infinity, and at 20 it goes rather than cover another.
    """

    x: float
    y: float
    reach: float
    width: float
    height: float
    worth: float = inf


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a label stands. ``side`` is 1 right of its mark, -1 left, 0 above or below; ``leader`` ties it to its mark from afar."""

    box: Box
    side: int
    leader: Stroke | None


def place(
    labels: Sequence[Label],
    paper: Box,
    marks: Sequence[Box] = (),
    lines: Sequence[Stroke] = (),
    reaches: Sequence[float] = (0, 14, 28, 46, 70, 100),
) -> list[Placed | None]:
    """A spot for each label, None for those that are left out.

    ``marks`` must not be covered, ``lines`` rather not. ``reaches`` are the distances from the mark that are tried; from the second
    on a leader is drawn. The same input gives the same spots, and is laid out once: a page that is made again each minute, for its
    clocks, has the same map on it.
    """
    return list(_placed(tuple(labels), paper, tuple(marks), tuple(lines), tuple(reaches)))


@lru_cache(maxsize=256)
def _placed(
    labels: tuple[Label, ...],
    paper: Box,
    marks: tuple[Box, ...],
    lines: tuple[Stroke, ...],
    reaches: tuple[float, ...],
) -> tuple[Placed | None, ...]:
    choices = [_Choices(label, paper, marks, lines, reaches) for label in labels]
    order = sorted(range(len(labels)), key=lambda i: (-labels[i].worth, choices[i].ease()))
    spots: list[_Spot | None] = [None] * len(labels)
    for _ in range(_PASSES):
        moved = False
        for i in order:
            others = [spot for j, spot in enumerate(spots) if spot and j != i]
            best = choices[i].best(others)
            moved |= best != spots[i]
            spots[i] = best
        if not moved:
            break
    return tuple(spot.placed if spot else None for spot in spots)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A label in a spot, and what it costs there beside no other. ``clear`` is its box with the space around it, ``all`` the box that
    also holds its leader: spots whose boxes do not meet have nothing against each other, and most do not."""

    placed: Placed
    cost: float
    clear: Box
    all: Box

    @classmethod
    def of(cls, placed: Placed, cost: float) -> _Spot:
        clear = placed.box.grown(GAP, GAP)
        if not placed.leader:
            return cls(placed, cost, clear, clear)
        (x, y), (u, v) = placed.leader
        across, down = (x, u, clear.left, clear.right), (y, v, clear.top, clear.bottom)
        return cls(placed, cost, clear, Box(min(across), min(down), max(across), max(down)))


class _Choices:
    """The spots of one label, the most liked first; what a spot covers is found out only when it is asked for."""

    def __init__(
        self, label: Label, paper: Box, marks: Sequence[Box], lines: Sequence[Stroke], reaches: Sequence[float]
    ) -> None:
        own = Box.at(label.x, label.y, 0.5)
        far = label.reach + max(reaches) + 2 * GAP
        near = own.grown(far, far).grown(label.width, label.height)
        self.label, self.paper = label, paper
        self.marks = [mark for mark in marks if mark.meets(near) and not mark.meets(own)]
        self.lines = [line for line in lines if near.crossed(line)]
        self.ways = sorted(
            (dislike + away * _PER_UNIT, direction * tau / _DIRECTIONS, away)
            for away in reaches
            for direction, dislike in enumerate(_DISLIKE)
        )
        self.known: dict[int, _Spot] = {}

    def at(self, i: int) -> _Spot:
        """The spot and its cost, without what it has against other labels; endless where it leaves the paper."""
        if i not in self.known:
            dislike, angle, away = self.ways[i]
            placed = _beside(self.label, angle, away)
            fits = placed.box.within(self.paper)
            self.known[i] = _Spot.of(placed, dislike + _covers(placed, self.marks, self.lines) if fits else inf)
        return self.known[i]

    def best(self, others: Sequence[_Spot]) -> _Spot | None:
        """The spot that costs least beside the others; None where every one costs more than the label is worth."""
        best, least = None, self.label.worth
        for i, (dislike, _, _) in enumerate(self.ways):
            if dislike >= least:
                break
            spot = self.at(i)
            cost = spot.cost
            if cost < least:
                cost += sum(_quarrel(spot, other) for other in others if spot.all.meets(other.all))
            if cost < least:
                best, least = spot, cost
        return best

    def ease(self) -> int:
        """How many of the most liked spots are free: who has few chooses first."""
        return sum(1 for i in range(_DIRECTIONS) if self.at(i).cost < _ON_MARK / 4)


def _quarrel(one: _Spot, other: _Spot) -> float:
    """What two labels have against each other."""
    cost = _ON_LABEL if one.clear.meets(other.placed.box) else 0.0
    leaders = one.placed.leader, other.placed.leader
    for leader, box in zip(leaders, (other.clear, one.clear), strict=True):
        if leader and box.crossed(leader):
            cost += _LEADER_ON_LABEL
    if leaders[0] and leaders[1] and cross(leaders[0], leaders[1]):
        cost += _LEADERS_CROSS
    return cost


def _covers(placed: Placed, marks: Sequence[Box], lines: Sequence[Stroke]) -> float:
    box = placed.box.grown(GAP, GAP)
    cost = sum(_ON_MARK for mark in marks if box.meets(mark)) + sum(_ON_LINE for line in lines if box.crossed(line))
    if placed.leader:
        cost += sum(_LEADER_ON_LABEL for mark in marks if mark.crossed(placed.leader))
        cost += sum(_ON_LINE for line in lines if cross(line, placed.leader))
    return cost


def _beside(label: Label, angle: float, away: float) -> Placed:
    """The label in this direction from its mark, clockwise from the right, ``away`` from the rim of the mark and the gap around it."""
    far = label.reach + GAP + away
    x, y = label.x + far * cos(angle), label.y + far * sin(angle)
    side = 0 if abs(cos(angle)) < 0.3 else (1 if cos(angle) > 0 else -1)
    lift = (1 - sin(angle)) / 2 if side else (sin(angle) < 0)
    left, top = x - label.width * (1 - side) / 2, y - label.height * lift
    box = Box(left, top, left + label.width, top + label.height)
    box = box.moved(side * max(0.0, far - box.distance(label.x, label.y)))
    return Placed(box, side, _leader(label, box) if away else None)


def _leader(label: Label, box: Box) -> Stroke:
    """From the rim of the mark to just before the label."""
    x, y = box.nearest(label.x, label.y)
    run = hypot(x - label.x, y - label.y)
    east, south = (x - label.x) / run, (y - label.y) / run
    start = label.x + east * label.reach, label.y + south * label.reach
    return start, (x - east * GAP, y - south * GAP)
