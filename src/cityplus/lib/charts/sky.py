"""The star chart of a city: the whole Earth around it, every place at its true direction, its distance along a square-root scale.

The azimuthal equidistant projection with the square root of its radius: near neighbours part, the far side of the Earth is the rim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import acos, atan2, hypot, pi, sqrt, tau

from cityplus.lib.charts import atlas, ink
from cityplus.lib.charts.atlas import Vector
from cityplus.lib.charts.boxes import Spot
from cityplus.lib.geo import EARTH_RADIUS, Point, azimuthal

SIZE = 800
CENTRE = SIZE / 2
RADIUS = 346.0
"""Of the whole Earth, in units of the paper; what lies outside is left for the compass."""

_LONGEST = 14.0
"""Units: a coast's straight piece that would be longer is bent along its great circle."""


def radius_of(arc: float) -> float:
    """How far from the centre a place lies that is ``arc`` radians away."""
    return RADIUS * sqrt(arc / pi)


def ring_radius(metres: float) -> float:
    """The radius of the circle of all places this far away."""
    return radius_of(metres / EARTH_RADIUS)


def place(centre: Point, point: Point) -> Spot:
    """Where a place lies on the chart of another; the centre itself in the middle."""
    east, north = azimuthal(centre, point)
    arc = hypot(east, north)
    if not arc:
        return CENTRE, CENTRE
    scale = radius_of(arc) / arc
    return CENTRE + east * scale, CENTRE - north * scale


@dataclass(frozen=True, slots=True)
class Backdrop:
    """The Earth behind the stars, as ink in tenths: ``land`` is filled by the even-odd rule, ``lights`` are dots by magnitude."""

    land: str
    lights: tuple[str, str, str]


@lru_cache(maxsize=64)
def backdrop(centre: Point) -> Backdrop:
    """The Earth as it lies around a city; some ten milliseconds the first time."""
    look = _Look(centre)
    drawings: list[list[Spot]] = [[], [], []]
    for light, magnitude in atlas.light_vectors():
        drawings[magnitude].append(look.at(light))
    faint, bright, brightest = (ink.dots(spots) for spots in drawings)
    rings = [(ring, list(look.along(ring))) for ring in atlas.land_vectors()]
    land = "".join(ink.outline(spots) for _, spots in rings)
    rims = sum(1 for _, spots in rings if _holds_the_far_side(spots))
    return Backdrop(land + _rim() * (rims % 2), (faint, bright, brightest))


def _rim() -> str:
    """The edge of the chart as a ring of its own: land on the far side lies between its coast and the rim."""
    reach = round(RADIUS * ink.TENTHS)
    left, middle = round((CENTRE - RADIUS) * ink.TENTHS), round(CENTRE * ink.TENTHS)
    return f"M{left} {middle}a{reach} {reach} 0 1 0 {2 * reach} 0a{reach} {reach} 0 1 0 {-2 * reach} 0z"


class _Look:
    """The view from a city: its east, its north and its zenith as vectors."""

    def __init__(self, centre: Point) -> None:
        self.up = atlas.vector(centre.lon, centre.lat)
        x, y, z = self.up
        level = hypot(x, y) or 1e-12
        self.east: Vector = (-y / level, x / level, 0.0)
        self.north: Vector = (-z * x / level, -z * y / level, level)

    def at(self, place: Vector) -> Spot:
        x, y, z = place
        (e, f, _), (n, o, p), (u, v, w) = self.east, self.north, self.up
        height = x * u + y * v + z * w
        right, ahead = x * e + y * f, x * n + y * o + z * p
        run = hypot(right, ahead)
        if run < 1e-9:
            return (CENTRE, CENTRE) if height > 0 else (CENTRE, CENTRE - RADIUS)
        scale = radius_of(acos(max(-1.0, min(1.0, height)))) / run
        return CENTRE + right * scale, CENTRE - ahead * scale

    def along(self, ring: Sequence[Vector]) -> Iterator[Spot]:
        """The ring on the paper, with long pieces bent along their great circles."""
        spots = [self.at(place) for place in ring]
        for i, spot in enumerate(spots):
            yield from self._bent(ring[i - 1], spots[i - 1], ring[i], spot, 6)
            yield spot

    def _bent(self, start: Vector, here: Spot, end: Vector, there: Spot, depth: int) -> Iterator[Spot]:
        """What lies between two places, as finely as the paper needs."""
        if not depth or hypot(here[0] - there[0], here[1] - there[1]) < _LONGEST:
            return
        x, y, z = start[0] + end[0], start[1] + end[1], start[2] + end[2]
        length = sqrt(x * x + y * y + z * z)
        middle = (x / length, y / length, z / length)
        spot = self.at(middle)
        yield from self._bent(start, here, middle, spot, depth - 1)
        yield spot
        yield from self._bent(middle, spot, end, there, depth - 1)


def _holds_the_far_side(spots: Iterable[Spot]) -> bool:
    """Whether the antipode lies inside: a coast runs counter-clockwise, but seen from the other side of the Earth it runs clockwise."""
    angles = [atan2(CENTRE - y, x - CENTRE) for x, y in spots]
    turned = sum((there - here + pi) % tau - pi for here, there in pairwise([*angles[-1:], *angles]))
    return turned < -pi
