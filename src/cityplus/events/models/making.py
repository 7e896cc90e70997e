"""Registering somebody, in as few questions to the database as places, seats and the trail need: thousands do it in an hour, and all
that is done here they do one after the other. What is asked behind the locks is written in SQL: to make such a sentence takes Django
longer than the database to answer it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from cityplus.events.errors import RegisteredError, RegistrationError
from cityplus.events.models.agenda import Session
from cityplus.events.models.event import Event, Venue
from cityplus.events.models.registration import Registration, check_open
from cityplus.events.models.seat import OPEN, Seat
from cityplus.events.models.tokens import digest_of, new_token

_ASKED = ("state", "approval", "opens_at", "closes_at", "ends_at")
_HALL = "SELECT capacity, taken FROM events_venue WHERE id = %s {locked}"
_TAKE_PLACE = "UPDATE events_venue SET taken = taken + 1 WHERE id = %s"
_THERE = "SELECT 1 FROM events_registration WHERE event_id = %s AND email = %s AND state IN ({marks})"
_SESSIONS = (
    "SELECT id, capacity, taken FROM events_session WHERE event_id = %s AND id IN ({marks}) ORDER BY id {locked}"
)
_TAKE_SEATS = "UPDATE events_session SET taken = taken + 1 WHERE id IN ({marks})"


def make(
    venue: Venue, *, name: str, email: str, language: str, sessions: Iterable[Session] = (), **facts: Any
) -> tuple[Registration, str, set[int]]:
    """:meth:`Registration.make` in the transaction that is open, which has the order of the journal and ends when this raises. Also the
    keys of the sessions in which they have a seat. The registration has the venue that was given, and its event, as they were read."""
    email, token = email.strip().lower(), new_token()
    hall = _rows(_HALL, [venue.pk])
    if not hall:
        raise RegistrationError(_("One cannot register for this event."))
    event = Event.objects.only(*_ASKED).get(pk=venue.event_id)
    check_open(event)
    if _rows(_THERE, [event.pk, email], OPEN):
        raise RegisteredError(_("This address is registered already; the link in its letter changes it."))
    ((capacity, taken),) = hall
    state = "asked" if event.approval else "confirmed" if _has_place(capacity, taken) else "waiting"
    known = {"event": venue.event, "venue": venue, "name": name, "email": email, "language": language}
    row = Registration.objects.create(**known, state=state, digest=digest_of(token), **facts)
    if state == "confirmed":
        _do(_TAKE_PLACE, [venue.pk])
    seated = _seat(row, [session.pk for session in sessions])
    row._record("made", state=state)
    return row, token, seated


def _seat(row: Registration, wanted: list[int]) -> set[int]:
    """Seats in these sessions, or places in their queues."""
    if not wanted:
        return set()
    found = _rows(_SESSIONS, [row.event_id], wanted)
    seated = {pk for pk, capacity, taken in found if _has_place(capacity, taken)}
    states = [(pk, "confirmed" if pk in seated else "waiting") for pk, _capacity, _taken in found]
    Seat.objects.bulk_create([Seat(registration=row, session_id=pk, state=state) for pk, state in states])
    if seated:
        _do(_TAKE_SEATS, [], sorted(seated))
    return seated


def _has_place(capacity: int, taken: int) -> bool:
    return capacity == 0 or taken < capacity


def _rows(sql: str, values: list[Any], among: Sequence[Any] = ()) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(_told(sql, among), [*values, *among])
        return list(cursor.fetchall())


def _do(sql: str, values: list[Any], among: Sequence[Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_told(sql, among), [*values, *among])


def _told(sql: str, among: Sequence[Any]) -> str:
    locked = "FOR NO KEY UPDATE" if connection.vendor == "postgresql" else ""
    return sql.format(marks=", ".join(["%s"] * len(among)), locked=locked)
