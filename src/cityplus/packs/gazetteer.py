"""What a network for trials is made of: cities of the gazetteer, in an order that is mixed but always the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from cityplus.cities import gazetteer
from cityplus.cities.gazetteer import Entry, Place, handle_for

SEED = 20181203


def known() -> int:
    """How many cities there are."""
    return len(_mixed())


def places(limit: int | None = None) -> Iterator[Place]:
    """Every city of 15,000 people and more, or so many; no two share a handle."""
    taken: set[str] = set()
    for entry in _mixed()[:limit]:
        handle = handle_for(entry["name"], entry["countrycode"], taken.__contains__)
        taken.add(handle)
        yield replace(Place.of(entry), handle=handle)


@lru_cache(maxsize=1)
def _mixed() -> list[Entry]:
    found = sorted(gazetteer.entries(), key=lambda entry: int(entry["geonameid"]))
    random.Random(SEED).shuffle(found)  # noqa: S311 - not a secret
    return found
