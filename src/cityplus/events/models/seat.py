from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F
from django.utils import timezone

from cityplus.events.models.agenda import Session

if TYPE_CHECKING:
    from cityplus.events.models.registration import Registration

OPEN = ("asked", "waiting", "confirmed")
"""The states of a registration that has a place, or may get one."""


class Seat(models.Model):
    """A place in a session, or one in its queue."""

    registration = models.ForeignKey("events.Registration", on_delete=models.CASCADE, related_name="seats")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="seats")
    state = models.CharField(max_length=9, choices=[("confirmed", "confirmed"), ("waiting", "waiting")])
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["registration", "session"], name="events_one_seat")]
        indexes = [models.Index(fields=["session", "state", "id"], name="events_seats_in_order")]

    def __str__(self) -> str:
        return f"{self.registration_id} in {self.session_id}: {self.state}"


def promote_in(session: Session, *, tell: bool = True) -> None:
    """Give free seats of a session, which is locked, to those who wait for them, in order. Who has no place in the hall yet gets none
    before that."""
    session.refresh_from_db(fields=["taken", "capacity"])
    waiting = (
        Seat.objects.filter(session=session, state="waiting", registration__state="confirmed")
        .select_related("registration")
        .order_by("id")
    )
    seats = list(waiting if session.capacity == 0 else waiting[: max(session.capacity - session.taken, 0)])
    Seat.objects.filter(pk__in=[seat.pk for seat in seats]).update(state="confirmed")
    Session.objects.filter(pk=session.pk).update(taken=F("taken") + len(seats))
    for seat in seats:
        if tell:
            seat.registration._record("seated", session=session.pk)


def hold_all(event: int) -> None:
    """Lock all sessions of an event, by their keys: for what leaves seats, or gives some to others. It comes after the locks of
    halls and registrations and before anything is recorded, for the journal is a lock too."""
    list(Session.objects.select_for_update(no_key=True).filter(event=event).order_by("pk"))


def seat(registrations: Iterable[Registration]) -> None:
    """Who has just got a place in the hall gets the seats that they want, as far as there are any, and else waits for them. The sessions of
    the event are held."""
    waiting = Seat.objects.filter(registration__in=[one.pk for one in registrations], state="waiting").values("session")
    for session in Session.objects.filter(pk__in=waiting).order_by("pk"):
        promote_in(session, tell=False)  # the letter that says that they have a place names their sessions
