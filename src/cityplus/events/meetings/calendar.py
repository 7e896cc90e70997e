"""The meetings of a party as iCalendar (RFC 5545): one address to subscribe to, in which changes and cancellations arrive."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from cityplus.events.meetings.reading import Line
from cityplus.events.models import Party
from cityplus.languages.tags import reader_tag
from cityplus.web.addresses import absolute


def calendar(party: Party, lines: Iterable[Line], page: str) -> str:
    """Moments are in UTC, so that every calendar shows them by its own clock."""
    title = str(party.timetable.event.title.in_language(reader_tag()))
    rows = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//CityPlus//Meetings//EN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(title)}",
    ]
    for line in lines:
        rows += _event(line, page)
    rows.append("END:VCALENDAR")
    return "".join(f"{fold(row)}\r\n" for row in rows)


def _event(line: Line, page: str) -> list[str]:
    meeting, tag = line.meeting, reader_tag()
    where = (_("Video line %d") if meeting.by_line else _("Table %d")) % line.number
    return [
        "BEGIN:VEVENT",
        f"UID:{meeting.uid}@meetings.cityplus",
        f"DTSTAMP:{_moment(meeting.changed_at)}",
        f"LAST-MODIFIED:{_moment(meeting.changed_at)}",
        f"DTSTART:{_moment(meeting.starts_at)}",
        f"DTEND:{_moment(meeting.ends_at)}",
        f"SEQUENCE:{meeting.sequence}",
        f"STATUS:{'CANCELLED' if meeting.over_at else 'CONFIRMED'}",
        f"SUMMARY:{_text(str(line.other.organisation.actor.names.in_language(tag)))}",
        f"LOCATION:{_text(f'{where}, {line.here.name.in_language(tag)}')}",
        f"URL:{absolute(page)}",
        "END:VEVENT",
    ]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """A value of the kind TEXT (RFC 5545, 3.3.11)."""
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return "\\n".join(words.splitlines())


def fold(row: str) -> str:
    """Lines of 75 octets at most, none broken inside a letter."""
    parts, size = [""], 0
    for letter in row:
        octets = len(letter.encode())
        if size + octets > 75:
            parts.append("")
            size = 1
        parts[-1] += letter
        size += octets
    return "\r\n ".join(parts)
