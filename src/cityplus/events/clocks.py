"""What the clocks of an event's halls show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from cityplus.events.models import Event, Venue
from cityplus.languages import formats
from cityplus.languages.tags import reader_tag
from cityplus.languages.text import Text


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock: whose it is, and from when until when it shows something."""

    names: Text
    zone: str
    span: str
    hours: str
    offset: str


def of(event: Event, start: datetime, end: datetime) -> list[Clock]:
    """The clocks of its halls in their order; two that show the same are one."""
    found: dict[object, Clock] = {}
    for venue in event.venues.all():
        key = start.astimezone(venue.zone).replace(tzinfo=None)
        if key not in found:
            hours = f"{formats.clock(start, venue.time_zone, reader_tag())} – {formats.clock(end, venue.time_zone, reader_tag())}"
            offset = formats.offset(start, venue.time_zone)
            found[key] = Clock(name_of(venue), venue.time_zone, span(start, end, venue.time_zone), hours, offset)
    return list(found.values())


def name_of(venue: Venue) -> Text:
    """Whose clock it is: the city's, where the hall is in one."""
    return venue.city.actor.names if venue.city else venue.name


def span(start: datetime, end: datetime, zone: str) -> str:
    """From when until when, by a clock: the day once where it is the same."""
    tag = reader_tag()
    first, last = (one.astimezone(ZoneInfo(zone)) for one in (start, end))
    begins, ends = (formats.clock(one, zone, tag) for one in (first, last))
    if last.date() == first.date():
        return formats.day_and_hours(formats.day(first.date(), tag), f"{begins} – {ends}", tag)
    days = ((formats.day(one.date(), tag), hours) for one, hours in ((first, begins), (last, ends)))
    return " – ".join(formats.day_and_hours(day, hours, tag) for day, hours in days)
