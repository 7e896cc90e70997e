"""Days and hours of UTC as whole numbers since 1970: small keys, and sums without time zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

_EPOCH = date(1970, 1, 1)


def day_of(moment: datetime) -> int:
    return (moment.astimezone(UTC).date() - _EPOCH).days


def date_of(day: int) -> date:
    return _EPOCH + timedelta(days=day)


def hour_of(moment: datetime) -> int:
    return int(moment.timestamp()) // 3600


def moment_of(hour: int) -> datetime:
    return datetime.fromtimestamp(hour * 3600, UTC)
