"""The page of the numbers: for everybody, and only of what everybody may know."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cityplus.cities.models import City
from cityplus.lib.charts.bars import bars, ceiling
from cityplus.portal.pulse import days_chart, hours_chart
from cityplus.pulse import Subject, counting
from cityplus.pulse.tokens import read, sign
from cityplus.pulse.writer import Beacon
from cityplus.routes.models import Route

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def another_day() -> None:
    counting.forget_salt()


def see(people: int, name: str, *subjects: Subject, language: str = "en", at: datetime | None = None) -> None:
    page = read(sign(name, language, subjects, time.time()), time.time())
    counting.count(
        [Beacon(page, f"198.51.{n // 250}.{n % 250}", "Firefox") for n in range(people)], at or datetime.now(UTC)
    )


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_before_anybody_came_it_says_so(stranger: Client) -> None:
    page = stranger.get("/pulse/").content.decode()
    assert "Nothing has been counted yet." in page
    assert page.count("<rect") == 0


def test_it_shows_the_true_numbers(stranger: Client, route: Route, thehague: City) -> None:
    route.publish(by="test")
    see(1_234, "route", *route.subjects, language="nl")
    see(10, "city", *thehague.subjects)
    page = words(stranger.get("/pulse/").content.decode())
    assert "views today 1,244" in page
    assert "visitors today 1,234" in page
    assert "views since the beginning 1,244" in page
    assert re.search(r"Den Haag +1,244 views", page)
    assert re.search(r"To the sea +1,234 views", page)
    assert re.search(r"Dutch +1,234 views .*English +10 views", page)
    assert re.search(r"Netherlands +1,244 views", page)


@pytest.mark.parametrize(("prefix", "shown"), [("/nl", "1.234"), ("/fr", "1\u202f234"), ("/ar", "1,234")])
def test_numbers_are_written_as_the_reader_writes_them(stranger: Client, prefix: str, shown: str) -> None:
    see(1_234, "home")
    assert shown in stranger.get(f"{prefix}/pulse/").content.decode()


def test_what_a_stranger_may_not_know_of_is_not_listed(stranger: Client, route: Route, plovdiv: City) -> None:
    route.publish(by="test")
    see(3, "route", *route.subjects)
    see(5, "city", *plovdiv.subjects)
    route.withdraw(by="test")
    page = stranger.get("/pulse/").content.decode()
    assert "Den Haag" in page
    assert "To the sea" not in page
    assert "Пловдив" not in page


def test_a_thing_s_own_page_says_how_often_it_was_seen(stranger: Client, route: Route, thehague: City) -> None:
    route.publish(by="test")
    stop = route.stops.get(number=2)
    see(2, "stop", *stop.subjects)
    see(1, "route", *route.subjects)
    see(1_000, "city", *thehague.subjects)

    def line(path: str) -> str:
        found = re.search(r'<p class="views-line">.*?</p>', stranger.get(path).content.decode(), re.S)
        assert found, path
        return words(found[0])

    assert "2 views · 2 visitors" in line(stop.get_absolute_url())
    assert "3 views · 2 visitors" in line(route.get_absolute_url())
    assert "1,003 views · 1,000 visitors" in line(thehague.get_absolute_url())


def test_the_number_of_queries_does_not_grow(
    stranger: Client, route: Route, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    route.publish(by="test")
    for number in range(30):
        see(1, "route", Subject.of("route", route.pk + number), Subject.of("city", route.city_id + number))
    with django_assert_max_num_queries(12):
        assert stranger.get("/pulse/").status_code == 200


def test_the_rule_is_told_with_the_rule_s_own_numbers(stranger: Client) -> None:
    page = words(stranger.get("/pulse/counting/").content.decode())
    assert "within 30 minutes" in page
    assert "more than 24 hours" in page
    assert "by hour for 31 days" in page
    assert "spider" in page


def test_the_day_in_hand_is_the_last_bar_and_hours_to_come_are_empty() -> None:
    now = datetime(2026, 11, 25, 13, 30, tzinfo=UTC)
    see(4, "home", at=now)
    days, hours = days_chart(now, "en"), hours_chart(now, "en")
    assert (len(days.bars), days.rows[-1][0], days.rows[-1][1].views) == (30, "Nov 25", 4)
    assert (len(hours.bars), hours.rows[13][1].views, hours.total.views) == (24, 4, 4)
    assert hours.bars[14].height == 0


@pytest.mark.parametrize(("highest", "top"), [(0, 2), (2, 2), (3, 4), (5, 10), (11, 20), (4_812, 10_000), (399, 400)])
def test_a_scale_ends_at_a_number_one_can_read(highest: int, top: int) -> None:
    assert ceiling(highest) == top


def test_the_smallest_number_is_still_to_be_seen() -> None:
    tall, small, none = bars([(100_000, 50_000), (1, 1), (0, 0)], 100_000)
    assert (tall.y, tall.height, tall.inner_height) == (0, 100, 50)
    assert 0 < small.height < 1
    assert none.height == none.inner_height == 0
