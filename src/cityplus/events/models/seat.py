from __future__ import annotations

from django.db import models
from django.db.models import F
from django.utils import timezone

from cityplus.events.models.agenda import Session

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


def promote_in(session: Session) -> None:
    """Give free seats of a session, which is locked, to those who wait for them, in order."""
    session.refresh_from_db(fields=["taken", "capacity"])
    waiting = Seat.objects.filter(session=session, state="waiting", registration__state__in=OPEN).order_by("id")
    seats = list(waiting if session.capacity == 0 else waiting[: max(session.capacity - session.taken, 0)])
    Seat.objects.filter(pk__in=[seat.pk for seat in seats]).update(state="confirmed")
    Session.objects.filter(pk=session.pk).update(taken=F("taken") + len(seats))
