"""Registering somebody, in as few questions to the database as places, seats and the trail need: thousands do it in an hour, and all
that is done here they do one after the other, in the order of the journal. It is written in SQL where that spares a question or the
sentence takes Django longer to make than the database to answer. One statement takes a place, if there is one, and says so."""

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
from cityplus.lib.tokens import digest_of, new_token

_ASKED = ("state", "approval", "opens_at", "closes_at", "ends_at")
_THERE = "SELECT 1 FROM events_registration WHERE event_id = %s AND email = %s AND state IN ({marks})"
_PLACE = "UPDATE events_venue SET taken = taken + 1 WHERE id = %s AND (capacity = 0 OR taken < capacity) RETURNING id"
_HALL = "SELECT 1 FROM events_venue WHERE id = %s"
_SEATS = """
UPDATE events_session SET taken = taken + 1
WHERE event_id = %s AND id IN ({marks}) AND (capacity = 0 OR taken < capacity) RETURNING id
"""
_SESSIONS = "SELECT id FROM events_session WHERE event_id = %s AND id IN ({marks})"


def make(
    venue: Venue, *, name: str, email: str, language: str, sessions: Iterable[Session] = (), **facts: Any
) -> tuple[Registration, str, set[int]]:
    """:meth:`Registration.make` in the transaction that is open, which has the order of the journal and ends when this raises. Also the
    keys of the sessions in which they have a seat. The registration has the venue that was given, and its event, as they were read."""
    email, token = email.strip().lower(), new_token()
    event = Event.objects.only(*_ASKED).get(pk=venue.event_id)
    check_open(event)
    if _rows(_THERE, [event.pk, email], OPEN):
        raise RegisteredError(_("This address is registered already; the link in its letter changes it."))
    state = "asked" if event.approval else "confirmed" if _rows(_PLACE, [venue.pk]) else "waiting"
    if state != "confirmed" and not _rows(_HALL, [venue.pk]):
        raise RegistrationError(_("One cannot register for this event."))
    known = {"event": venue.event, "venue": venue, "name": name, "email": email, "language": language}
    row = Registration.objects.create(**known, state=state, digest=digest_of(token), **facts)
    seated = _seat(row, [session.pk for session in sessions])
    row._record("made", queued=True, state=state)
    return row, token, seated


def _seat(row: Registration, wanted: list[int]) -> set[int]:
    """Seats in these sessions, or places in their queues; who has no place in the hall yet waits for theirs too."""
    if not wanted:
        return set()
    seated = {pk for (pk,) in _rows(_SEATS, [row.event_id], wanted)} if row.state == "confirmed" else set()
    there = seated if len(seated) == len(wanted) else {pk for (pk,) in _rows(_SESSIONS, [row.event_id], wanted)}
    states = [(pk, "confirmed" if pk in seated else "waiting") for pk in sorted(there)]
    Seat.objects.bulk_create([Seat(registration=row, session_id=pk, state=state) for pk, state in states])
    return seated


def _rows(sql: str, values: list[Any], among: Sequence[Any] = ()) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql.format(marks=", ".join(["%s"] * len(among))), [*values, *among])
        return list(cursor.fetchall())
