from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cityplus.actors.models import Actor
from cityplus.people.models import Person

WAIT = timedelta(days=30)


class Closing(models.Model):
    """An account that its person closed: gone from view since ``at``, and purged when it is ``due_at`` unless they sign in before,
    which reopens it. ``kept`` is what comes back then: whom they followed and who followed them, and what they marked, by number;
    ``hid`` says that it was the closing that took their actor away, and no decision before it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="closings")
    actor = models.ForeignKey(Actor, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    hid = models.BooleanField(default=False)
    kept = models.JSONField(default=dict)
    reopened_at = models.DateTimeField(null=True)
    purged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(reopened_at=None, purged_at=None), name="social_closing_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} closed, due {self.due_at:%Y-%m-%d}"

    @classmethod
    def of(cls, person: Person) -> Closing | None:
        """The closing of an account that can still be undone."""
        return cls.objects.filter(person=person, reopened_at=None, purged_at=None).first()
