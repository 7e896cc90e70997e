from __future__ import annotations

from django.db import models


class Tally(models.Model):
    """Views and visitors of one subject in one language of its pages. Numbers only grow. A visitor counts in the language (and
    the hour) of the first page of the day, so sums over languages and hours are true."""

    kind = models.CharField(max_length=8)
    ref = models.CharField(max_length=32)
    language = models.CharField(max_length=12)
    views = models.BigIntegerField()
    visitors = models.BigIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.kind} {self.ref} {self.language}: {self.views}, {self.visitors}"


class Total(Tally):
    """Since the beginning. The row without a language is the sum of the others, so that the number of anything is one row."""

    pk = models.CompositePrimaryKey("kind", "language", "ref")


class Day(Tally):
    """On one day of UTC, kept for ever. The day comes first in the key: all writing is at the end of the table, and the last
    days of a subject are as many look-ups however long the history is."""

    pk = models.CompositePrimaryKey("day", "kind", "ref", "language")
    day = models.IntegerField(help_text="Days since 1970")


class Hour(Tally):
    """In one hour; its rows are also in the day, and go after a month."""

    pk = models.CompositePrimaryKey("hour", "kind", "ref", "language")
    hour = models.IntegerField(help_text="Hours since 1970")
