from __future__ import annotations

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from cityplus.events.models.event import Event
from cityplus.lib.tokens import digest_of, new_token


class Steward(models.Model):
    """Somebody without an account who opens the doors of one event by a link, of whose token the database has the hash alone."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="stewards")
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the token, in hexadecimal")
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.name} at the doors of {self.event_id}"

    @classmethod
    def appoint(cls, event: Event, name: str, *, by: str) -> tuple[Steward, str]:
        """Let somebody open the doors of this event, and the token of their link, which is shown this once."""
        token = new_token()
        with transaction.atomic():
            steward = cls.objects.create(event=event, name=name, digest=digest_of(token), made_by=by)
            event.record("steward_appointed", by, steward=steward.pk, name=name)
        return steward, token

    @classmethod
    def of_token(cls, event: Event, token: str) -> Steward | None:
        return cls.objects.filter(event=event, digest=digest_of(token), ended_at=None).first()

    def end(self, *, by: str) -> None:
        """From now on the link opens nothing, nor does a door that it opened. Ended again nothing changes."""
        with transaction.atomic():
            if Steward.objects.filter(Q(ended_at=None), pk=self.pk).update(ended_at=timezone.now()):
                self.event.record("steward_ended", by, steward=self.pk, name=self.name)
