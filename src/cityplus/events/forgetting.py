"""What is let go by itself: events that are over, places that nobody has shown to be theirs, and what people said, when their consent
ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Model, Q
from django.utils import timezone

from cityplus import jobs
from cityplus.events.models import CalendarKey, Event, Organiser, Presenter, Registration, Run, Scan, Steward
from cityplus.events.models.seat import OPEN
from cityplus.people.models import Person

PROVED_WITHIN = timedelta(days=2)
"""Who registers without an account opens the link of the letter within this time, or the place is given back."""
FORGOTTEN = "@forgotten.invalid"
NAMES: tuple[tuple[type[Model], str], ...] = (
    (Organiser, "asked_by"),
    (Organiser, "agreed_by"),
    (Steward, "made_by"),
    (Scan, "by"),
    (Run, "asked_by"),
)
"""Where it stands who did something for others."""


@jobs.chore("events.forgetting")
def forget() -> None:
    """Close, give back, forget."""
    now = timezone.now()
    for event in Event.objects.filter(state="published", ends_at__lt=now):
        event.close()
    late = Q(person=None, proved_at=None, made_at__lt=now - PROVED_WITHIN)
    for row in Registration.objects.filter(late, state__in=OPEN, event__starts_at__gt=now, event__state="published"):
        row.cancel(by="")
    over = Registration.objects.filter(consent_until__lt=now.date()).exclude(email__endswith=FORGOTTEN)
    for row in over.iterator():
        row.forget()


def go(person: Person, actor: Any) -> None:
    """Who leaves gives back the places at events that are to come."""
    del actor
    for row in Registration.objects.filter(person=person, state__in=OPEN, event__ends_at__gt=timezone.now()):
        row.cancel(by=person.username)


def purge(person: Person, actor: Any) -> None:
    """Nothing says any more that it was they who came; what they presented stays, as what others say of it."""
    del actor
    for row in Registration.objects.filter(person=person):
        row.forget()
    Presenter.objects.filter(person=person).update(person=None)
    CalendarKey.objects.filter(person=person).delete()
    for model, name in NAMES:
        model._default_manager.filter(**{name: person.username}).update(**{name: person.nameless})
