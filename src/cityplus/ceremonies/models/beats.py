from __future__ import annotations

from collections.abc import Iterator

from django.db import models, transaction


class Beats(models.Model):
    """The one row that numbers whatever happens in runs: who takes a number holds it until the commit, so numbers become visible in
    their order, and no stream that reads on from one can miss another. None is ever given twice."""

    last = models.BigIntegerField(default=0)

    class Meta:
        verbose_name_plural = "beats"

    def __str__(self) -> str:
        return str(self.last)

    @classmethod
    def newest(cls) -> int:
        """The last number that was given. What has a number up to it is committed, all of it."""
        return cls.objects.values_list("last", flat=True).first() or 0

    @classmethod
    def take(cls, count: int) -> Iterator[int]:
        """The next numbers, in the open transaction."""
        with transaction.atomic(savepoint=False):
            while not cls.objects.filter(pk=1).update(last=models.F("last") + count):  # which holds the row
                cls.objects.get_or_create(pk=1)
            last = cls.newest()
        return iter(range(last - count + 1, last + 1))
