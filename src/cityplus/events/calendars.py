"""Events as iCalendar (RFC 5545, with the name, pictures and conferences of RFC 7986), written by the icalendar library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDDDTypes, vText, vUri

from cityplus.events import clocks, models
from cityplus.events.models import Registration
from cityplus.languages.tags import reader_tag
from cityplus.lib import signs
from cityplus.web.addresses import absolute

PRODUCT = "-//CityPlus//Events//EN"
AGAIN = timedelta(hours=6)
"""How often a calendar that subscribes is asked to look."""
WIDEST = 100_000
"""Pixels: of renditions the widest is the nearest."""
_STATES = {"draft": "TENTATIVE", "published": "CONFIRMED", "held": "CONFIRMED", "cancelled": "CANCELLED"}


def of_event(event: models.Event) -> bytes:
    """One event with its agenda."""
    return _calendar(event.title.in_language(reader_tag()), [_event(event), *_agenda(event)])


def of_events(name: str, events: Iterable[models.Event]) -> bytes:
    """Many events, without their agendas."""
    return _calendar(name, [_event(event) for event in events])


def of_person(registrations: Iterable[Registration]) -> bytes:
    """The events for which somebody is registered, each in the hall to which they come, with the sessions in which they have a seat."""
    parts: list[Event] = []
    for row in registrations:
        seated = seats_of(row)
        parts.append(of_registration(row, seated))
        if row.state == "confirmed":
            parts += [_session(session, row.event, row.venue, row) for session in seated]
    return _calendar(_("My events"), parts)


def _calendar(name: str, parts: Iterable[Event]) -> bytes:
    calendar = Calendar()
    name = vText(signs.line(name))  # the library takes the names of calendars as they are
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDDDTypes(AGAIN), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDDDTypes(AGAIN))
    for part in parts:
        calendar.add_component(part)
    return written(calendar)


def written(calendar: Calendar) -> bytes:
    """A calendar with the clocks that its events name."""
    starts = [part.decoded("dtstart") for part in calendar.walk("VEVENT")]
    if starts:
        # Clocks are told for the years that are of use: a calendar reads all that is told.
        first, last = min(starts).date(), max(starts).date()
        calendar.add_missing_timezones(
            first_date=first.replace(month=1, day=1), last_date=last.replace(year=last.year + 1, month=12, day=31)
        )
    return bytes(calendar.to_ical())


def of_registration(registration: Registration, seated: Sequence[models.Session]) -> Event:
    """An event for who is registered: in their hall, with the sessions in which they have a seat. It has an identity of its own, for
    somebody may have two places in one calendar, and come again after a cancel."""
    return _event(registration.event, registration.venue, registration, seated)


def seats_of(registration: Registration) -> list[models.Session]:
    """The sessions in which somebody has a seat, in the order of the agenda."""
    if "seats" in getattr(registration, "_prefetched_objects_cache", {}):
        found = [seat.session for seat in registration.seats.all() if seat.state == "confirmed"]
        return sorted(found, key=lambda one: (one.starts_at, one.pk))
    seats = registration.seats.filter(state="confirmed").select_related("session__venue")
    return [seat.session for seat in seats.order_by("session__starts_at", "session")]


def _event(
    event: models.Event,
    venue: models.Venue | None = None,
    registration: Registration | None = None,
    seated: Sequence[models.Session] = (),
) -> Event:
    """An event; in one of its halls, or in all."""
    tag, venues = reader_tag(), list(event.venues.all())
    zone = (venue or venues[0]).zone if venue or venues else event.zone
    part = Event()
    part.add("uid", _uid(event, registration))
    _stamp(part, event, registration)
    part.add("dtstart", _local(event.starts_at, zone))
    part.add("dtend", _local(event.ends_at, zone))
    part.add("summary", event.title.in_language(tag), parameters={"LANGUAGE": tag})
    part.add("description", _description(event, tag, venue, seated))
    part.add("status", _state(event, registration))
    places = [_place(one) for one in ([venue] if venue else venues)]
    part.add("location", "; ".join(filter(None, places)))
    part.add("url", vUri(absolute(event.get_absolute_url())))
    part.add("categories", [str(event.get_kind_display())])
    for one in [venue] if venue else venues:
        if one.link:
            _conference(part, one)
    first = venue or (venues[0] if venues else None)
    if first and first.lat is not None and first.lon is not None:
        part.add("geo", (first.lat, first.lon))
    if event.cover and event.cover.ready:
        _image(part, event)
    return part


def _state(event: models.Event, registration: Registration | None) -> str:
    if registration and event.state != "cancelled" and registration.state in {"waiting", "asked"}:
        return "TENTATIVE"
    return _STATES[event.state]


def _agenda(event: models.Event) -> Iterable[Event]:
    for session in event.agenda.select_related("venue").prefetch_related("presenters"):
        yield _session(session, event, session.venue)


def _session(
    session: models.Session, event: models.Event, venue: models.Venue | None, registration: Registration | None = None
) -> Event:
    tag = reader_tag()
    zone = (venue or session).zone
    part = Event()
    part.add("uid", _uid(event, registration, f"-{session.pk}"))
    _stamp(part, event, registration)
    part.add("dtstart", _local(session.starts_at, zone))
    part.add("dtend", _local(session.ends_at, zone))
    part.add("summary", session.title.in_language(tag), parameters={"LANGUAGE": tag})
    part.add("description", session.about.in_language(tag))
    part.add("status", _STATES[event.state])
    part.add("location", _place(venue) if venue else "; ".join(_place(one) for one in event.venues.all()))
    part.add("url", vUri(absolute(event.get_absolute_url())))
    part.add("related-to", vText(_uid(event, registration)))
    return part


def _uid(event: models.Event, registration: Registration | None, what: str = "") -> str:
    whose = f"-g{registration.pk}" if registration else ""
    return f"{event.uid}{what}{whose}@events.cityplus"


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    """By the clock of a hall; in UTC where that clock shows the time for the second time, which calendars take for the first."""
    there = at.astimezone(zone)
    return at.astimezone(UTC) if there.fold else there


def moment(at: datetime) -> vDDDTypes:
    return vDDDTypes(at.astimezone(UTC))


def _stamp(part: Event, event: models.Event, registration: Registration | None) -> None:
    part["DTSTAMP"] = moment(event.changed_at)
    part.add("last-modified", event.changed_at)
    part.add("sequence", event.sequence + (registration.revision if registration else 0))


def _description(event: models.Event, tag: str, venue: models.Venue | None, seated: Sequence[models.Session]) -> str:
    parts = [event.story.in_language(tag)]
    if event.state == "cancelled" and event.reason:
        parts.insert(0, _("Cancelled: %s") % event.reason)
    if event.bring:
        parts.append(_("What to bring: %s") % event.bring.in_language(tag))
    if venue:
        parts += [
            f"{clocks.begins(event, one.starts_at, venue.time_zone)} {one.title.in_language(tag)}" for one in seated
        ]
    return "\n\n".join(filter(None, parts))


def _place(venue: models.Venue) -> str:
    return ", ".join(filter(None, [venue.name.in_language(reader_tag()), venue.address]))


def _conference(part: Event, venue: models.Venue) -> None:
    features: Any = {
        "VALUE": "URI",
        "FEATURE": ["AUDIO", "VIDEO"],
        "LABEL": signs.line(venue.name.in_language(reader_tag())),
    }
    part.add("conference", vUri(venue.link), parameters=features)


def _image(part: Event, event: models.Event) -> None:
    cover = event.cover
    rendition = cover.best("image/jpeg", WIDEST) if cover else None
    if rendition:
        address = absolute(rendition.url)
        part.add("image", vUri(address), parameters={"VALUE": "URI", "DISPLAY": "BADGE", "FMTTYPE": "image/jpeg"})
