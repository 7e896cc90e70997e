"""The calendar: what is set to be published, on the days of the city, as a list and as a grid that say the same."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from conftest import sign_in
from django.test import Client
from django.utils.translation import override

from cityplus.cities.models import City, Member
from cityplus.desk.calendar import month_of
from cityplus.drafts.models import Draft
from cityplus.people.models import Person
from cityplus.routes.models import Route
from cityplus.social.models import Sheet

CALENDAR = "/desk/@thehague/calendar/"
LATE = datetime(2027, 1, 31, 23, 30, tzinfo=UTC)  # half past midnight of 1 February in The Hague


@pytest.fixture
def scheduled(route: Route, owner: Person) -> Draft:
    Draft.on("route", route.pk, route.city.actor).keep(by="thehague-owner")
    Draft.objects.update(publish_at=LATE, scheduled_by="thehague-owner")
    return Draft.objects.get()


def page(client: Client, query: str) -> str:
    answer = client.get(CALENDAR + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_moment_stands_on_the_day_that_it_is_in_the_city(scheduled: Draft, owner: Person) -> None:
    client = sign_in(owner)
    shown = page(client, "?month=2027-02")
    assert 'datetime="2027-01-31T23:30:00+00:00"' in shown
    assert "February 1, 2027, 12:30" in shown
    day = re.search(r'<td[^>]*><time datetime="2027-02-01">1</time>(.*?)</td>', shown, re.S)
    assert day
    assert "To the sea" in day[1]
    assert "set by thehague-owner" in shown
    assert "Europe/Amsterdam, UTC+1" in shown


def test_the_grid_of_the_month_before_shows_it_and_its_list_does_not(scheduled: Draft, owner: Person) -> None:
    with override("nl"):
        month = month_of(scheduled.owner.city, "2027-01", LATE)
    assert [event.title for event in month.events] == []
    assert [day.day.isoformat() for week in month.weeks for day in week if day.events] == []
    assert month.weeks[-1][-1].day.isoformat() == "2027-01-31"
    month = month_of(scheduled.owner.city, "2027-02", LATE)
    assert [event.title for event in month.events] == ["To the sea"]
    assert [day.day.isoformat() for week in month.weeks for day in week if day.today] == ["2027-02-01"]


def test_who_has_left_is_said_to_have(scheduled: Draft, owner: Person) -> None:
    Draft.objects.update(scheduled_by="somebody")
    assert "set by somebody, who is no longer in the team" in page(sign_in(owner), "?month=2027-02")


@pytest.mark.parametrize(
    "query", ["", "?month=", "?month=nonsense", "?month=2027-13", "?month=9999-01", "?month=0001-01"]
)
def test_what_is_no_month_is_this_one(scheduled: Draft, owner: Person, query: str) -> None:
    assert 'aria-current="date"' in page(sign_in(owner), query)


def test_months_follow_each_other(owner: Person) -> None:
    shown = page(sign_in(owner), "?month=2026-12")
    assert 'href="?month=2026-11"' in shown
    assert 'href="?month=2027-01"' in shown
    assert "December 2026" in shown
    assert "décembre 2026" in sign_in(owner).get("/fr" + CALENDAR + "?month=2026-12").content.decode()


def test_weeks_begin_as_the_readers_of_the_page_begin_them(thehague: City) -> None:
    def first(language: str) -> list[str]:
        with override(language):
            month = month_of(thehague, "2027-02", LATE)
            return [month.weeks[0][0].day.isoformat(), month.weekdays[0]]

    assert first("nl") == ["2027-02-01", "ma"]
    assert first("ja") == ["2027-01-31", "日"]
    assert first("ar") == ["2027-01-30", "السبت"]


def test_posts_of_the_city_stand_there_for_who_may_speak_for_it(thehague: City, owner: Person) -> None:
    document = {"text": {"nl": "De zee is bevroren."}, "languages": ["nl"], "original": "nl"}
    Sheet.objects.create(author=thehague.actor, by="thehague-owner", document=document, nonce="n", due_at=LATE)
    shown = page(sign_in(owner), "?month=2027-02")
    assert "Post: De zee is bevroren." in shown
    assert "set by thehague-owner" in shown
    analyst = Person.objects.create_user("analyst")
    Member.join(thehague, analyst, "analyst", by="test")
    assert "De zee is bevroren." not in page(sign_in(analyst), "?month=2027-02")
