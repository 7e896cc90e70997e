"""Reminders: a letter a week and a day before, once. They are set when an event is published or moved, and a chore finds what was
missed while nothing ran."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from cityplus import jobs, journal
from cityplus.events import letters
from cityplus.events.models import Event, Registration, Reminder
from cityplus.journal.models import Entry

BEFORE = {Reminder.Kind.WEEK: timedelta(days=7), Reminder.Kind.DAY: timedelta(days=1)}
LATE = {Reminder.Kind.WEEK: timedelta(days=5), Reminder.Kind.DAY: timedelta(0)}
"""What must be left at least for the words of a reminder to be true, where a worker comes to it late."""


@journal.subscribe("events.reminders", "event.published", "event.changed")
def follow(entry: Entry) -> None:
    """Set the reminders of an event; of one that was moved those of its new hours."""
    for event in Event.objects.filter(pk=entry.subject_id, state="published"):
        for kind, before in BEFORE.items():
            due = event.starts_at - before
            if due > timezone.now():
                key = f"{event.pk}:{kind.value}:{event.starts_at.isoformat()}"
                when = event.starts_at.isoformat()
                jobs.enqueue("events.remind", key=key, not_before=due, event=event.pk, what=kind.value, starts_at=when)


@jobs.job("events.remind")
def remind(event: int, what: str, starts_at: str) -> None:
    """Write to all who have a place, if the event still begins then."""
    for found in Event.objects.filter(pk=event, state="published", starts_at=datetime.fromisoformat(starts_at)):
        remind_of(found, Reminder.Kind(what))


@jobs.chore("events.reminders")
def missed() -> None:
    """What was due while nothing ran."""
    now = timezone.now()
    coming = Event.objects.filter(state="published", starts_at__gt=now, starts_at__lte=now + BEFORE[Reminder.Kind.WEEK])
    for event in coming:
        for kind in BEFORE:
            remind_of(event, kind)


def remind_of(event: Event, kind: Reminder.Kind) -> int:
    """Remind all who have a place and had it, or asked for it, when the reminder was due; returns how many letters were written.
    Whoever was reminded of these hours is not reminded again. Of a week nobody is reminded when it is five days or less."""
    due, left = event.starts_at - BEFORE[kind], event.starts_at - timezone.now()
    if left > BEFORE[kind] or left <= LATE[kind]:
        return 0
    written = 0
    rows = Registration.objects.filter(event=event, state="confirmed", made_at__lte=due)
    done = Reminder.objects.filter(kind=kind, starts_at=event.starts_at).values("registration")
    for pk in list(rows.exclude(pk__in=done).values_list("pk", flat=True)):
        written += _remind(pk, event, kind)
    return written


def _remind(pk: int, event: Event, kind: Reminder.Kind) -> int:
    with transaction.atomic():
        row = (
            Registration.objects.select_for_update(of=("self",), no_key=True)
            .select_related("event", "venue__city__actor", "person")
            .get(pk=pk)
        )
        if row.state != "confirmed":
            return 0
        _mark, new = Reminder.objects.get_or_create(registration=row, kind=kind, starts_at=event.starts_at)
        if new:
            letters.told(row, "today" if kind == Reminder.Kind.DAY and _is_today(event, row) else kind.value)
        return int(new)


def _is_today(event: Event, row: Registration) -> bool:
    """Whether it is the day of the event already where they come: for a worker that is late."""
    return event.starts_at.astimezone(row.venue.zone).date() <= timezone.now().astimezone(row.venue.zone).date()
