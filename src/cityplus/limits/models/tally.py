from __future__ import annotations

from django.db import models


class Tally(models.Model):
    """How often a key was used in its period. The key is a digest: no address and no name of anybody stands here."""

    key = models.CharField(max_length=32, primary_key=True)
    times = models.PositiveIntegerField()
    ends = models.BigIntegerField(db_index=True, help_text="milliseconds since 1970")

    def __str__(self) -> str:
        return f"{self.key}: {self.times}"
