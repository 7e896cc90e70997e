"""The filters of the directory."""

from __future__ import annotations

from collections.abc import Mapping

from cityplus.cities.models import Spoken, Strength
from cityplus.cities.models.city import CityQuerySet

NAMES = ("country", "language", "sector")
_LONGEST = 35
"""Letters of a language tag; no code is longer."""


def chosen_in(asked: Mapping[str, str]) -> dict[str, str]:
    """What a query string chooses, empty where it chooses nothing."""
    return {name: asked.get(name, "")[: _LONGEST + 1].replace("\0", "") for name in NAMES}


def fitting(cities: CityQuerySet, chosen: Mapping[str, str]) -> CityQuerySet:
    """The cities of this country, with this language, strong in this sector (a section of ISIC)."""
    if chosen["country"]:
        cities = cities.filter(country=chosen["country"])
    if chosen["language"]:
        cities = cities.filter(pk__in=Spoken.objects.filter(tag=chosen["language"]).values("city"))
    if chosen["sector"]:
        cities = cities.filter(pk__in=Strength.objects.filter(section=chosen["sector"]).values("city"))
    return cities
