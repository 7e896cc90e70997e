"""The flat map of the world: the Natural Earth projection, cut where it is emptiest, in the Bering Strait."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import radians

from cityplus.lib.charts import atlas, ink
from cityplus.lib.charts.boxes import Spot
from cityplus.lib.geo import Point

WIDTH, HEIGHT = 1200, 600
MIDDLE = 11.0
"""The meridian in the middle, in degrees east: so the edge of the map touches no land but Antarctica."""

_USUAL = (-2.06, -1.25, 2.36, 0.92)
"""West, north, east and south of the map, projected, where no member lies further out: Alaska to New Zealand, Greenland to Cape Horn."""
_MARGIN = 0.12


def natural_earth(lon: float, lat: float) -> Spot:
    """Natural Earth projection, y down, for longitudes in degrees from the middle meridian (Šavrič, Jenny et al. 2011)."""
    turn, height = radians(lon), radians(lat)
    two = height * height
    four = two * two
    ten = four * four * two
    x = turn * (0.8707 - 0.131979 * two - 0.013791 * four + ten * (0.003971 - 0.001529 * two))
    y = height * (1.007226 + two * (0.015085 + four * (-0.044475 + two * (0.028874 - 0.005916 * two))))
    return x, -y


def from_middle(lon: float) -> float:
    """Degrees east of the middle meridian, -180 to 180."""
    return (lon - MIDDLE + 180) % 360 - 180


@dataclass(frozen=True, slots=True)
class World:
    """The part of the projected Earth that the paper shows: ``west`` and ``north`` at its upper left, ``scale`` units a radian."""

    west: float
    north: float
    scale: float

    @classmethod
    def around(cls, points: Sequence[Point]) -> World:
        """The usual part, made larger where a member lies outside of it."""
        spots = [natural_earth(from_middle(point.lon), point.lat) for point in points]
        west = min([_USUAL[0], *(x - _MARGIN for x, _ in spots)])
        north = min([_USUAL[1], *(y - _MARGIN for _, y in spots)])
        east = max([_USUAL[2], *(x + _MARGIN for x, _ in spots)])
        south = max([_USUAL[3], *(y + _MARGIN for _, y in spots)])
        scale = min(WIDTH / (east - west), HEIGHT / (south - north))
        return cls((west + east - WIDTH / scale) / 2, (north + south - HEIGHT / scale) / 2, scale)

    def place(self, lon: float, lat: float) -> Spot:
        """Where a place lies on the paper; longitude in degrees from the middle meridian."""
        x, y = natural_earth(lon, lat)
        return (x - self.west) * self.scale, (y - self.north) * self.scale

    def spot(self, point: Point) -> Spot:
        return self.place(from_middle(point.lon), point.lat)


@lru_cache(maxsize=8)
def land(world: World) -> str:
    """The coasts as ink in tenths, to be filled by the even-odd rule."""
    return "".join(_ring(world, part) for ring in atlas.land() for part in _cut(ring))


@lru_cache(maxsize=8)
def lights(world: World) -> tuple[str, str, str]:
    """Bright cities as ink in tenths, one drawing a magnitude."""
    drawings: list[list[Spot]] = [[], [], []]
    for lon, lat, magnitude in atlas.lights():
        drawings[magnitude].append(world.place(from_middle(lon), lat))
    faint, bright, brightest = (ink.dots(spots) for spots in drawings)
    return faint, bright, brightest


@lru_cache(maxsize=8)
def graticule(world: World, step: int = 30) -> str:
    """Meridians and parallels as ink in tenths."""
    meridians = [[(lon, lat) for lat in range(-90, 91, 6)] for lon in range(-180, 181, step)]
    parallels = [[(-180, lat), (180, lat)] for lat in range(-60, 61, step)]
    lines = [[world.place(lon, lat) for lon, lat in line] for line in [*meridians, *parallels]]
    return "".join(ink.outline(line, closed=False) for line in lines)


def _ring(world: World, ring: Sequence[Spot]) -> str:
    spots = [world.place(lon, lat) for lon, lat in ring]
    bottom = max(y for _, y in spots)
    right, left = max(x for x, _ in spots), min(x for x, _ in spots)
    seen = bottom > 0 and min(y for _, y in spots) < HEIGHT and right > 0 and left < WIDTH
    return ink.outline(spots) if seen else ""


def _cut(ring: atlas.Ring) -> Iterator[list[Spot]]:
    """The ring in degrees from the middle meridian, in as many parts as the edge of the map cuts it into."""
    for turn in (-360.0, 0.0, 360.0):
        shifted = [(lon - MIDDLE + turn, lat) for lon, lat in ring]
        if min(lon for lon, _ in shifted) < 180 and max(lon for lon, _ in shifted) > -180:
            yield list(_half(_half(shifted, -180, 1), 180, -1))


def _half(ring: Iterable[Spot], edge: float, sign: int) -> Iterator[Spot]:
    """The ring's part beyond a meridian: east of it at sign 1, west of it at -1 (Sutherland and Hodgman)."""
    points = list(ring)
    for (lon, lat), (far_lon, far_lat) in pairwise([*points[-1:], *points]):
        inside, far_inside = (lon - edge) * sign >= 0, (far_lon - edge) * sign >= 0
        if inside != far_inside:
            yield edge, lat + (far_lat - lat) * (edge - lon) / (far_lon - lon)
        if far_inside:
            yield far_lon, far_lat
