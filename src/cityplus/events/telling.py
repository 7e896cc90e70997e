"""Who is told what, by letter: decisions at once, what becomes of the event to all who are registered, a part at a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from cityplus import jobs, journal
from cityplus.events import letters
from cityplus.events.models import Event, Registration, Seat, Session
from cityplus.events.models.seat import OPEN
from cityplus.jobs.models import Job
from cityplus.journal.models import Entry
from cityplus.languages.text import Text

PART = 200
"""Registrations that are written to in one transaction."""
CALM = timedelta(minutes=20)
"""So long after the last change of hours or places one is told of it, once."""
_DECIDED = {
    "confirmed": "taken",
    "waiting": "waiting",
    "refused": "refused",
    "cancelled": "cancelled",
    "moved": "moved",
    "seated": "seated",
    "ticket_renewed": "renewed",
}
_TOLD = ("event.cancelled", "event.changed", "event.venue_changed", "event.venue_removed", "event.agenda_changed")


@journal.subscribe("events.letters", *(f"registration.{verb}" for verb in _DECIDED), *_TOLD)
def follow(entry: Entry) -> None:
    """Write of decisions, and have the others told of what has changed."""
    kind, _dot, verb = entry.verb.partition(".")
    facts: dict[str, Any]
    if kind == "registration":
        if verb == "moved" and not entry.data.get("had"):
            return  # whoever waited, and has a place by moving, is told of the place
        rows = Registration.objects.select_related("event", "venue__city__actor", "person").filter(pk=entry.subject_id)
        for row in rows:
            if not row.email.endswith("@forgotten.invalid"):
                letters.decided(row, _DECIDED[verb], was=str(entry.data.get("was", "")), **_session(row, entry))
    elif verb == "cancelled":
        jobs.enqueue(
            "events.tell", key=f"{entry.pk}:0", event=entry.subject_id, what="called_off", entry=entry.pk, after=0
        )
    elif verb == "agenda_changed":
        for session in Session.objects.filter(pk=entry.data.get("session")) if entry.data.get("moved") else ():
            facts = {"session": session.pk, "starts_at": session.starts_at.isoformat()}
            jobs.enqueue("events.tell_moved", key=f"{entry.pk}", not_before=timezone.now() + CALM, **facts)
    elif entry.data.get("heard"):
        event = Event.objects.filter(pk=entry.subject_id).first()
        if event and event.state == "published":
            after = timezone.now() + CALM
            facts = {"event": event.pk, "sequence": event.sequence}
            jobs.enqueue("events.tell_change", key=f"{event.pk}:{event.sequence}", not_before=after, **facts)


def _session(row: Registration, entry: Entry) -> dict[str, str]:
    """The session that an entry is about, in the language of who is written to."""
    found = Session.objects.filter(pk=entry.data.get("session")).first()
    return {"session": letters.named(found.title, row)} if found else {}


@journal.subscribe("events.unseated", "event.unseated")
def unseat(entry: Entry) -> None:
    """Have those told who had a seat in a session that is no more, or not in their hall."""
    jobs.enqueue("events.tell_unseated", key=f"{entry.pk}:0", entry=entry.pk, after=0)


@jobs.job("events.tell_unseated")
def tell_unseated(entry: int, after: int) -> None:
    """Write to a part of them; who has cancelled meanwhile is not written to. Done twice, it writes once."""
    said = Entry.objects.get(pk=entry).data
    part = sorted(pk for pk in said["registrations"] if pk > after)[:PART]
    with transaction.atomic():
        Event.objects.select_for_update(no_key=True).get(pk=said["event"])
        if not part or Job.objects.filter(key=f"events.tell_unseated:{entry}:{part[-1]}").exists():
            return
        rows = Registration.objects.select_related("event", "venue__city__actor", "person").filter(
            pk__in=part, state__in=OPEN
        )
        for row in rows.filter(event__state="published", event__ends_at__gt=timezone.now()):
            letters.decided(row, "unseated", session=letters.named(Text.from_json(said["title"]), row))
        jobs.enqueue("events.tell_unseated", key=f"{entry}:{part[-1]}", entry=entry, after=part[-1])


@jobs.job("events.tell_change")
def tell_change(event: int, sequence: int) -> None:
    """Have everybody told that hours or place changed, unless they have changed again since: then that is told."""
    found = Event.objects.filter(pk=event, state="published", sequence=sequence, ends_at__gt=timezone.now()).first()
    if found:
        key = f"change {sequence} of {event}"
        jobs.enqueue("events.tell", key=f"{key}:0", event=event, what="changed", entry=key, after=0)


@jobs.job("events.tell_moved")
def tell_moved(session: int, starts_at: str) -> None:
    """Have those told who have a seat in a session that has moved, unless it has moved again since."""
    rows = Session.objects.filter(pk=session, starts_at=datetime.fromisoformat(starts_at), event__state="published")
    for found in rows.filter(starts_at__gt=timezone.now()).select_related("event"):
        key = f"session {session} at {starts_at}, {found.event.sequence}"
        facts: dict[str, Any] = {
            "event": found.event_id,
            "what": "changed",
            "entry": key,
            "after": 0,
            "session": session,
        }
        jobs.enqueue("events.tell", key=f"{key}:0", **facts)


@jobs.job("events.tell")
def tell(event: int, what: str, entry: int | str, after: int, session: int = 0) -> None:
    """Write to a part of those who are registered (of those who have a seat in a session), and have the next part written to; done twice,
    it writes once."""
    with transaction.atomic():
        found = Event.objects.select_for_update(no_key=True).get(pk=event)
        rows = Registration.objects.select_related("event", "venue__city__actor", "person")
        if session:
            rows = rows.filter(seats__in=Seat.objects.filter(session=session, state="confirmed"))
        part = list(rows.filter(event=event, state__in=OPEN, pk__gt=after).order_by("pk")[:PART])
        if not part or Job.objects.filter(key=f"events.tell:{entry}:{part[-1].pk}").exists():
            return
        for row in part:
            letters.told(row, what, reason=found.reason)
        last = part[-1].pk
        facts: dict[str, Any] = {"event": event, "what": what, "entry": entry, "after": last, "session": session}
        jobs.enqueue("events.tell", key=f"{entry}:{last}", **facts)
