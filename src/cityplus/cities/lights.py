"""The lights of all members: packed for the globe, and drawn for the map of the directory."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cityplus.cities.models import City
from cityplus.cities.models.city import CityQuerySet
from cityplus.journal import Following
from cityplus.journal.models import Entry
from cityplus.lib.charts import ink, world
from cityplus.lib.geo import Point

_CELL, _COLUMNS = 0.1, 3600
_FAINTEST, _BRIGHTEST = 10_000, 20_000_000
_CUT = world.MIDDLE - 180
"""The meridian at which the map is cut."""


@dataclass(frozen=True, slots=True)
class Lights:
    """``packed`` has the format of the globe's city lights (``tools/globe_data.py``), one light a member; ``version`` changes with it."""

    packed: bytes
    version: str


def lights() -> Lights:
    """The lights of all launched cities as they are now; made anew when something happened to a city."""
    return _lights.now()


def _made() -> Lights:
    members = City.objects.filter(stage="launched").order_by().values_list("lat", "lon", "population")
    packed = pack(members.iterator(chunk_size=5000))
    return Lights(packed, hashlib.blake2b(packed, digest_size=6).hexdigest())


def _follow(old: Lights, entries: Sequence[Entry]) -> Lights | None:
    return None if any(entry.subject == "cities.city" for entry in entries) else old


_lights = Following(_made, _follow)


def pack(places: Iterable[tuple[float, float, int]]) -> bytes:
    """One varint a light, low seven bits first: 16 times the step from the cell before, plus the magnitude."""
    numbers = sorted(_cell(lat, lon) << 4 | _magnitude(people) for lat, lon, people in places)
    packed, last = bytearray(), 0
    for light in numbers:
        number = light - (last << 4)
        last = light >> 4
        while number > 0x7F:
            packed.append(number & 0x7F | 0x80)
            number >>= 7
        packed.append(number)
    return bytes(packed)


def _cell(lat: float, lon: float) -> int:
    """Cells of 0.1°, counted eastward from the south pole."""
    row = min(int((lat + 90) / _CELL), 1799)
    return row * _COLUMNS + int((lon + 180) / _CELL) % _COLUMNS


def _magnitude(people: int) -> int:
    """0 to 15 on a logarithmic scale. A member is never the faintest of lights, however small."""
    share = math.log(max(people, _FAINTEST) / _FAINTEST) / math.log(_BRIGHTEST / _FAINTEST)
    return min(15, 3 + round(12 * share))


def frame() -> world.World:
    """The part of the Earth that the map of the directory shows: every member is on it, whichever are listed.

    It takes four looks into indexes, however many members there are, and so may be a little wider than need be.
    """
    public = City.objects.public()
    lats = [public.order_by(key).values_list("lat", flat=True).first() for key in ("lat", "-lat")]
    if lats[0] is None or lats[1] is None:
        return world.World.around([])
    south, north = lats[0], lats[1]
    before, beyond = (
        public.filter(lon__gte=_CUT),
        public.filter(lon__lt=_CUT),
    )  # beyond the cut: the far east of the map
    west = _first(_lon(before.order_by("lon")), _lon(beyond.order_by("lon")))
    east = _first(_lon(beyond.order_by("-lon")), _lon(before.order_by("-lon")))
    level = min(max(0.0, south), north)  # of the latitudes with members the one where the map is widest
    corners = [Point(south, world.MIDDLE), Point(north, world.MIDDLE), Point(level, west), Point(level, east)]
    return world.World.around(corners)


def _lon(cities: CityQuerySet) -> float | None:
    return cities.values_list("lon", flat=True).first()


def _first(one: float | None, other: float | None) -> float:
    return one if one is not None else other or 0.0


def drawing(cities: Iterable[tuple[float, float]], view: world.World) -> str:
    """Dots at ``(lat, lon)`` as ink in halves of a unit of the map: lights that would fall together are one."""
    spots = (view.place(world.from_middle(lon), lat) for lat, lon in cities)
    return ink.dots((x / 5, y / 5) for x, y in spots)
