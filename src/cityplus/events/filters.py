"""The filters of the lists of events, the same for page, feed and the API."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus.cities.isic import DIVISIONS, SECTIONS, section_of, title_of
from cityplus.cities.models import City
from cityplus.events.models import Event
from cityplus.events.models.queries import EventQuerySet
from cityplus.languages.tags import UI_LANGUAGES, name_of, reader_tag

NAMES = ("when", "of", "kind", "sector", "language")
_LONGEST = 35
"""Letters of a language tag; nothing that is chosen is longer."""
_TAG = re.compile("[A-Za-z0-9-]+")


def chosen_in(asked: Mapping[str, str]) -> dict[str, str]:
    """What a query string chooses, empty where it chooses nothing."""
    return {name: str(asked.get(name, ""))[: _LONGEST + 1].replace("\0", "") for name in NAMES}


def query_of(chosen: Mapping[str, str]) -> str:
    """What is chosen as a query string, always in one order; empty for nothing."""
    return urlencode({name: chosen[name] for name in NAMES if chosen.get(name)})


def fitting(found: EventQuerySet, chosen: Mapping[str, str], city: City | None = None) -> EventQuerySet:
    """Those of a city (its own, and those in it), of a kind, those that want companies of a sector, and those in which a language is
    spoken; what is not known is not asked for. When they are is asked by :func:`coming` and :func:`past`."""
    if city:
        found = found.filter(pk__in=of_city(city).values("pk"))
    if chosen.get("kind") in Event.Kind.values:
        found = found.filter(kind=chosen["kind"])
    sector, tag = chosen.get("sector", ""), chosen.get("language", "")
    if sector in SECTIONS or sector in DIVISIONS:
        section = section_of(sector)
        codes = (
            [sector, section] if sector != section else [section, *(c for c in DIVISIONS if section_of(c) == section)]
        )
        pattern = f'"({"|".join(map(re.escape, codes))})"'
        found = found.annotate(wanted=Cast("sectors", TextField())).filter(wanted__regex=pattern)
    if tag and _TAG.fullmatch(tag):
        found = found.annotate(spoken=Cast("languages", TextField())).filter(spoken__regex=f'"{tag}"')
    return found


def of_city(city: City) -> EventQuerySet:
    """Public events that it holds, and those that take place in it."""
    held = Q(hosting__actor=city.actor, hosting__agreed_at__isnull=False)
    return Event.objects.public().filter(held | Q(venues__city=city)).distinct()


def of_both(first: City, second: City) -> EventQuerySet:
    """Public events that concern two cities: each of them holds it, or it takes place there."""
    return of_city(first).filter(pk__in=of_city(second).values("pk"))


def coming(found: EventQuerySet) -> EventQuerySet:
    """Those that are not over, to the minute; the next first."""
    return found.filter(ends_at__gte=_now()).order_by("starts_at", "pk")


def past(found: EventQuerySet) -> EventQuerySet:
    """Those that are over, the latest first."""
    return found.filter(ends_at__lt=_now()).order_by("-starts_at", "-pk")


def _now() -> datetime:
    return timezone.now().replace(second=0, microsecond=0)


def languages() -> list[tuple[str, str]]:
    """Those of the interface and those in which some event is held, by their names in the language of the page."""
    reader, tags = reader_tag(), {one.tag for one in UI_LANGUAGES}
    for said in Event.objects.public().order_by().values_list("languages", flat=True).distinct():
        tags |= set(said)
    return sorted(((tag, name_of(tag, reader)) for tag in tags), key=lambda one: one[1])


def in_words(chosen: Mapping[str, str], city: City | None = None) -> str:
    """A filter in words, for the title of a feed; empty for none."""
    sector, tag = chosen.get("sector", ""), chosen.get("language", "")
    said = [
        _("Past") if chosen.get("when") == "past" else "",
        city.actor.names.in_language(reader_tag()) if city else "",
        str(dict(Event.Kind.choices).get(chosen.get("kind", ""), "")),
        title_of(sector) if sector in SECTIONS or sector in DIVISIONS else "",
        name_of(tag, reader_tag()) if tag and _TAG.fullmatch(tag) else "",
    ]
    return ", ".join(filter(None, said))
