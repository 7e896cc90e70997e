from __future__ import annotations

import secrets
from datetime import UTC, datetime, time, timedelta

from django.db import models, transaction

from cityplus import jobs
from cityplus.pulse.calendar import date_of, day_of

SIZE = 32


class Salt(models.Model):
    """What makes people numbers, for one day: one row, shared by all processes, overwritten when its day is over. Who has
    yesterday's numbers can then link them with nobody, and neither can we."""

    day = models.IntegerField(help_text="Days since 1970 in UTC; 0 when the salt is gone")
    value = models.BinaryField()

    def __str__(self) -> str:
        return f"the salt of {date_of(self.day)}"

    @classmethod
    def of(cls, now: datetime) -> tuple[int, bytes]:
        """The day that is counted now and its salt, made if the day is new.

        Where another process, whose clock is ahead, has begun tomorrow already, tomorrow it is: a day does not begin twice. A day
        farther off was a clock's mistake and is put right.
        """
        today = day_of(now)
        with transaction.atomic():
            row, made = cls.objects.select_for_update(no_key=True).get_or_create(
                pk=1, defaults={"day": today, "value": secrets.token_bytes(SIZE)}
            )
            if row.day not in {today, today + 1}:
                row.day, row.value, made = today, secrets.token_bytes(SIZE), True
                row.save()
            if made:
                over = datetime.combine(date_of(row.day) + timedelta(days=1), time(0, 1), UTC)
                jobs.enqueue("pulse.forget", key=str(row.day), not_before=over)
            return row.day, bytes(row.value)

    @classmethod
    def forget(cls, now: datetime) -> None:
        """Overwrite the salt if its day is over; the next view brings a new one."""
        cls.objects.filter(day__lt=day_of(now)).update(day=0, value=bytes(SIZE))
