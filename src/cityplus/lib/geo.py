"""Places on the Earth: WGS-84 points, distances and the projections that our charts use.

Everywhere in CityPlus a point is latitude first, in degrees. Distances are metres.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import acos, asin, cos, pi, radians, sin, sqrt

EARTH_RADIUS = 6_371_008.8
"""Mean radius of the Earth in metres (IUGG R1)."""

DETOUR = {"walk": 1.3, "cycle": 1.3, "drive": 1.4, "transit": 1.3}
"""How much longer a way through streets is than the straight line, where nobody drew the way.

Studies of street networks put the mean ratio between 1.2 and 1.4 (circuity: Levinson and El-Geneidy 2009;
Boeing 2019); we state it on the page as an estimate.
"""

SPEED = {"walk": 4.5, "cycle": 15.0, "drive": 25.0, "transit": 18.0}
"""Kilometres an hour in a city, door to door: an unhurried walk; a bicycle; a car; a tram or metro with its stops."""

TRANSIT_WAIT = 6
"""Minutes that we add to a transit leg for reaching the platform and waiting."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place in WGS-84 degrees.

    Raises:
        ValueError: latitude outside -90 to 90, or longitude outside -180 to 180.
    """

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise ValueError(
                f"{self.lat}, {self.lon} is no place on Earth: latitude goes from -90 to 90, "
                "longitude from -180 to 180, latitude first"
            )


def distance(a: Point, b: Point) -> float:
    """Great-circle distance in metres (haversine, which is exact enough at 0.5 %)."""
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_RADIUS * asin(min(1.0, sqrt(half)))


def length(points: Sequence[Point]) -> float:
    """Length of a drawn track in metres."""
    return sum(distance(a, b) for a, b in pairwise(points))


def azimuthal(centre: Point, point: Point) -> tuple[float, float]:
    """Azimuthal equidistant projection: ``(east, north)`` in radians of arc from the centre.

    Direction and distance from the centre are true, which is what a star chart is for.
    """
    lat_0, lat_1, turn = radians(centre.lat), radians(point.lat), radians(point.lon - centre.lon)
    cosine = sin(lat_0) * sin(lat_1) + cos(lat_0) * cos(lat_1) * cos(turn)
    arc = acos(max(-1.0, min(1.0, cosine)))
    if arc < 1e-9:
        return 0.0, 0.0
    scale = arc / sin(arc) if arc < pi - 1e-6 else 0.0
    east = scale * cos(lat_1) * sin(turn)
    north = scale * (cos(lat_0) * sin(lat_1) - sin(lat_0) * cos(lat_1) * cos(turn))
    return east, north


@dataclass(frozen=True, slots=True)
class Frame:
    """A flat frame around some places, for drawing a route: x to the right, y down, in the frame's own units."""

    width: float
    height: float
    west: float
    north: float
    scale: float
    squeeze: float

    @classmethod
    def around(cls, points: Sequence[Point], width: float, height: float, margin: float) -> Frame:
        """The frame in which all points fit with a margin on every side, north up, true to scale.

        Raises:
            ValueError: there is no point to frame.
        """
        if not points:
            raise ValueError("a frame needs at least one point")
        lats, lons = [p.lat for p in points], [p.lon for p in points]
        squeeze = cos(radians((min(lats) + max(lats)) / 2))
        span_x = max((max(lons) - min(lons)) * squeeze, 1e-4)
        span_y = max(max(lats) - min(lats), 1e-4)
        scale = min((width - 2 * margin) / span_x, (height - 2 * margin) / span_y)
        return cls(
            width=width,
            height=height,
            west=(min(lons) + max(lons)) / 2 - width / 2 / scale / squeeze,
            north=(min(lats) + max(lats)) / 2 + height / 2 / scale,
            scale=scale,
            squeeze=squeeze,
        )

    def place(self, point: Point) -> tuple[float, float]:
        """Where the point lies in the frame."""
        return (point.lon - self.west) * self.squeeze * self.scale, (self.north - point.lat) * self.scale

    @property
    def metres_per_unit(self) -> float:
        """How many metres one unit of the frame is."""
        return 2 * pi * EARTH_RADIUS / 360 / self.scale
