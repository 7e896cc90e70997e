from __future__ import annotations

from django.db import models
from django.utils import timezone

from cityplus.ceremonies.models.beats import Beats
from cityplus.ceremonies.models.ceremony import Ceremony


class Wiping(models.Model):
    """A rehearsal that was forgotten: who did it and when, and at which beat the screens hear of it. ``run`` is the number that it had;
    none gets that again."""

    ceremony = models.ForeignKey(Ceremony, on_delete=models.CASCADE, related_name="wipings")
    run = models.BigIntegerField()
    beat = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        ordering = ["beat"]

    def __str__(self) -> str:
        return f"rehearsal {self.run} of {self.ceremony}, wiped"

    @classmethod
    def note(cls, ceremony: Ceremony, run: int, *, by: str) -> None:
        """Note it, in the open transaction."""
        cls.objects.create(ceremony=ceremony, run=run, beat=next(Beats.take(1)), at=timezone.now(), by=by)
