from __future__ import annotations

from django.db import models
from django.utils import timezone

from cityplus.people.models import Person


class Digest(models.Model):
    """That the digest of a person for a moment was made: of several who try at a time, one makes it. ``lines`` is how many groups
    it told of; for none no letter was sent."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="digests", db_index=False)
    due = models.DateTimeField()
    made_at = models.DateTimeField(default=timezone.now, db_index=True)
    lines = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "due"], name="notifications_digest_once")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.due:%Y-%m-%d %H:%M}"
