"""The filters of the lists, the same for page, map, feed, file, kept searches and the API."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from cityplus.cities.isic import DIVISIONS, SECTIONS, section_of, title_of
from cityplus.cities.models import City
from cityplus.languages.tags import UI_LANGUAGES, name_of, reader_tag
from cityplus.opportunities.models import Opportunity, Tongue
from cityplus.opportunities.models.queries import OpportunityQuerySet

NAMES = ("city", "sector", "kind", "direction", "language", "size")
_LONGEST = 35
"""Letters of a language tag; nothing that is chosen is longer."""


def chosen_in(asked: Mapping[str, str]) -> dict[str, str]:
    """What a query string chooses, empty where it chooses nothing."""
    return {name: str(asked.get(name, ""))[: _LONGEST + 1].replace("\0", "") for name in NAMES}


def query_of(chosen: Mapping[str, str]) -> str:
    """What is chosen as a query string, always in one order; empty for nothing."""
    return urlencode({name: chosen[name] for name in NAMES if chosen.get(name)})


def fitting(found: OpportunityQuerySet, chosen: Mapping[str, str]) -> OpportunityQuerySet:
    """Those of a city (by its handle), in a section of ISIC or a division of it, of a kind, a direction, a size, and with a language.
    What there is not fits nothing."""
    plain = {"kind": "kind", "direction": "direction", "size": "size", "city": "city__actor__handle"}
    found = found.filter(**{column: chosen[name] for name, column in plain.items() if chosen.get(name)})
    if sector := chosen.get("sector"):
        within = {"sectors__section": sector} if sector in SECTIONS else {"sectors__code": sector}
        found = found.filter(pk__in=Opportunity.objects.filter(**within).values("pk"))
    if tag := chosen.get("language"):
        found = found.filter(pk__in=Tongue.objects.filter(tag=tag).values("opportunity"))
    return found


def sector_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Sections with their divisions, as a list to choose from."""
    found = []
    for letter, title in SECTIONS.items():
        below = [(code, str(name)) for code, name in DIVISIONS.items() if section_of(code) == letter]
        found.append((str(title), [(letter, _("%s, all of it") % title), *below]))
    return found


def choices(found: OpportunityQuerySet | None = None) -> dict[str, list[tuple[str, str]]]:
    """What the plain filters of the page offer, by their names; the languages are those of the interface and of what is ``found``: what
    everybody may see, unless somebody sees more."""
    reader = reader_tag()
    cities = City.objects.public().select_related("actor").order_by("actor__handle")
    shown = Opportunity.objects.public().open() if found is None else found
    spoken = Tongue.objects.filter(opportunity__in=shown.order_by().values("pk")).order_by()
    tags = sorted({*spoken.values_list("tag", flat=True).distinct()} | {one.tag for one in UI_LANGUAGES})
    return {
        "city": sorted(
            ((city.handle, city.actor.names.in_language(reader)) for city in cities), key=lambda one: one[1]
        ),
        "kind": [(value, str(label)) for value, label in Opportunity.Kind.choices],
        "direction": [(value, str(label)) for value, label in Opportunity.Direction.choices],
        "language": sorted(((tag, name_of(tag, reader)) for tag in tags), key=lambda one: one[1]),
        "size": [(value, str(label)) for value, label in Opportunity.Size.choices],
    }


def in_words(chosen: Mapping[str, str], offered: Mapping[str, list[tuple[str, str]]] | None = None) -> str:
    """A filter in words, for the title of a feed and the name of a search; empty for none."""
    if not query_of(chosen):
        return ""
    offered = offered or choices()
    said = []
    for name in NAMES:
        if value := chosen.get(name):
            known = value in SECTIONS or value in DIVISIONS if name == "sector" else True
            said.append(
                (title_of(value) if known else value) if name == "sector" else dict(offered[name]).get(value, value)
            )
    return " · ".join(said)
