"""The numbers of an event."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from cityplus.cities.isic import title_of
from cityplus.events.models import Event, Registration
from cityplus.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Figures:
    """How many come or came, of how many organisations and sectors, and what else rooms and parts say (label and number)."""

    confirmed: int
    waiting: int
    asked: int
    organisations: int
    cities: int
    halls: list[tuple[Any, int]] = field(default_factory=list)
    sectors: list[tuple[str, int]] = field(default_factory=list)
    more: list[tuple[str, int]] = field(default_factory=list)


Source = Callable[[Event], Iterable[tuple[str, int]]]
_sources: dict[str, Source] = {}


def plug(part: str, source: Source) -> None:
    """A socket: ``source(event)`` says further numbers of an event, each with its label in the language of the page."""
    _sources[part] = source


def figures(event: Event) -> Figures:
    """As they are now, in a fixed number of queries."""
    rows = Registration.objects.filter(event=event)
    states = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    come = Organisation.objects.filter(registrations__in=rows.filter(state="confirmed")).distinct()
    halls = event.venues.annotate(n=Count("registrations", filter=Q(registrations__state="confirmed")))
    sections = come.values_list("activities__section").annotate(n=Count("pk", distinct=True)).order_by("-n")
    return Figures(
        confirmed=states.get("confirmed", 0),
        waiting=states.get("waiting", 0),
        asked=states.get("asked", 0),
        organisations=come.count(),
        cities=come.values("city").distinct().count(),
        halls=[(hall.name, hall.n) for hall in halls],
        sectors=[(title_of(section), n) for section, n in sections if section],
        more=[row for source in _sources.values() for row in source(event)],
    )
