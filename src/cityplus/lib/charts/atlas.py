"""The land and the lights of the Earth, as the front-end build left them (``tools/land_data.py``)."""

from __future__ import annotations

import json
from functools import lru_cache
from math import cos, radians, sin
from pathlib import Path
from typing import Any

BUILT = Path(__file__).parent / "built"

Ring = tuple[tuple[float, float], ...]
Vector = tuple[float, float, float]


class AtlasError(LookupError):
    """A file of the atlas that the front-end build did not make."""


@lru_cache(maxsize=1)
def land() -> tuple[Ring, ...]:
    """Rings of ``(lon, lat)``, coasts and lake shores alike counter-clockwise, not closed.

    Longitudes run on past ±180° where a ring does; the ring round a pole passes along the pole.

    Raises:
        AtlasError: the file is missing; the message says how to build.
    """
    return tuple(tuple((lon, lat) for lon, lat in ring) for ring in _read("land.json"))


@lru_cache(maxsize=1)
def lights() -> tuple[tuple[float, float, int], ...]:
    """Bright cities as ``(lon, lat, magnitude)``, magnitude 0 to 2.

    Raises:
        AtlasError: the file is missing; the message says how to build.
    """
    return tuple((lon, lat, int(magnitude)) for lon, lat, magnitude in _read("lights.json"))


@lru_cache(maxsize=1)
def land_vectors() -> tuple[tuple[Vector, ...], ...]:
    """The rings of :func:`land` as unit vectors, without the poles, which are no coast."""
    return tuple(tuple(vector(lon, lat) for lon, lat in ring if abs(lat) < 90) for ring in land())


@lru_cache(maxsize=1)
def light_vectors() -> tuple[tuple[Vector, int], ...]:
    """:func:`lights` as unit vectors with their magnitudes."""
    return tuple((vector(lon, lat), magnitude) for lon, lat, magnitude in lights())


def vector(lon: float, lat: float) -> Vector:
    """A place in degrees as a unit vector: x to 0° east on the equator, y to 90° east, z to the north pole."""
    turn, height = radians(lon), radians(lat)
    return cos(height) * cos(turn), cos(height) * sin(turn), sin(height)


def _read(name: str) -> Any:
    path = BUILT / name
    if not path.exists():
        raise AtlasError(f"{path} is missing; build the front end with: python tools/frontend.py")
    return json.loads(path.read_text())
