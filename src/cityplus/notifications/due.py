"""When the next digest is due: pure, by the clocks of the reader's own place."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

_LOOK_AHEAD = 16
"""Days: two weeks, and one on either side for zones that jump over a day."""


class Rhythm(StrEnum):
    NEVER = "never"
    DAILY = "daily"
    WEEKLY = "weekly"


def next_due(after: datetime, rhythm: str, *, hour: int, weekday: int, zone: str) -> datetime | None:
    """The first moment after this one at which clocks of the zone come to the hour, each day or each week on that day (0 is
    Monday), in UTC; None for ``never``.

    An hour that the clocks leave out is taken where they go on; one that comes twice is its first. A day that a zone leaves out,
    as when it crosses the date line, falls together with the next.
    """
    if rhythm == Rhythm.NEVER:
        return None
    clocks = ZoneInfo(zone)
    first = after.astimezone(clocks).date() - timedelta(days=1)
    for day in (first + timedelta(days=n) for n in range(_LOOK_AHEAD + 1)):
        if rhythm == Rhythm.WEEKLY and day.weekday() != weekday:
            continue
        moment = datetime.combine(day, time(hour), clocks).astimezone(UTC)
        if moment > after:
            return moment
    raise AssertionError("a fortnight has every day of the week")
