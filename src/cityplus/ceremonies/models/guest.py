from __future__ import annotations

from django.db import models

from cityplus.ceremonies.models.ceremony import Ceremony
from cityplus.languages.fields import MultilingualField


class Guest(models.Model):
    """A guest of honour, in order of precedence. Whose palm the quorum needs is ``needed``."""

    ceremony = models.ForeignKey(Ceremony, on_delete=models.CASCADE, related_name="guests")
    order = models.PositiveSmallIntegerField(default=0)
    names = MultilingualField()
    title = MultilingualField()
    needed = models.BooleanField(default=True)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return f"{self.names} ({self.ceremony})"


class Item(models.Model):
    """One point of the programme; ``at`` is the hall's clock."""

    ceremony = models.ForeignKey(Ceremony, on_delete=models.CASCADE, related_name="programme")
    order = models.PositiveSmallIntegerField(default=0)
    at = models.TimeField(null=True, blank=True)
    words = MultilingualField()

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return f"{self.words} ({self.ceremony})"
