"""What a letter brings for the calendar of who is registered: their place at an event (REQUEST), anew when it changes, and taken back
(CANCEL), as RFC 5546 has it. Programs that know it change the entry by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, vCalAddress

from cityplus.events import calendars
from cityplus.events.models import Registration, Session
from cityplus.languages.tags import reader_tag

ASKS = ("confirmed", "taken", "changed", "moved", "seated", "unseated")
"""Letters that put a place into the calendar, or change it there."""
ENDS = ("cancelled", "called_off")
"""Letters that take it out."""


def of(registration: Registration, kind: str, was: str, seated: Sequence[Session]) -> str:
    """The iCalendar of a letter of this kind, in the language of the page; nothing where it changes no calendar. ``was`` is the state
    before a cancel: who only waited had nothing in it. ``seated``: the sessions in which they have a seat."""
    if kind in ASKS and registration.state == "confirmed":
        return _told(registration, "REQUEST", seated)
    had = registration.state == "confirmed" if kind == "called_off" else was == "confirmed"
    return _told(registration, "CANCEL", seated) if kind in ENDS and had else ""


def _told(registration: Registration, method: str, seated: Sequence[Session]) -> str:
    event = registration.event
    part = calendars.of_registration(registration, seated)
    part["DTSTAMP"] = calendars.moment(timezone.now())
    if method == "CANCEL":
        part["STATUS"] = "CANCELLED"
    names = ", ".join(row.actor.names.in_language(reader_tag()) for row in event.hosting.all() if row.agreed_at)
    part.add("organizer", _address(settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].strip(" >"), names))
    guest = _address(registration.email, registration.name)
    guest.params |= {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    part.add("attendee", guest)
    calendar = Calendar()
    calendar.add("prodid", calendars.PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(part)
    return calendars.written(calendar).decode()


def _address(email: str, name: str) -> vCalAddress:
    found = vCalAddress(f"mailto:{email}")
    found.params["CN"] = name.replace('"', "'") or email
    return found
