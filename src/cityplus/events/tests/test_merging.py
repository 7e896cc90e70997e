"""What the scans of one registration come to, deed by deed: in the order in which they happened, not in that in which they came."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.events.doors.merging import Mark, merge
from cityplus.events.models import Attendance, Scan, Venue
from cityplus.events.tests.door_cast import Phone, code_of, guest, open_house
from cityplus.languages.text import Text

IN: dict[str, Any] = {}
OUT, HAND = {"leaves": True}, {"by_hand": True}


def mark(second: int, device: str = "a", **facts: Any) -> Mark:
    return Mark(datetime(2026, 11, 26, 12, 0, second, tzinfo=UTC), device, f"n{second}{device}", **facts)


@pytest.mark.parametrize(
    ("deeds", "outcomes", "inside", "first", "last"),
    [
        ([IN], ["entered"], True, 0, 0),
        ([OUT], ["outside"], False, None, None),
        ([HAND], ["entered"], True, 0, 0),
        ([IN, IN, IN], ["entered", "inside", "inside"], True, 0, 0),
        ([IN, HAND], ["entered", "again"], True, 0, 0),
        ([IN, OUT], ["entered", "left"], False, 0, 1),
        ([IN, OUT, OUT], ["entered", "left", "outside"], False, 0, 1),
        ([OUT, IN, OUT, IN, IN], ["outside", "entered", "left", "entered", "inside"], True, 1, 3),
        ([IN, IN, OUT], ["entered", "inside", "left"], False, 0, 2),
    ],
)
def test_deeds_and_what_they_come_to(
    deeds: list[dict[str, Any]], outcomes: list[str], inside: bool, first: int | None, last: int | None
) -> None:
    marks = [mark(second, **facts) for second, facts in enumerate(deeds)]
    found = merge(reversed(marks))
    assert [found.outcomes[one.nonce] for one in marks] == outcomes
    assert (found.inside, found.first and found.first.at.second, found.last and found.last.at.second) == (
        inside, first, last,
    )  # fmt: skip


def test_a_double_stands_against_the_entering_that_holds() -> None:
    marks = [mark(0), mark(1), mark(2, leaves=True), mark(3), mark(4, by_hand=True), mark(5)]
    assert merge(marks).against == {"n1a": "n0a", "n4a": "n3a", "n5a": "n3a"}
    assert merge([mark(0, "b"), mark(0, "a")]).outcomes == {"n0a": "entered", "n0b": "inside"}, "of one moment"


@pytest.mark.django_db
def test_attendance_says_when_somebody_came_and_where_they_were_seen_last(thehague: City) -> None:
    event = open_house(thehague)
    hall = event.venues.get()
    bay = Venue.objects.create(event=event, name=Text.of("en", en="Bay"), time_zone="Asia/Shanghai", place=1)
    ana, now = guest(hall), timezone.now()
    door, other = Phone(hall), Phone(bay)
    at = [now - timedelta(minutes=9 - minute) for minute in range(6)]
    by_hand = {"how": "hand", "registration": ana.pk, "reason": "Speaks in both halls."}
    door.scan(code_of(ana), at=at[1])
    door.scan(code_of(ana), at=at[2])
    there = Attendance.objects.get()
    assert (there.inside, there.first_at, there.last_at, there.venue) == (True, at[1], at[1], hall)
    door.scan(code_of(ana), at=at[3], leaves=True)
    other.scan("", at=at[4], **by_hand)
    there = Attendance.objects.get()
    assert (there.inside, there.first_at, there.last_at, there.venue) == (True, at[1], at[4], bay)
    door.scan(code_of(ana), at=at[0])
    there = Attendance.objects.get()
    assert (there.first_at, there.last_at) == (at[0], at[4])
    outcomes = list(Scan.objects.order_by("at").values_list("outcome", flat=True))
    assert outcomes == ["entered", "inside", "inside", "left", "entered"]
