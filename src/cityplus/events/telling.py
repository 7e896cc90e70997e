"""Who is told what, by letter: decisions at once, what becomes of the event to all who are registered, a part at a time."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from cityplus import jobs, journal
from cityplus.events import letters
from cityplus.events.models import Event, Registration
from cityplus.events.models.seat import OPEN
from cityplus.jobs.models import Job
from cityplus.journal.models import Entry

PART = 200
"""Registrations that are written to in one transaction."""
CALM = timedelta(minutes=20)
"""So long after the last change of hours or places one is told of it, once."""
_DECIDED = {"confirmed": "taken", "waiting": "waiting", "refused": "refused", "cancelled": "cancelled"}
_TOLD = ("event.cancelled", "event.changed", "event.venue_changed", "event.venue_removed")


@journal.subscribe("events.letters", *(f"registration.{verb}" for verb in _DECIDED), *_TOLD)
def follow(entry: Entry) -> None:
    """Write of decisions, and have the others told of what has changed."""
    kind, _dot, verb = entry.verb.partition(".")
    if kind == "registration":
        rows = Registration.objects.select_related("event", "venue", "person").filter(pk=entry.subject_id)
        for row in rows:
            if not row.email.endswith("@forgotten.invalid"):
                letters.decided(row, _DECIDED[verb])
    elif verb == "cancelled":
        jobs.enqueue(
            "events.tell", key=f"{entry.pk}:0", event=entry.subject_id, what="called_off", entry=entry.pk, after=0
        )
    elif entry.data.get("heard"):
        event = Event.objects.filter(pk=entry.subject_id).first()
        if event and event.state == "published":
            after = timezone.now() + CALM
            facts = {"event": event.pk, "sequence": event.sequence}
            jobs.enqueue("events.tell_change", key=f"{event.pk}:{event.sequence}", not_before=after, **facts)


@jobs.job("events.tell_change")
def tell_change(event: int, sequence: int) -> None:
    """Have everybody told that hours or place changed, unless they have changed again since: then that is told."""
    found = Event.objects.filter(pk=event, state="published", sequence=sequence, ends_at__gt=timezone.now()).first()
    if found:
        key = f"change {sequence} of {event}"
        jobs.enqueue("events.tell", key=f"{key}:0", event=event, what="changed", entry=key, after=0)


@jobs.job("events.tell")
def tell(event: int, what: str, entry: int | str, after: int) -> None:
    """Write to a part of those who are registered, and have the next part written to; done twice, it writes once."""
    with transaction.atomic():
        found = Event.objects.select_for_update(no_key=True).get(pk=event)
        rows = Registration.objects.select_related("event", "venue", "person")
        part = list(rows.filter(event=event, state__in=OPEN, pk__gt=after).order_by("pk")[:PART])
        if not part or Job.objects.filter(key=f"events.tell:{entry}:{part[-1].pk}").exists():
            return
        for row in part:
            letters.told(row, what, reason=found.reason)
        last = part[-1].pk
        jobs.enqueue("events.tell", key=f"{entry}:{last}", event=event, what=what, entry=entry, after=last)
