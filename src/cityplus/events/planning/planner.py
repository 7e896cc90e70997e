"""Who plans, and from where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.events.models import Event
from cityplus.events.models.queries import EventQuerySet
from cityplus.languages.tags import name_of, reader_tag
from cityplus.social.tongues import tongues


@dataclass(frozen=True)
class Planner:
    """A person at the desk of a city or the workplace of an organisation (an ``actor``), or at the office (none).

    ``frame`` is the template that their pages stand in, ``address`` gives the address of a planning page by its name, ``context`` is
    what the frame needs; ``may`` says whether their role changes, or only looks.
    """

    by: str
    frame: str
    address: Callable[..., str]
    actor: Actor | None = None
    city: City | None = None
    may: bool = True
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def events(self) -> EventQuerySet:
        """Those that are planned from here, and those that the actor is asked to hold too."""
        found = Event.objects.all()
        return found.filter(pk__in=self.actor.hosting.values("event")) if self.actor else found

    def find(self, event: int) -> Event:
        """One of them.

        Raises:
            Http404: it is none of theirs.
        """
        found = self.events.for_cards().filter(pk=min(event, 2**63 - 1)).first()
        if found is None:
            raise Http404
        return found

    def agreed(self, event: Event) -> bool:
        """Whether what they plan for is one of its organisers, and not only asked."""
        return self.actor is None or any(
            row.actor_id == self.actor.pk and row.agreed_at is not None for row in event.hosting.all()
        )

    def may_change(self, event: Event) -> bool:
        return self.may and event.state != "cancelled" and self.agreed(event)

    @property
    def time_zone(self) -> str:
        return self.city.time_zone if self.city else "UTC"


def languages_of(event: Event) -> list[str]:
    """The languages of the cities of its organisers, in their order, and English."""
    cities = [city for row in event.hosting.all() if (city := city_of(row.actor))]
    return list(dict.fromkeys([*(tag for city in cities for tag in city.languages), "en"]))


def spoken_of(event: Event, chosen: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Languages to choose from, with their names: those that are chosen and those of the organisers' cities first, the others by name."""
    reader, first = reader_tag(), dict.fromkeys([*chosen, *languages_of(event)])
    named = [(tag, name_of(tag, reader)) for tag in first]
    return [*named, *(pair for pair in tongues() if pair[0] not in first)]


def tongues_of(event: Event) -> list[str]:
    """The languages in which a file may be: those of the organisers' cities, and those that are spoken."""
    return list(dict.fromkeys([*languages_of(event), *event.languages]))


def city_of(actor: Actor) -> City | None:
    """The city that an actor is, or in which it has its seat."""
    city = getattr(actor, "city", None) or getattr(getattr(actor, "organisation", None), "city", None)
    return city if isinstance(city, City) else None
