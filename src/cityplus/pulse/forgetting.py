"""Forgetting: once a day the salt of the day that is over, who saw what on it, and the hours that are a month old."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import transaction

from cityplus import jobs
from cityplus.pulse import rule
from cityplus.pulse.calendar import day_of, hour_of

PIECE = 5_000
"""Rows that go in one transaction, so that counting is never kept waiting for long."""


@jobs.job("pulse.forget")
def forget() -> None:
    """The work of the job; what an earlier day could not do is done too."""
    from cityplus.pulse.models import Salt  # noqa: PLC0415 - models load after apps

    now = datetime.now(UTC)
    Salt.forget(now)
    while _forget_visitors(day_of(now)):
        pass
    while _forget_hours(hour_of(now - rule.HOURS_KEPT)):
        pass


def _forget_visitors(today: int) -> bool:
    """Delete some rows of a day that is over, in the order of their key; whether there may be more."""
    from cityplus.pulse.models import Seen  # noqa: PLC0415

    with transaction.atomic():
        oldest = Seen.objects.filter(day__lt=today).order_by("day").values_list("day", flat=True).first()
        if oldest is None:
            return False
        rows = Seen.objects.filter(day=oldest)
        last = rows.order_by("visitor").values_list("visitor", flat=True)[PIECE : PIECE + 1].first()
        (rows if last is None else rows.filter(visitor__lte=last)).delete()
    return True


def _forget_hours(before: int) -> bool:
    """Delete the oldest hour if it is old enough; whether there may be more."""
    from cityplus.pulse.models import Hour  # noqa: PLC0415

    with transaction.atomic():
        oldest = Hour.objects.order_by("hour").values_list("hour", flat=True).first()
        if oldest is None or oldest >= before:
            return False
        Hour.objects.filter(hour=oldest).delete()
    return True
