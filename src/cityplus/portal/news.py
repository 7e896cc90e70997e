"""What is new: the public entries of the journal, as sentences for people and as a stream for pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cityplus import live
from cityplus.ceremonies.models import Ceremony
from cityplus.cities.models import City
from cityplus.events.models import Event
from cityplus.journal.models import Entry
from cityplus.languages.text import Text
from cityplus.opportunities.models import Opportunity
from cityplus.routes.models import Route
from cityplus.ties.models import Tie

VERBS = (
    "city.launched",
    "route.published",
    "tie.accepted",
    "ceremony.announced",
    "ceremony.kept",
    "event.published",
    "opportunity.public",
)


@dataclass(frozen=True, slots=True)
class News:
    """One thing that is new. ``on`` is the day it happened as far as known (it may be long before it was written, ``at``). ``who`` is
    who did it, where that may be another than the city."""

    kind: str
    at: datetime
    on: str
    city: City
    url: str
    title: Text
    other: City | None = None
    who: Text | None = None


def latest(limit: int, handle: str = "") -> list[News]:
    """The newest things, of the network or of one city; entries whose subject is gone or no longer public are left out."""
    entries = Entry.objects.filter(public=True, verb__in=VERBS).order_by("-id")
    if not handle:
        return _told(entries[: limit * 2])[:limit]
    # What the city did, and the ties that another accepted: two looks into two indexes, which one question would read through.
    own = entries.filter(handle=handle)[: limit * 2]
    ties = Tie.objects.public().of(*City.objects.filter(actor__handle=handle)).order_by("-accepted_at", "-id")
    tied = entries.filter(subject=Tie._meta.label_lower, subject_id__in=[tie.pk for tie in ties[: limit * 2]])
    return _told(sorted({*own, *tied}, key=lambda entry: -entry.pk)[: limit * 2])[:limit]


def _told(entries: Iterable[Entry]) -> list[News]:
    entries = list(entries)

    def ids(verb: str) -> list[int]:
        return [e.subject_id for e in entries if e.verb == verb]

    offers = Opportunity.objects.public().open().for_lists().in_bulk(ids("opportunity.public"))
    cities = City.objects.filter(stage__in=City.PUBLIC).for_cards().in_bulk(ids("city.launched"))
    routes = Route.objects.public().select_related("city__actor").in_bulk(ids("route.published"))
    ties = Tie.objects.public().with_cities().in_bulk(ids("tie.accepted"))
    shown = Ceremony.objects.filter(announced=True).prefetch_related("takings__city__actor")
    ceremonies = shown.in_bulk([*ids("ceremony.announced"), *ids("ceremony.kept")])
    events = Event.objects.public().exclude(state="cancelled").for_cards().in_bulk(ids("event.published"))
    told = []
    for entry in entries:
        if entry.verb == "city.launched" and (city := cities.get(entry.subject_id)):
            told.append(
                News("city", entry.at, entry.data.get("on", ""), city, city.get_absolute_url(), city.actor.names)
            )
        elif entry.verb == "opportunity.public" and (one := offers.get(entry.subject_id)):
            title, who = one.title, one.host.names
            told.append(News(one.direction, entry.at, "", one.city, one.get_absolute_url(), title, who=who))
        elif entry.verb == "route.published" and (route := routes.get(entry.subject_id)):
            told.append(News("route", entry.at, "", route.city, route.get_absolute_url(), route.title))
        elif entry.verb == "tie.accepted" and (tie := ties.get(entry.subject_id)):
            told.append(
                News("tie", entry.at, tie.since, tie.first, tie.get_absolute_url(), tie.first.actor.names, tie.second)
            )
        elif entry.verb in CEREMONY and (ceremony := ceremonies.get(entry.subject_id)) and _tells(entry, ceremony):
            city, url = ceremony.cities_in_order[0], ceremony.get_absolute_url()
            told.append(News(CEREMONY[entry.verb], entry.at, ceremony.day, city, url, ceremony.title))
        elif entry.verb == "event.published" and (event := events.get(entry.subject_id)) and event.ends_at > entry.at:
            told += _announced(entry, event)
    return told


def _announced(entry: Entry, event: Event) -> list[News]:
    """What an actor that belongs to a city announces; one that was over before it was written here is no news."""
    host = event.host
    city = getattr(host, "city", None) or getattr(getattr(host, "organisation", None), "city", None)
    day = event.starts_at.astimezone(event.zone).date().isoformat()
    return [News("event", entry.at, day, city, event.get_absolute_url(), event.title, who=host.names)] if city else []


def _tells(entry: Entry, ceremony: Ceremony) -> bool:
    """Whether this entry is the one that tells of it: each city has one, and what is over is announced no longer."""
    coming = entry.verb == "ceremony.announced"
    first = ceremony.cities_in_order[0]
    return first.handle == entry.handle and (
        ceremony.state in Ceremony.PLANNING if coming else ceremony.state == "kept"
    )


CEREMONY = {"ceremony.announced": "coming", "ceremony.kept": "kept"}


@live.stream("news")
def stream(after: int) -> list[live.Event]:
    """The stream ``/live/news/``: tells that something new is there, not what; the page asks for it in its own language."""
    entries = Entry.objects.filter(public=True, verb__in=VERBS)
    rows = entries.order_by("-id")[:1] if after < 0 else entries.filter(id__gt=after).order_by("id")[:100]
    return [live.Event(row.id, {"verb": row.verb, "handle": row.handle}) for row in rows]
