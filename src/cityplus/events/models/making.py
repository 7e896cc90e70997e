"""Registering somebody, in as few questions to the database as places, seats and the trail need: thousands do it in an hour."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from cityplus.events.errors import RegisteredError, RegistrationError
from cityplus.events.models.agenda import Session
from cityplus.events.models.registration import Registration, Venue, check_open
from cityplus.events.models.seat import OPEN, Seat
from cityplus.events.models.tokens import digest_of, new_token

_ASKED = ("state", "approval", "opens_at", "closes_at", "ends_at")
"""What is asked of the event behind the lock of its hall."""


def make(
    venue: Venue, *, name: str, email: str, language: str, sessions: Iterable[Session] = (), **facts: Any
) -> tuple[Registration, str, set[int]]:
    """:meth:`Registration.make` in the transaction that is open, which has the order of the journal and ends when this raises. Also the
    keys of the sessions in which they have a seat. The registration has the venue that was given, and its event, as they were read."""
    email, token = email.strip().lower(), new_token()
    hall = _locked(venue)
    event = hall.event
    check_open(event)
    if Registration.objects.filter(event=event, email=email, state__in=OPEN).exists():
        raise RegisteredError(_("This address is registered already; the link in its letter changes it."))
    state = "asked" if event.approval else "confirmed" if hall.has_place else "waiting"
    known = {"event": venue.event, "venue": venue, "name": name, "email": email, "language": language}
    row = Registration.objects.create(**known, state=state, digest=digest_of(token), **facts)
    if state == "confirmed":
        Venue.objects.filter(pk=hall.pk).update(taken=F("taken") + 1)
    seated = _seat(row, [session.pk for session in sessions])
    row._record("made", state=state)
    return row, token, seated


def _locked(venue: Venue) -> Venue:
    rows = Venue.objects.select_for_update(of=("self",), no_key=True).select_related("event").filter(pk=venue.pk)
    found = rows.only("capacity", "taken", "event", *(f"event__{name}" for name in _ASKED)).first()
    if found is None:
        raise RegistrationError(_("One cannot register for this event."))
    return found


def _seat(row: Registration, wanted: list[int]) -> set[int]:
    """Seats in these sessions, or places in their queues."""
    if not wanted:
        return set()
    locked = Session.objects.select_for_update(no_key=True).filter(event=row.event_id, pk__in=wanted).order_by("pk")
    seats = [
        Seat(registration=row, session=one, state="confirmed" if one.has_place else "waiting")
        for one in locked.only("capacity", "taken")
    ]
    Seat.objects.bulk_create(seats)
    seated = {seat.session_id for seat in seats if seat.state == "confirmed"}
    if seated:
        Session.objects.filter(pk__in=seated).update(taken=F("taken") + 1)
    return seated
