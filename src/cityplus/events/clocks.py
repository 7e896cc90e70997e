"""What the clocks of an event's halls show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from cityplus.events.models import Event, Venue
from cityplus.languages import formats
from cityplus.languages.tags import reader_tag
from cityplus.languages.text import Text


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock: whose it is, and from when until when it shows something. ``hours`` names days where the event has more than one."""

    names: Text
    zone: str
    span: str
    hours: str
    offset: str


def of(event: Event, start: datetime, end: datetime, venues: Iterable[Venue] = ()) -> list[Clock]:
    """The clocks of its halls in their order, or of these; two that show the same are one."""
    found: dict[object, Clock] = {}
    for venue in venues or event.venues.all():
        zone = venue.time_zone
        key = tuple(one.astimezone(venue.zone).replace(tzinfo=None) for one in (start, end))
        if key not in found:
            offset = formats.offset(start, zone)
            found[key] = Clock(name_of(venue), zone, span(start, end, zone), hours(event, start, end, zone), offset)
    return list(found.values())


def name_of(venue: Venue) -> Text:
    """Whose clock it is: the city's, where the hall is in one."""
    return venue.city.actor.names if venue.city else venue.name


def days(start: datetime, end: datetime, zone: str) -> list[date]:
    """The days of a clock on which something goes on. What ends at midnight is not on the day that begins then."""
    first, last = (one.astimezone(ZoneInfo(zone)).date() for one in (start, end - timedelta.resolution))
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def span(start: datetime, end: datetime, zone: str) -> str:
    """From when until when, by a clock: the day once where it is the same."""
    tag = reader_tag()
    first, last = (one.astimezone(ZoneInfo(zone)) for one in (start, end))
    opens, closes = (formats.clock(one, zone, tag) for one in (first, last))
    if last.date() == first.date():
        return formats.day_and_hours(formats.day(first.date(), tag), f"{opens} – {closes}", tag)
    ends = ((formats.day(one.date(), tag), hour) for one, hour in ((first, opens), (last, closes)))
    return " – ".join(formats.day_and_hours(day, hour, tag) for day, hour in ends)


def hours(event: Event, start: datetime, end: datetime, zone: str) -> str:
    """From when until when a part of an event is, by a clock: the hours alone where all of it is on one day."""
    first, last = (one.astimezone(ZoneInfo(zone)).date() for one in (start, end))
    ends = formats.clock(end, zone, reader_tag())
    if last != first and len(days(event.starts_at, event.ends_at, zone)) > 1:
        ends = formats.day_and_hours(formats.short_day(last, reader_tag()), ends, reader_tag())
    return f"{begins(event, start, zone)} – {ends}"


def begins(event: Event, start: datetime, zone: str) -> str:
    """When a part of an event begins, by a clock: the hour alone where all of the event is on one day."""
    said = formats.clock(start, zone, reader_tag())
    if len(days(event.starts_at, event.ends_at, zone)) > 1:
        day = formats.short_day(start.astimezone(ZoneInfo(zone)).date(), reader_tag())
        return formats.day_and_hours(day, said, reader_tag())
    return said
