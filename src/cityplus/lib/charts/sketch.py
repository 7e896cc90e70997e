"""The sketch of a route: its stops true to scale with north up, their marks gently apart, and the way between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

from cityplus.lib.charts.boxes import Box, Spot, Stroke
from cityplus.lib.charts.ink import curve
from cityplus.lib.charts.spread import spread
from cityplus.lib.geo import Frame, Point

WIDTH, HEIGHT = 640, 800
REACH = 17.0
"""Of a mark, in units of the paper."""

_MARGIN = 76.0
_GAP = 2 * REACH + 4
_MOST = 18.0
"""Units that a mark may be pushed from its true place."""

_STEP_ASIDE, _ASIDE = 160.0, 40.0
"""How far a route steps aside for its crowd: units by how one-sided it is, and at most."""

_LONGEST_BAR = 150.0
_EDGE = 34.0
_PAPER = Box(REACH + 8, REACH + 8, WIDTH - REACH - 8, HEIGHT - REACH - 8)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a stop's mark stands, and where the stop truly lies; ``pushed`` when the two differ enough to be seen."""

    spot: Spot
    true: Spot

    @property
    def pushed(self) -> bool:
        return hypot(self.spot[0] - self.true[0], self.spot[1] - self.true[1]) > 5

    @property
    def box(self) -> Box:
        return Box.at(*self.spot, REACH)


@dataclass(frozen=True, slots=True)
class Way:
    """A leg as path data. ``drawn`` says that it follows a track; else it is the straight line."""

    ink: str
    drawn: bool
    strokes: tuple[Stroke, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """The scale bar: from its left end, ``length`` units that stand for ``metres``; ``box`` is kept free for its words."""

    x: float
    y: float
    length: float
    metres: float
    box: Box


@dataclass(frozen=True, slots=True)
class Sketch:
    """``rings`` are radii around the middle of the paper, one bar apart; ``north`` is where the north mark stands."""

    marks: list[Mark]
    ways: list[Way]
    bar: Bar
    north: Spot
    rings: list[float]

    @property
    def north_box(self) -> Box:
        """The north mark with its letter above."""
        x, y = self.north
        return Box(x - 24, y - 50, x + 24, y + 24)

    @property
    def kept_free(self) -> list[Box]:
        """What no label may cover."""
        return [*(mark.box for mark in self.marks), self.bar.box, self.north_box]


def sketch(stops: Sequence[Point], tracks: Sequence[Sequence[Point]]) -> Sketch:
    """Lay a route out. ``tracks`` has an entry a leg, empty where nobody drew the way.

    Raises:
        ValueError: the route has no stop.
    """
    frame = Frame.around([*stops, *(point for track in tracks for point in track)], WIDTH, HEIGHT, _MARGIN)
    aside = _aside([frame.place(point)[0] for point in stops])

    def place(point: Point) -> Spot:
        x, y = frame.place(point)
        return x + aside, y

    places = [place(point) for point in stops]
    spots = spread(places, _GAP, _MOST, _PAPER)
    bar = _bar(frame, spots)
    ways = [
        _way(start, [place(point) for point in track], end)
        for (start, end), track in zip(pairwise(spots), tracks, strict=True)
    ]
    north = _freest([(_EDGE + 6, _EDGE + 26), (WIDTH - _EDGE - 6, _EDGE + 26)], spots)
    rings = [bar.length * step for step in range(1, int(HEIGHT / 2 / bar.length) + 1)]
    marks = [Mark(spot, true) for spot, true in zip(spots, places, strict=True)]
    return Sketch(marks, ways, bar, north, rings)


def round_length(most: float) -> float:
    """The longest of 1, 2, 5, 10, 20, 50 … metres that is no longer than this."""
    power = 1.0
    while power * 10 <= most:
        power *= 10
    while power > most:
        power /= 10
    return max(power * step for step in (1, 2, 5) if power * step <= most)


def _aside(eastings: Sequence[float]) -> float:
    """How far the whole route steps aside, away from its crowd, so that the names of the crowd find room at the edge."""
    west, east = min(eastings), max(eastings)
    if east - west < 1:
        return 0.0
    lean = (sum(eastings) / len(eastings) - (west + east) / 2) / ((east - west) / 2)
    return max(-_ASIDE, min(_ASIDE, -lean * _STEP_ASIDE))


def _way(start: Spot, track: Sequence[Spot], end: Spot) -> Way:
    points = [start, *track, end]
    return Way(curve(points), bool(track), tuple(pairwise(points)))


def _bar(frame: Frame, spots: Sequence[Spot]) -> Bar:
    """In the lower corner that is freer, with room for its words above it."""
    metres = round_length(_LONGEST_BAR * frame.metres_per_unit)
    length = metres / frame.metres_per_unit
    y = HEIGHT - _EDGE
    middle, _ = _freest([(_EDGE + length / 2, y), (WIDTH - _EDGE - length / 2, y)], spots)
    x = middle - length / 2
    return Bar(x, y, length, metres, Box(x - 8, y - 40, x + length + 8, y + 12))


def _freest(corners: Sequence[Spot], spots: Sequence[Spot]) -> Spot:
    """The corner furthest from every mark."""
    return max(corners, key=lambda corner: min(hypot(corner[0] - x, corner[1] - y) for x, y in spots))
