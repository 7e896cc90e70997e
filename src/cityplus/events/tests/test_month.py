"""The month of events: by days of each hall's clock, with weeks as readers begin them, and ways only to months with something in them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from icalendar import Calendar

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.events import clocks, months
from cityplus.events.models import Event
from cityplus.events.tests.cast import meeting
from cityplus.languages.text import Text

pytestmark = pytest.mark.django_db
DECEMBER = "/events/2026-12/"
NOW = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)


def at(day: int, hour: int, minute: int = 0, month: int = 12, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def held(
    host: Actor, slug: str, starts: datetime, hours: int = 2, zone: str = "Europe/Amsterdam", **facts: Any
) -> Event:
    event = meeting(
        host,
        slug=slug,
        title=Text.of("en", en=slug),
        starts_at=starts,
        ends_at=starts + timedelta(hours=hours),
        **facts,
    )
    event.venues.update(time_zone=zone)
    return event


@pytest.fixture(autouse=True)
def _now() -> object:
    """All of it is looked at on one morning of November 2026."""
    with patch.object(timezone, "now", lambda: NOW):
        yield


def shown(client: Client, path: str = DECEMBER) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def by_day(page: str) -> dict[str, list[str]]:
    """The slugs on each day on which something is."""
    cells = re.findall(r'<time datetime="([\d-]+)"><span.*?</h2>\s*<ul>(.*?)</ul></td>', page, re.S)
    return {day: re.findall(r'href="/(?:\w\w/)?@\w+/events/([\w-]+)/"', lines) for day, lines in cells}


def words(page: str, day: str) -> list[str]:
    """What stands on a day beside the titles."""
    (lines,) = re.findall(rf'<time datetime="{day}"><span.*?<ul>(.*?)</ul></td>', page, re.S)
    return [
        re.sub(r"<[^>]+>", "", one).replace("\u202f", " ") for one in re.findall(r'month-hours">(.*?)</span>', lines)
    ]


def test_an_event_stands_on_each_of_its_days(thehague: City, stranger: Client) -> None:
    held(thehague.actor, "one-day", at(3, 9))
    held(thehague.actor, "fair", at(4, 8), hours=58)
    held(thehague.actor, "until-midnight", at(9, 20), hours=3)
    held(thehague.actor, "over-midnight", at(10, 21), hours=4)
    page = shown(stranger)
    assert by_day(page) == {
        "2026-12-03": ["one-day"],
        "2026-12-04": ["fair"],
        "2026-12-05": ["fair"],
        "2026-12-06": ["fair"],
        "2026-12-09": ["until-midnight"],
        "2026-12-10": ["over-midnight"],
        "2026-12-11": ["over-midnight"],
    }
    assert words(page, "2026-12-03") == ["Hall 10:00 AM – 12:00 PM"]
    assert words(page, "2026-12-05") == ["Hall Dec 4, 9:00 AM – Dec 6, 7:00 PM"]


def test_two_halls_on_both_sides_of_midnight_stand_on_the_day_of_each_and_of_the_chosen_city(
    thehague: City, shenzhen: City, stranger: Client
) -> None:
    event = held(thehague.actor, "late", at(31, 18))
    event.venues.update(city=thehague)
    event.add_venue(by="x", city=shenzhen, name=Text.of("en", en="Bay"), time_zone="Asia/Shanghai")
    assert words(shown(stranger), "2026-12-31") == ["The Hague 7:00 PM – 9:00 PM"]
    assert words(shown(stranger, "/events/2027-01/"), "2027-01-01") == ["Shenzhen 2:00 AM – 4:00 AM"]
    assert by_day(shown(stranger, f"{DECEMBER}?of=shenzhen")) == {}
    assert by_day(shown(stranger, "/events/2027-01/?of=shenzhen")) == {"2027-01-01": ["late"]}
    assert by_day(shown(stranger, f"{DECEMBER}?of=thehague")) == {"2026-12-31": ["late"]}


def test_a_day_apart_at_one_moment_on_both_sides_of_the_date_line(thehague: City, stranger: Client) -> None:
    event = held(thehague.actor, "apart", at(31, 10, 30), zone="Pacific/Kiritimati")
    event.add_venue(by="x", name=Text.of("en", en="Pago Pago"), time_zone="Pacific/Pago_Pago")
    assert words(shown(stranger, "/events/2027-01/"), "2027-01-01") == ["Hall 12:30 AM – 2:30 AM"]
    assert words(shown(stranger), "2026-12-30") == ["Pago Pago Dec 30, 11:30 PM – Dec 31, 1:30 AM"]
    assert by_day(shown(stranger)) == {"2026-12-30": ["apart"], "2026-12-31": ["apart"]}
    assert set(by_day(shown(stranger, f"{DECEMBER}?of=thehague"))) == {"2026-12-30", "2026-12-31"}, (
        "held by it, elsewhere"
    )


@pytest.mark.parametrize(
    ("prefix", "first", "begins", "name"),
    [
        ("", "Sunday", "29", "December 2026"), ("/nl", "maandag", "30", "december 2026"), ("/fr", "lundi", "30", "décembre 2026"),
        ("/bg", "понеделник", "30", "декември 2026\u202fг."), ("/ja", "日曜日", "29", "2026年12月"),
        ("/zh-hans", "星期一", "30", "2026年12月"),
        ("/ar", "السبت", "28", "ديسمبر 2026"),
    ],
)  # fmt: skip
def test_weeks_and_names_are_those_of_the_readers(
    thehague: City, stranger: Client, prefix: str, first: str, begins: str, name: str
) -> None:
    held(thehague.actor, "one-day", at(3, 9))
    page = shown(stranger, prefix + DECEMBER)
    assert f"<caption>{name}</caption>" in page
    assert re.findall(r'<th scope="col"><abbr title="([^"]+)"', page)[0] == first
    assert len(re.findall(r'<th scope="col">', page)) == 7
    (row,) = re.findall(r"<tbody><tr>(.*?)</tr>", page, re.S)
    before = 30 - int(begins) + 1
    assert row.count("<td") == 7 and row.count("month-beside") == before, "the 1st of December 2026 is a Tuesday"
    assert re.findall(r'datetime="([\d-]+)"', page) == [f"2026-12-{n:02}" for n in range(1, 32)]


def test_ways_lead_only_to_months_with_something_and_to_this_one(
    thehague: City, shenzhen: City, stranger: Client
) -> None:
    held(thehague.actor, "first", at(3, 9, month=12, year=2018))
    held(thehague.actor, "fair", at(30, 9, month=4, year=2027), hours=30)
    held(shenzhen.actor, "new-year", at(31, 22), zone="Asia/Shanghai", kind="talk")

    def ways(path: str) -> list[str]:
        return re.findall(r'rel="(?:prev|next)" href="/events/([\d-]+)/', shown(stranger, path))

    assert ways("/events/2018-12/") == ["2026-11"]
    assert ways("/events/2026-11/") == ["2018-12", "2027-01"], "the day of Shenzhen's clock"
    assert ways("/events/2027-01/") == ["2026-11", "2027-04"]
    assert ways("/events/2027-04/") == ["2027-01", "2027-05"]
    assert ways("/events/2027-05/") == ["2027-04"]
    assert ways("/events/2027-01/?kind=talk") == ["2026-11"], "a filter holds for the ways too"
    assert 'href="/events/2026-11/?kind=talk"' in shown(stranger, "/events/2027-01/?kind=talk")
    for beyond in ("/events/2018-11/", "/events/2027-06/", "/events/2026-13/", "/events/1899-12/", "/events/2026-1/"):
        assert stranger.get(beyond).status_code == 404, beyond
    between = shown(stranger, "/events/2020-02/")
    assert 'content="noindex"' in between and "Nothing is in this month." in between
    assert 'content="noindex"' not in shown(stranger, "/events/2027-01/")


def test_without_events_there_is_this_month_alone(stranger: Client) -> None:
    page = shown(stranger, "/events/2026-11/")
    assert "Nothing is in this month." in page and "rel=" not in page.split("month-ways")[1].split("</nav>")[0]
    assert stranger.get(DECEMBER).status_code == 404


def test_today_is_marked_by_the_clock_of_the_chosen_city(thehague: City, shenzhen: City, stranger: Client) -> None:
    def today(path: str) -> list[str]:
        return re.findall(r'<td aria-current="date">.*?datetime="([\d-]+)"', shown(stranger, path), re.S)

    held(thehague.actor, "one-day", at(3, 9))
    assert today("/events/2026-11/") == ["2026-11-26"] and today(DECEMBER) == []
    with patch.object(timezone, "now", lambda: at(30, 18, month=11)):
        assert today("/events/2026-11/?kind=") == today("/events/2026-11/?of=thehague") == ["2026-11-30"]
        assert today(f"{DECEMBER}?of=shenzhen") == ["2026-12-01"]


def test_list_and_month_lead_to_each_other_with_the_filters(thehague: City, stranger: Client) -> None:
    held(thehague.actor, "old", at(3, 9, month=3))
    assert 'href="/events/2026-11/">Month' in shown(stranger, "/events/")
    held(thehague.actor, "far", at(28, 9, month=2, year=2027))
    assert 'href="/events/2027-02/">Month' in shown(stranger, "/events/")
    assert 'href="/events/2026-03/?of=thehague">Month' in shown(stranger, "/events/?of=thehague&when=past")
    assert 'href="/events/?of=thehague&amp;when=past">List' in shown(stranger, "/events/2026-03/?of=thehague") or (
        'href="/events/?when=past&amp;of=thehague">List' in shown(stranger, "/events/2026-03/?of=thehague")
    )
    held(thehague.actor, "now", NOW - timedelta(hours=1))
    assert 'href="/events/2026-11/">Month' in shown(stranger, "/events/"), "what goes on already is shown today"


def test_the_filters_are_those_of_the_list(thehague: City, shenzhen: City, stranger: Client) -> None:
    held(thehague.actor, "meets", at(3, 9))
    held(shenzhen.actor, "talks", at(4, 9), kind="talk")
    Event.plan(thehague.actor, by="x", slug="draft", kind="talk", starts_at=at(3, 9), ends_at=at(3, 10))
    assert by_day(shown(stranger, f"{DECEMBER}?kind=talk")) == {"2026-12-04": ["talks"]}
    assert by_day(shown(stranger, f"{DECEMBER}?of=thehague")) == {"2026-12-03": ["meets"]}
    assert set(by_day(shown(stranger, f"{DECEMBER}?kind=nonsense"))) == {"2026-12-03", "2026-12-04"}
    assert stranger.get(f"{DECEMBER}?of=nowhere").status_code == 404


def test_what_is_cancelled_says_so(thehague: City, stranger: Client) -> None:
    held(thehague.actor, "off", at(3, 9)).cancel("Storm.", by="x")
    assert words(shown(stranger), "2026-12-03")[0] == "cancelled"


def test_the_file_of_a_month_has_what_its_page_shows(thehague: City, shenzhen: City, stranger: Client) -> None:
    one = held(thehague.actor, "one-day", at(3, 9))
    held(shenzhen.actor, "new-year", at(31, 22), zone="Asia/Shanghai")
    answer = stranger.get(f"{DECEMBER}events.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    found = Calendar.from_ical(answer.content)
    assert str(found["name"]) == "December 2026"
    assert [str(part["uid"]) for part in found.walk("VEVENT")] == [f"{one.uid}@events.cityplus"]
    assert stranger.get("/events/2030-01/events.ics").status_code == 404
    assert f'href="{DECEMBER}events.ics?of=thehague"' in shown(stranger, f"{DECEMBER}?of=thehague")


def test_it_is_kept_and_dropped_with_what_the_trail_tells(
    thehague: City, stranger: Client, django_assert_num_queries: object
) -> None:
    event = held(thehague.actor, "one-day", at(3, 9))
    assert by_day(shown(stranger)) == {"2026-12-03": ["one-day"]}
    with django_assert_num_queries(1):  # type: ignore[operator]
        shown(stranger)
    event.change(by="x", starts_at=at(7, 9), ends_at=at(7, 11))
    assert by_day(shown(stranger)) == {"2026-12-07": ["one-day"]}


@pytest.mark.parametrize("many", [2, 12])
def test_many_events_cost_no_more_queries(
    thehague: City, shenzhen: City, stranger: Client, django_assert_num_queries: object, many: int
) -> None:
    for n in range(many):
        event = held(thehague.actor, f"no-{n}", at(n + 1, 9))
        event.venues.update(city=thehague)
        event.add_venue(by="x", city=shenzhen, name=Text.of("en", en="Bay"), time_zone="Asia/Shanghai")
    shown(stranger, f"{DECEMBER}?kind=talk")
    with django_assert_num_queries(9):  # type: ignore[operator]
        shown(stranger)


def test_a_month_with_very_much_says_that_it_is_not_all(thehague: City, stranger: Client) -> None:
    for n in range(3):
        held(thehague.actor, f"no-{n}", at(n + 1, 9))
    assert "More is in this month" not in shown(stranger)
    with patch.object(months, "MOST", 2):
        page = shown(stranger, f"{DECEMBER}?of=thehague")
    assert list(by_day(page)) == ["2026-12-01", "2026-12-02"] and "More is in this month" in page


@pytest.mark.parametrize(
    "zone", ["Europe/Amsterdam", "Africa/Cairo", "Pacific/Apia", "America/Sao_Paulo", "Asia/Kathmandu"]
)
def test_every_day_that_a_clock_shows_during_an_event_is_one_of_its_days(thehague: City, zone: str) -> None:
    """Asked of the clock hour by hour, over changes of clocks in either direction."""
    for starts in (at(27, 1, 30, 3, 2027), at(30, 21, 30, 10, 2026), at(28, 22, 0, 4, 2027)):
        event = Event(starts_at=starts, ends_at=starts + timedelta(hours=50))
        hours = [(starts + timedelta(minutes=n)).astimezone(ZoneInfo(zone)).date() for n in range(0, 3000, 10)]
        assert clocks.days(event.starts_at, event.ends_at, zone) == sorted(set(hours))


def test_the_days_of_an_event_are_told_in_the_readers_language(thehague: City) -> None:
    event = held(thehague.actor, "fair", at(4, 8), hours=34)
    with override("nl"):
        month = months.month_of(Event.objects.public(), date(2026, 12, 1))
        (line,) = next(day for week in month.weeks for day in week if day and day.day == date(2026, 12, 5)).lines
        assert line.event == event
        assert line.clocks[0].hours == "4 dec, 09:00 – 5 dec, 19:00"
