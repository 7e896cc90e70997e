"""When the next digest is due: a table over zones, clocks that jump, and days that a zone leaves out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplus.notifications.due import Rhythm, next_due

MON, WED, FRI, SUN = 0, 2, 4, 6


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "rhythm", "hour", "weekday", "zone", "due"),
    [
        # each day, by the clocks of the place
        ("2026-11-25 06:59", "daily", 8, MON, "Europe/Amsterdam", "2026-11-25 07:00"),
        ("2026-11-25 07:00", "daily", 8, MON, "Europe/Amsterdam", "2026-11-26 07:00"),
        ("2026-11-25 07:00", "daily", 8, MON, "UTC", "2026-11-25 08:00"),
        ("2026-11-25 12:00", "daily", 8, MON, "Asia/Shanghai", "2026-11-26 00:00"),
        ("2026-11-25 20:00", "daily", 8, MON, "Pacific/Auckland", "2026-11-26 19:00"),
        ("2026-11-25 12:00", "daily", 0, MON, "Asia/Kathmandu", "2026-11-25 18:15"),
        ("2026-11-25 12:00", "daily", 8, MON, "America/Los_Angeles", "2026-11-25 16:00"),
        # each week, on the day that was chosen
        ("2026-11-25 12:00", "weekly", 8, MON, "Europe/Amsterdam", "2026-11-30 07:00"),
        ("2026-11-25 06:00", "weekly", 8, WED, "Europe/Amsterdam", "2026-11-25 07:00"),
        ("2026-11-25 07:00", "weekly", 8, WED, "Europe/Amsterdam", "2026-12-02 07:00"),
        ("2026-11-29 23:30", "weekly", 8, MON, "Asia/Shanghai", "2026-11-30 00:00"),
        ("2026-11-29 12:00", "weekly", 0, SUN, "Pacific/Kiritimati", "2026-12-05 10:00"),
        ("2026-11-28 10:01", "weekly", 0, SUN, "Pacific/Kiritimati", "2026-12-05 10:00"),
        # clocks go forward: the hour that is left out is the moment at which they go on
        ("2026-03-28 12:00", "daily", 2, MON, "Europe/Amsterdam", "2026-03-29 01:00"),
        ("2026-03-29 01:00", "daily", 2, MON, "Europe/Amsterdam", "2026-03-30 00:00"),
        ("2026-03-28 12:00", "daily", 8, MON, "Europe/Amsterdam", "2026-03-29 06:00"),
        ("2026-03-07 12:00", "daily", 2, MON, "America/New_York", "2026-03-08 07:00"),
        ("2026-10-03 12:00", "daily", 2, MON, "Australia/Lord_Howe", "2026-10-03 15:30"),
        # clocks go back: the hour that comes twice is its first
        ("2026-10-24 12:00", "daily", 2, MON, "Europe/Amsterdam", "2026-10-25 00:00"),
        ("2026-10-25 00:00", "daily", 2, MON, "Europe/Amsterdam", "2026-10-26 01:00"),
        ("2026-10-25 00:30", "daily", 2, MON, "Europe/Amsterdam", "2026-10-26 01:00"),
        ("2026-11-01 05:30", "daily", 1, MON, "America/New_York", "2026-11-02 06:00"),
        # midnight is left out where clocks go forward at it
        ("2026-04-23 12:00", "daily", 0, FRI, "Africa/Cairo", "2026-04-23 22:00"),
        # a zone that leaves out a day: Samoa had no 30 December 2011, a Friday
        ("2011-12-29 20:00", "daily", 8, MON, "Pacific/Apia", "2011-12-30 18:00"),
        ("2011-12-30 18:00", "daily", 8, MON, "Pacific/Apia", "2011-12-31 18:00"),
        ("2011-12-29 20:00", "weekly", 8, FRI, "Pacific/Apia", "2011-12-30 18:00"),
        # over the end of a year, and the 29th of February
        ("2027-12-31 23:00", "daily", 8, MON, "Asia/Tokyo", "2028-01-01 23:00"),
        ("2028-02-28 08:00", "daily", 8, MON, "UTC", "2028-02-29 08:00"),
    ],
)  # fmt: skip
def test_the_table(after: str, rhythm: str, hour: int, weekday: int, zone: str, due: str) -> None:
    assert next_due(utc(after), rhythm, hour=hour, weekday=weekday, zone=zone) == utc(due)


def test_never_is_never() -> None:
    assert next_due(utc("2026-11-25 08:00"), Rhythm.NEVER, hour=8, weekday=0, zone="UTC") is None


@given(
    st.integers(946_684_800, 2_114_380_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),  # 2000 to 2036
    st.sampled_from(sorted(available_timezones() - {"Factory", "localtime"})),
    st.integers(0, 23),
    st.integers(0, 6),
    st.sampled_from([Rhythm.DAILY, Rhythm.WEEKLY]),
)
def test_in_every_zone_it_comes_soon_and_asking_just_before_gives_the_same(
    after: datetime, zone: str, hour: int, weekday: int, rhythm: Rhythm
) -> None:
    due = next_due(after, rhythm, hour=hour, weekday=weekday, zone=zone)
    assert due is not None
    assert timedelta() < due - after <= timedelta(days=9 if rhythm == Rhythm.WEEKLY else 3)
    assert next_due(due - timedelta(microseconds=1), rhythm, hour=hour, weekday=weekday, zone=zone) == due
    there = due.astimezone(ZoneInfo(zone))
    if there.utcoffset() == (due - timedelta(days=1)).astimezone(ZoneInfo(zone)).utcoffset():
        assert (there.hour, there.minute) == (hour, 0)
