"""Which languages the fields of a ceremony are written in first; the fields themselves are those of ``languages.writing``."""

from __future__ import annotations

from cityplus.ceremonies.models import Ceremony


def languages_of(ceremony: Ceremony) -> list[str]:
    """The languages of its cities in their order, and English."""
    return list(dict.fromkeys([*(tag for city in ceremony.cities_in_order for tag in city.languages), "en"]))
