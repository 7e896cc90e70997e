"""Events and presenters for search engines, as schema.org has them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from cityplus.actors.models import Actor
from cityplus.events.models import Event, Presenter, Venue
from cityplus.languages.tags import reader_tag
from cityplus.web.addresses import absolute
from cityplus.web.structured import Thing, geo

SCHEMA = "https://schema.org"


def event_of(event: Event) -> Thing:
    tag = reader_tag()
    reading = event.title.read((tag,))
    cover = event.cover.best("image/jpeg", 1600) if event.cover else None
    return {
        "@type": "BusinessEvent" if event.kind == Event.Kind.PROMOTION else "Event",
        "@id": absolute(event.get_absolute_url()),
        "url": absolute(event.get_absolute_url()),
        "name": reading.text if reading else None,
        "description": event.story.in_language(tag)[:500],
        "startDate": event.starts_at.astimezone(event.zone).isoformat(),
        "endDate": event.ends_at.astimezone(event.zone).isoformat(),
        "eventStatus": f"{SCHEMA}/Event{_status(event)}",
        "previousStartDate": event.was_at.astimezone(event.zone).isoformat() if event.was_at else None,
        "eventAttendanceMode": f"{SCHEMA}/{mode_of(event)}EventAttendanceMode",
        "location": [place for venue in event.venues.all() for place in _places(venue, tag)],
        "organizer": [_organiser(row.actor, tag) for row in event.hosting.all() if row.is_shown],
        "inLanguage": event.languages,
        "image": absolute(cover.url) if cover else None,
        "maximumAttendeeCapacity": _capacity(event),
        "isAccessibleForFree": True,
        "offers": _offer(event),
        "performer": [_named(one, tag) for one in _presenters(event)] or None,
    }


def _status(event: Event) -> str:
    return "Cancelled" if event.state == "cancelled" else "Rescheduled" if event.was_at else "Scheduled"


def _offer(event: Event) -> Thing | None:
    """A place costs nothing; as long as one can register, or could."""
    if event.state == "cancelled":
        return None
    full = all(not venue.has_place for venue in event.venues.all())
    later = event.opens_at is not None and event.opens_at > timezone.now()
    free = "PreOrder" if later else "InStock" if event.is_open and not full else "SoldOut"
    return {
        "@type": "Offer",
        "url": absolute(reverse("events:registration", args=[event.host.handle, event.slug])),
        "price": 0,
        "priceCurrency": "EUR",
        "availability": f"{SCHEMA}/{free}",
        "validFrom": event.opens_at.isoformat() if event.opens_at else None,
    }


def _presenters(event: Event) -> QuerySet[Presenter]:
    return Presenter.objects.public().filter(sessions__event=event).distinct().order_by("slug")


def _named(presenter: Presenter, tag: str) -> Thing:
    return {"@type": "Person", "name": presenter.names.in_language(tag), "url": absolute(presenter.get_absolute_url())}


def mode_of(event: Event) -> str:
    """Offline, Online or Mixed, by its halls and streams."""
    venues = list(event.venues.all())
    halls, streams = any(is_hall(one) for one in venues), any(one.link for one in venues)
    return "Mixed" if halls and streams else "Online" if streams else "Offline"


def is_hall(venue: Venue) -> bool:
    """Whether one can go there: what is no hall has a stream alone."""
    return bool(venue.city_id or venue.address or not venue.link)


def _capacity(event: Event) -> int | None:
    places = [venue.capacity for venue in event.venues.all()]
    return sum(places) if places and all(places) else None


def _places(venue: Venue, tag: str) -> list[Thing]:
    found: list[Thing] = []
    if is_hall(venue):
        where: Thing = {"@type": "Place", "name": venue.name.in_language(tag), "address": venue.address or None}
        if venue.lat is not None and venue.lon is not None:
            where["geo"] = geo(venue.lat, venue.lon)
        if venue.city and not venue.address:
            where["address"] = venue.city.actor.names.in_language(tag)
        found.append(where)
    if venue.link:
        found.append({"@type": "VirtualLocation", "url": venue.link})
    return found


def _organiser(actor: Actor, tag: str) -> Thing:
    kind = "City" if actor.kind == Actor.Kind.CITY else "Organization"
    return {"@type": kind, "name": actor.names.in_language(tag), "url": absolute(actor.get_absolute_url())}


def person_of(presenter: Presenter) -> Thing:
    tag = reader_tag()
    picture = presenter.picture.best("image/jpeg", 800) if presenter.picture else None
    return {
        "@type": "Person",
        "url": absolute(presenter.get_absolute_url()),
        "name": presenter.names.in_language(tag),
        "jobTitle": presenter.title.in_language(tag),
        "description": presenter.about.in_language(tag)[:500],
        "knowsLanguage": presenter.languages,
        "image": absolute(picture.url) if picture else None,
    }
