"""A door, phones at it, and guests with tickets."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from cityplus.cities.models import City
from cityplus.events.doors.access import Pass
from cityplus.events.doors.taking import Seen, Sent, Told, take_all
from cityplus.events.models import Event, Registration, Scan, Steward, Ticket, Venue
from cityplus.events.tests.cast import meeting

_numbers = count(1)


def open_house(city: City, *, capacity: int = 0, **facts: Any) -> Event:
    """A meeting that has begun an hour ago, with one hall."""
    now = timezone.now()
    return meeting(
        city.actor,
        capacity=capacity,
        **{"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=7), **facts},
    )


def guest(venue: Venue, name: str = "Ana", **facts: Any) -> Registration:
    mail = f"guest{next(_numbers)}@example.org"
    registration, _token = Registration.make(venue, name=name, email=mail, language="en", **facts)
    return registration


def code_of(registration: Registration) -> str:
    return Ticket.of(registration).scanned(registration.event_id)


class Phone:
    """A phone at a door, opened by a steward of its own."""

    def __init__(self, venue: Venue, name: str = "phone") -> None:
        self.venue, self.device, self.beat = venue, f"{name}-{next(_numbers)}".ljust(8, "x"), 0
        steward, self.token = Steward.appoint(venue.event, name, by="owner")
        self.steward = steward
        self.given = Pass(venue.event_id, venue.pk, 0, steward.pk)

    def seen(self, code: str = "", at: datetime | None = None, **more: Any) -> Seen:
        return Seen(f"nonce-{next(_numbers)}", at or timezone.now(), code=code, **more)

    def send(self, *seen: Seen, clock: timedelta = timedelta()) -> Told:
        now = timezone.now()
        (told,) = take_all([Sent(self.given, self.device, now + clock, self.beat, seen)], now)
        self.beat = told.beat or self.beat
        return told

    def scan(self, code: str, **more: Any) -> Scan:
        """What one scan comes to that is sent at once."""
        seen = self.seen(code, **more)
        return next(one for one in self.send(seen).scans if one.nonce == seen.nonce)
