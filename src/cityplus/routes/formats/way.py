"""Where stops lie along a way: the tracks of a file, one after another."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, cos, hypot, inf, pi, radians

from cityplus.lib.geo import EARTH_RADIUS, Point, distance
from cityplus.lib.thinning import thinned
from cityplus.routes.formats.reading import Line
from cityplus.routes.formats.reading.finds import TOLERANCE

NEAR = 250.0
"""Metres that a stop may lie beside a track and still be on it: the far side of a square, the door behind the park."""
GAP = 100.0
"""Metres between the end of one track and the beginning of the next over which a leg still counts as drawn."""
MOST_POINTS = 10_000
"""Points of all tracks of a route: they are sent with its page."""

_DEGREE = pi * EARTH_RADIUS / 180
_MOST_CHANCES = 12
_RISE = 40.0
"""Metres by which the way must go from a stop and come back to pass it twice."""
_SKIP, _MOST_SKIPPED = 1_000.0, 6
"""What it costs to leave a stop beside the way, in metres, and how many in a row may be left."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a way: ``along`` counts its points, ``beside`` are the metres from the stop to it."""

    along: float
    beside: float


class Way:
    """The points of lines in a row; ``tolerance`` is what they were thinned to, ``breaks`` where a new line begins after a gap."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.tolerance = TOLERANCE
        parts = [line.points for line in lines]
        while sum(map(len, parts)) > 2 * MOST_POINTS and self.tolerance < 1e6:
            self.tolerance *= 2
            parts = [thinned(part, self.tolerance) for part in parts]
        self.lats, self.lons, self.breaks = array("d"), array("d"), set[int]()
        for part in parts:
            apart = distance(self.point(-1), Point(part[0], part[1])) if self.lats else 0.0
            if apart > GAP:
                self.breaks.add(len(self.lats))
            shared = 2 if self.lats and apart <= 1 else 0  # the end of one line and the start of the next are one point
            self.lats.extend(part[shared::2])
            self.lons.extend(part[shared + 1 :: 2])

    def __len__(self) -> int:
        return len(self.lats)

    def point(self, index: int) -> Point:
        return Point(self.lats[index], self.lons[index])

    def chances(self, stop: Point) -> list[Spot]:
        """Where the way comes nearest to a stop, each time it passes; nearest first, none farther than :data:`NEAR`."""
        found: list[Spot] = []
        low, peak = Spot(-1, inf), -1.0  # the nearest spot of this passing, or the farthest since
        for spot in self._spots(stop):
            if peak >= 0:
                peak = max(peak, spot.beside)
                if spot.beside < peak - _RISE:
                    low, peak = spot, -1.0
            elif spot.beside < low.beside:
                low = spot
            elif spot.beside > low.beside + _RISE:
                found.append(low)
                peak = spot.beside
        if peak < 0:
            found.append(low)
        near = [spot for spot in found if spot.beside <= NEAR]
        return sorted(near, key=lambda spot: (spot.beside, spot.along))[:_MOST_CHANCES]

    def _spots(self, stop: Point) -> Iterator[Spot]:
        """How far the stop is from each piece of the way, and from each end of a piece; infinitely where that is plainly too far."""
        east = _DEGREE * cos(radians(stop.lat))
        high, wide = NEAR / _DEGREE, NEAR / max(east, 1.0)
        for index, (lat, next_lat) in enumerate(pairwise(self.lats)):
            lon, next_lon = self.lons[index], self.lons[index + 1]
            near = min(lat, next_lat) - high <= stop.lat <= max(lat, next_lat) + high
            if (
                not near
                or index + 1 in self.breaks
                or not min(lon, next_lon) - wide <= stop.lon <= max(lon, next_lon) + wide
            ):
                yield Spot(index, inf)
                continue
            x, y = (lon - stop.lon) * east, (lat - stop.lat) * _DEGREE
            u, v = (next_lon - stop.lon) * east, (next_lat - stop.lat) * _DEGREE
            long = (u - x) ** 2 + (v - y) ** 2
            share = max(0.0, min(1.0, -(x * (u - x) + y * (v - y)) / long)) if long else 0.0
            yield Spot(index, hypot(x, y))
            yield Spot(index + share, hypot(x + share * (u - x), y + share * (v - y)))
            yield Spot(index + 1, hypot(u, v))

    def between(self, start: Spot, end: Spot) -> list[list[float]]:
        """The points from one spot to the next, ``[[lat, lon], …]``; none where a gap lies between.

        A spot that lies beside its stop is a point too; a straight leg has one, so that it counts as drawn.
        """
        first, last = int(start.along) + 1, ceil(end.along) - 1
        if any(first <= cut <= last + 1 for cut in self.breaks):
            return []
        points = [self._at(index) for index in (start.along, *range(first, last + 1), end.along)]
        kept = points[start.beside <= self.tolerance : len(points) - (end.beside <= self.tolerance)]
        return kept or [points[-1]]

    def _at(self, along: float) -> list[float]:
        index = min(int(along), len(self) - 2)
        share = along - index
        lat = self.lats[index] + share * (self.lats[index + 1] - self.lats[index])
        return [round(lat, 6), round(self.lons[index] + share * (self.lons[index + 1] - self.lons[index]), 6)]


def matched(way: Way, stops: Sequence[Point]) -> list[Spot | None]:
    """For each stop its spot, none before that of a stop ahead of it; None for those that lie beside the way or out of its order.

    Of a way that passes a stop several times that passing is taken with which all stops together lie nearest.
    """
    chances = [way.chances(stop) if len(way) > 1 else [] for stop in stops]
    order = [index for index, options in enumerate(chances) if options]
    # For each chance of each stop on the way: what it costs to come there, and from which chance of which stop before.
    ways: list[list[tuple[float, int, int]]] = []
    for rank, index in enumerate(order):
        row = []
        for spot in chances[index]:
            best = (_SKIP * rank, -1, -1)
            for back in range(max(0, rank - _MOST_SKIPPED), rank):
                for choice, other in enumerate(chances[order[back]]):
                    cost = ways[back][choice][0] + _SKIP * (rank - back - 1)
                    if other.along <= spot.along and cost < best[0]:
                        best = (cost, back, choice)
            row.append((best[0] + spot.beside, best[1], best[2]))
        ways.append(row)
    found: list[Spot | None] = [None] * len(stops)
    ends = [
        (cost + _SKIP * (len(order) - rank - 1), rank, choice)
        for rank, row in enumerate(ways)
        for choice, (cost, _, _) in enumerate(row)
    ]
    _, rank, choice = min(ends, default=(0.0, -1, -1))
    while rank >= 0:
        found[order[rank]] = chances[order[rank]][choice]
        _, rank, choice = ways[rank][choice]
    return found
