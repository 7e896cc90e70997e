"""Reading the numbers: true, and at the same cost however long the history is."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from cityplus.pulse import NETWORK, Count, Subject, by_language, counting, most_seen, series, totals, totals_of
from cityplus.pulse.tests.conftest import STOP, token
from cityplus.pulse.tokens import read
from cityplus.pulse.writer import Beacon

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)


def see(person: int, at: datetime, name: str = "about", *subjects: Subject, language: str = "en") -> None:
    page = read(token(name, *subjects, language=language), time.time())
    counting.count([Beacon(page, f"198.51.100.{person}", "Firefox")], at)


def test_what_nobody_saw_has_no_views() -> None:
    assert totals(STOP[0]) == Count(0, 0)
    assert totals_of("stop", [9, 10]) == {}
    assert by_language(NETWORK) == most_seen("route", 5) == []


def test_the_days_of_a_series_have_no_gaps_and_end_today() -> None:
    see(1, NOON - timedelta(days=2))
    see(1, NOON)
    see(2, NOON, language="nl")
    found = series(NETWORK, last=4, now=NOON)
    assert [(p.start, p.count.views, p.count.visitors) for p in found] == [
        (date(2026, 11, 22), 0, 0),
        (date(2026, 11, 23), 1, 1),
        (date(2026, 11, 24), 0, 0),
        (date(2026, 11, 25), 2, 2),
    ]


def test_the_hours_of_a_series_begin_on_the_hour() -> None:
    see(1, NOON - timedelta(hours=1))
    found = series(NETWORK, by="hour", last=2, now=NOON)
    assert [p.start for p in found] == [datetime(2026, 11, 25, h, tzinfo=UTC) for h in (11, 12)]
    assert [p.count.views for p in found] == [1, 0]


def test_the_most_seen_come_first_and_each_kind_by_itself() -> None:
    for person, route in ((1, 4), (2, 4), (1, 5)):
        see(person, NOON, "route", Subject.of("route", route), *STOP[2:])
    assert most_seen("route", 5) == [("4", Count(2, 2)), ("5", Count(1, 1))]
    assert most_seen("route", 1) == [("4", Count(2, 2))]
    assert totals_of("route", [4, 5, 6]) == {"4": Count(2, 2), "5": Count(1, 1)}
    assert most_seen("city", 5) == [("2", Count(3, 2))]


def test_the_languages_come_with_their_numbers() -> None:
    see(1, NOON, language="nl")
    see(2, NOON, language="nl")
    see(3, NOON, language="zh-Hans")
    assert by_language(NETWORK) == [("nl", Count(2, 2)), ("zh-Hans", Count(1, 1))]


def test_a_long_history_costs_no_more(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for days in range(0, 400, 20):
        see(1, NOON - timedelta(days=days), "stop", *STOP)
    with django_assert_num_queries(1):
        assert totals(STOP[0]).views == 20
    with django_assert_num_queries(1):
        assert sum(point.count.views for point in series(STOP[0], now=NOON)) == 2
