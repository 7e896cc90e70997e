from __future__ import annotations

from django.db import models
from django.utils import timezone


class Stray(models.Model):
    """A file of the store that no row pointed to when the sweeper came by; ``seen_at`` is when it first did not."""

    key = models.CharField(max_length=200, primary_key=True)
    seen_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.key} since {self.seen_at}"
