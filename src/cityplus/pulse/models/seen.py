from __future__ import annotations

from django.db import models


class Seen(models.Model):
    """That a visitor of a day has met a subject, and when its own page last counted for them: a time on that day's scale in
    seconds since 1970, 0 while they met it only through other pages. Rows of days that are over are swept."""

    pk = models.CompositePrimaryKey("day", "visitor", "subject")
    day = models.IntegerField()
    visitor = models.BigIntegerField()
    subject = models.CharField(max_length=40)
    at = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.visitor:x} has met {self.subject}"
