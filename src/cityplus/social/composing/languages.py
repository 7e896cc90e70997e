"""Which languages a form offers to write in."""

from __future__ import annotations

from cityplus.cities.models import City
from cityplus.languages.tags import UI_LANGUAGES, name_of, reader_tag


def offered(*cities: City) -> list[tuple[str, str]]:
    """Tag and name, in the reader's language: the page's own first, then those of the cities, then those of the interface."""
    tags = [reader_tag(), *(tag for city in cities for tag in city.languages), *(one.tag for one in UI_LANGUAGES)]
    return [(tag, name_of(tag, reader_tag())) for tag in dict.fromkeys(tags)]
