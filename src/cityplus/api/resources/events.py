from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Path, Query
from pydantic import Field

from cityplus.actors.handles import PATTERN as HANDLE
from cityplus.api import asking, posts, problems, public
from cityplus.api.addresses import resource
from cityplus.api.asking import PagedQuery, Reader, parameter
from cityplus.api.cursors import Place
from cityplus.api.problems import Problem
from cityplus.api.resource import Resource
from cityplus.api.resources import media, presenters
from cityplus.api.resources.cities import ref
from cityplus.api.schemas.choice import OneOf
from cityplus.api.schemas.common import Location
from cityplus.api.schemas.events import AgendaItemOut, EventCard, EventList, EventOut, Host, Slug, VenueOut
from cityplus.api.schemas.social import ActorRef
from cityplus.api.schemas.texts import TAG
from cityplus.cities.isic import DIVISIONS, SECTIONS
from cityplus.cities.models import City
from cityplus.events import filters
from cityplus.events.models import Appearance, Event, Session, Venue
from cityplus.events.models.queries import EventQuerySet

operations = Resource("Events")

_KINDS = Event.Kind.values
_FIRST = datetime.min.replace(tzinfo=UTC)
_STEP = timedelta(microseconds=1)
_MOST = (datetime.max.replace(tzinfo=UTC) - _FIRST) // _STEP


class EventQuery(PagedQuery):
    """Which events."""

    when: Annotated[str, OneOf("coming", "past")] = parameter(
        "when",
        "the word coming or the word past",
        "Only what is not over, the next first; or only what is over, the latest first",
        examples=["coming"],
    )
    city: Annotated[str, Field(pattern=f"^{HANDLE}$")] = parameter(
        "city", "the handle of a city, such as thehague", "Only those of one city", examples=["thehague"]
    )
    occasion: Annotated[str, OneOf(*_KINDS)] = parameter(
        "occasion", f"one of {', '.join(_KINDS)}", "Only those of one kind", examples=["promotion"]
    )
    isic: Annotated[str, OneOf(*SECTIONS, *DIVISIONS)] = parameter(
        "isic", "a section or a division of ISIC Rev. 4, such as J or 62", "Only those for a sector", examples=["62"]
    )
    spoken: Annotated[str, Field(pattern=TAG)] = parameter(
        "spoken",
        "a language tag of BCP 47, such as nl or zh-Hans",
        "Only those in which a language is spoken",
        examples=["nl"],
    )


@operations.reads(
    "/events",
    EventList,
    name="listEvents",
    summary="Events",
    about="Meetings of cities and organisations, the latest first unless “when” says otherwise; what was cancelled says so. Those of a "
    "city are those that it holds and those that take place in it. Filters narrow the list together.",
)
def list_events(request: HttpRequest, response: HttpResponse, query: Query[EventQuery]) -> EventList:
    reader = Reader(request, response, query)
    city = (
        City.objects.public().select_related("actor").filter(actor__handle=query.city).first() if query.city else None
    )
    found = public.events() if city or not query.city else public.events().none()
    chosen = {"kind": query.occasion, "sector": query.isic, "language": query.spoken}
    found = _in_time(filters.fitting(found, chosen, city), query)
    rows, following = reader.paged(list(found[: query.limit + 1]), query.limit, _place)
    return EventList(items=[EventCard(**in_few_words(one, reader)) for one in rows], next=following)


def _in_time(found: EventQuerySet, query: EventQuery) -> EventQuerySet:
    ways = {"coming": filters.coming, "past": filters.past}
    found = ways[query.when](found) if query.when else found.order_by("-starts_at", "-pk")
    if query.place:
        at, side = _FIRST + min(query.place.key, _MOST) * _STEP, "gt" if query.when == "coming" else "lt"
        later: dict[str, Any] = {f"starts_at__{side}": at}
        equal: dict[str, Any] = {"starts_at": at, f"pk__{side}": query.place.id}
        found = found.filter(Q(**later) | Q(**equal))
    return found


def _place(event: Event) -> Place:
    return Place((event.starts_at - _FIRST) // _STEP, event.pk)


@operations.reads(
    "/events/{handle}/{slug}",
    EventOut,
    name="getEvent",
    summary="An event",
    about="An event that was announced, with its halls, each with its own clock, its agenda and its presenters. Who comes to it is "
    "told to nobody.",
)
def get_event(
    request: HttpRequest, response: HttpResponse, handle: Path[Host], slug: Path[Slug], query: Query[asking.Query]
) -> EventOut:
    reader = Reader(request, response, query)
    appearing = Appearance.objects.filter(presenter__in=public.presenters()).select_related("presenter")
    agenda = Session.objects.prefetch_related(Prefetch("appearances", appearing))
    held = public.events().filter(hosting__actor__handle=handle, hosting__place=0, slug=slug)
    found = held.prefetch_related(Prefetch("agenda", agenda)).first()
    if found is None:
        raise Problem(problems.NOT_FOUND)
    venues = {venue.pk: place for place, venue in enumerate(found.venues.all())}
    appear = {row.presenter_id: row.presenter for one in found.agenda.all() for row in one.appearances.all()}
    return EventOut(
        **in_few_words(found, reader),
        story=reader.text(found.story),
        bring=reader.text(found.bring),
        reason=(found.reason or None) if found.state == "cancelled" else None,
        venues=[_venue(venue, found, reader) for venue in found.venues.all()],
        agenda=[_session(one, venues, reader) for one in found.agenda.all()],
        presenters=[presenters.ref_of(one, reader) for one in appear.values()],
        registration_opens_at=found.opens_at,
        registration_closes_at=found.closes_at,
        open=found.is_open,
        approval=found.approval,
        report=reader.text(found.report),
        published_at=found.published_at,
        changed_at=found.changed_at,
        calendar=reader.page(reverse("events:agenda", args=[found.host.handle, found.slug])),
    )


def in_few_words(one: Event, reader: Reader) -> dict[str, Any]:
    holding = [row.actor for row in one.hosting.all() if row.is_shown]
    return {
        "slug": one.slug,
        "kind": one.kind,
        "state": one.state,
        "title": reader.text(one.title),
        "organisers": [ActorRef(**posts.actor_ref(actor, reader)) for actor in holding],
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
        "time_zones": list(dict.fromkeys(venue.time_zone for venue in one.venues.all())),
        "spoken": one.languages,
        "sectors": one.sectors,
        "cover": media.card(one.cover, reader),
        "sample": one.sample,
        "self": resource(f"events/{one.host.handle}/{one.slug}"),
        "url": reader.page(one.get_absolute_url()),
    }


def _venue(venue: Venue, event: Event, reader: Reader) -> VenueOut:
    there = venue.city if venue.city and venue.city.stage in City.PUBLIC else None
    return VenueOut(
        name=reader.text(venue.name),
        city=ref(there, reader) if there else None,
        address=venue.address or None,
        location=Location(lat=venue.lat, lon=venue.lon) if venue.lat is not None and venue.lon is not None else None,
        time_zone=venue.time_zone,
        starts_at_local=event.starts_at.astimezone(venue.zone).isoformat(timespec="seconds"),
        ends_at_local=event.ends_at.astimezone(venue.zone).isoformat(timespec="seconds"),
        access=reader.text(venue.access),
        link=(venue.link or None) if event.state != "cancelled" else None,
        capacity=venue.capacity or None,
        left=venue.left if venue.capacity else None,
    )


def _session(one: Session, venues: dict[int, int], reader: Reader) -> AgendaItemOut:
    return AgendaItemOut(
        title=reader.text(one.title),
        about=reader.text(one.about),
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        venue=None if one.venue_id is None else venues.get(one.venue_id),
        spoken=one.languages,
        presenters=[presenters.ref_of(row.presenter, reader) for row in one.appearances.all()],
    )
