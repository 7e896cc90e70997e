"""Batches counted by the rule, in the database."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper

from cityplus.pulse import NETWORK, Count, Subject, counting, totals
from cityplus.pulse.calendar import day_of
from cityplus.pulse.models import Day, Hour, Salt, Seen, Total
from cityplus.pulse.tests.conftest import STOP, network, token
from cityplus.pulse.tokens import read
from cityplus.pulse.writer import Beacon

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
DURABLE = {"sqlite": "PRAGMA synchronous", "postgresql": "SHOW synchronous_commit"}
ANNA, BEN = ("203.0.113.7", "Firefox"), ("203.0.113.8", "Safari")


def seen(who: tuple[str, str], name: str = "about", *subjects: Subject, language: str = "en") -> Beacon:
    return Beacon(read(token(name, *subjects, language=language), time.time()), *who)


def after(**span: float) -> datetime:
    return NOON + timedelta(**span)


def test_a_page_seen_by_two_people_is_two_views() -> None:
    counting.count([seen(ANNA), seen(BEN)], NOON)
    assert network() == Count(2, 2)


def test_a_reload_is_the_same_view_for_half_an_hour_and_no_longer() -> None:
    counting.count([seen(ANNA), seen(ANNA)], NOON)
    counting.count([seen(ANNA)], after(minutes=29, seconds=59))
    assert network() == Count(1, 1)
    counting.count([seen(ANNA)], after(minutes=30))
    assert network() == Count(2, 1)
    counting.count([seen(ANNA)], after(minutes=59))  # half an hour from the last view, not from the first
    assert network() == Count(2, 1)


def test_another_page_is_another_view_of_the_same_visitor() -> None:
    counting.count([seen(ANNA), seen(ANNA, "home")], NOON)
    counting.count([seen(ANNA, "stop", *STOP)], after(minutes=1))
    assert network() == Count(3, 1)


def test_the_same_page_in_another_language_is_the_same_page() -> None:
    counting.count([seen(ANNA, language="nl"), seen(ANNA, language="fr")], NOON)
    assert network() == Count(1, 1)
    assert set(Total.objects.filter(kind="network").values_list("language", "views")) == {("", 1), ("nl", 1)}


def test_a_stop_counts_for_its_route_its_city_and_their_country() -> None:
    other = (Subject("stop", "10"), *STOP[1:])
    counting.count([seen(ANNA, "stop", *STOP), seen(ANNA, "stop", *other), seen(BEN, "stop", *STOP)], NOON)
    assert totals(STOP[0]) == Count(2, 2)
    assert totals(other[0]) == Count(1, 1)
    for subject in (*STOP[1:], Subject("page", "stop"), NETWORK):
        assert totals(subject) == Count(3, 2), subject


def test_who_came_by_a_stop_may_still_see_the_city() -> None:
    counting.count([seen(ANNA, "stop", *STOP)], NOON)
    counting.count([seen(ANNA, "city", *STOP[2:])], after(minutes=1))
    assert totals(STOP[2]) == Count(2, 1)
    counting.count([seen(ANNA, "city", *STOP[2:])], after(minutes=2))
    assert totals(STOP[2]) == Count(2, 1)


def test_the_sums_over_days_hours_and_languages_are_the_total() -> None:
    for hour in range(30):
        language = ("en", "nl", "ar")[hour % 3]
        counting.count([seen(ANNA, language=language), seen(BEN, "stop", *STOP, language="bg")], after(hours=hour))
    whole = network()
    assert whole == Count(60, 4)  # two people on two days
    for model in (Day, Hour, Total.objects.exclude(language="")):
        rows = (model.objects if model in (Day, Hour) else model).filter(kind="network")  # type: ignore[union-attr]
        assert (sum(r.views for r in rows), sum(r.visitors for r in rows)) == (60, 4)


def test_over_midnight_a_person_is_a_new_visitor_whom_nobody_can_link() -> None:
    midnight = datetime(2026, 11, 26, tzinfo=UTC)
    counting.count([seen(ANNA)], midnight - timedelta(seconds=1))
    before = Salt.objects.get()
    counting.count([seen(ANNA)], midnight)
    assert network() == Count(2, 2)
    after = Salt.objects.get()
    assert (before.day + 1, bytes(before.value) != bytes(after.value)) == (after.day, True)
    numbers = set(Seen.objects.values_list("visitor", flat=True))
    assert len(numbers) == 2


def test_a_clock_that_lags_behind_midnight_begins_no_day_twice() -> None:
    midnight = datetime(2026, 11, 26, tzinfo=UTC)
    counting.count([seen(ANNA)], midnight)  # the process whose clock is ahead
    counting.forget_salt()
    counting.count([seen(ANNA), seen(BEN)], midnight - timedelta(seconds=2))
    assert network() == Count(2, 2)
    assert Salt.objects.get().day == day_of(midnight)


def test_a_clock_that_was_years_ahead_does_no_lasting_harm() -> None:
    counting.count([seen(ANNA)], NOON.replace(year=2099))
    counting.count([seen(ANNA)], NOON)
    counting.count([seen(ANNA)], after(days=1))
    assert network() == Count(3, 3)


def test_a_batch_that_comes_twice_is_counted_once() -> None:
    batch = [seen(ANNA), seen(BEN, "stop", *STOP), seen(ANNA, "home")]
    counting.count(batch, NOON)
    rows = sorted(Total.objects.values_list("kind", "ref", "language", "views", "visitors"))
    counting.count(batch, NOON)
    assert sorted(Total.objects.values_list("kind", "ref", "language", "views", "visitors")) == rows
    assert network() == Count(3, 2)


def test_no_address_and_no_agent_is_kept() -> None:
    counting.count([seen(ANNA, "stop", *STOP)], NOON)
    kept = [str(row) for model in (Seen, Total, Day, Hour, Salt) for row in model._default_manager.values_list()]
    assert kept and not [row for row in kept if "203.0" in row or "Firefox" in row]


def test_nothing_to_count_counts_nothing() -> None:
    counting.count([], NOON)
    assert network() == Count()


def test_what_a_process_remembers_is_bounded_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "KNOWN", 10)
    crowd = [(f"198.51.100.{n}", "Firefox") for n in range(40)]
    for again in range(3):
        counting.count([seen(who, "stop", *STOP) for who in crowd], after(minutes=again))
        assert len(counting._known) == 10
    assert network() == totals(STOP[2]) == Count(40, 40)


def test_a_batch_that_was_rolled_back_is_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OperationalError("the disk is full")

    with monkeypatch.context() as patch, pytest.raises(OperationalError):
        patch.setattr(counting, "_add", broken)
        counting.count([seen(ANNA, "stop", *STOP)], NOON)
    assert not Seen.objects.exists()
    counting.count([seen(ANNA, "stop", *STOP)], NOON)
    assert network() == Count(1, 1)


def test_the_commit_waits_for_the_disk_whatever_the_server_s_settings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    said = []
    before = counting._add

    def asked(cursor: CursorWrapper, *rest: Any) -> None:
        cursor.execute(DURABLE[connection.vendor])
        said.append(cursor.fetchone()[0])
        before(cursor, *rest)

    monkeypatch.setattr(counting, "_add", asked)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")
    counting.count([seen(ANNA)], NOON)
    assert said == [{"sqlite": 2, "postgresql": "on"}[connection.vendor]]
