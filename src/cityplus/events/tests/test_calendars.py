"""iCalendar: read back by the icalendar library, and by khal where it is installed; two clocks, changes and cancellations."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from cityplus.cities.models import City
from cityplus.events.models import Event, Organiser, Registration, Session, Venue
from cityplus.events.tests.cast import meeting
from cityplus.events.tests.test_afterwards import picture
from cityplus.events.views import calendars
from cityplus.languages.text import Text
from cityplus.people.models import Person

pytestmark = pytest.mark.django_db
ADDRESS = "/@thehague/events/meeting/agenda.ics"
STARTS = datetime(2027, 3, 27, 8, 0, tzinfo=UTC)
"""The day before clocks go forward in Europe."""


def two_halls(thehague: City, shenzhen: City, **facts: Any) -> Event:
    """From the day before the change of clocks until the day after it, in two halls, one of which streams."""
    event = meeting(thehague.actor, starts_at=STARTS, ends_at=STARTS + timedelta(days=2), **facts)
    event.venues.update(city=thehague, lat=52.07, lon=4.29, address="Spui 70")
    event.add_venue(
        by="x",
        name=Text.of("en", en="Bay; hall, 3"),
        city=shenzhen,
        time_zone="Asia/Shanghai",
        link="https://live.example/7",
    )
    return event


def read(body: bytes) -> list[Any]:
    return Calendar.from_ical(body).walk("VEVENT")


def test_it_is_read_back_with_its_clock_and_its_zone(thehague: City, shenzhen: City, client: Client) -> None:
    event = two_halls(thehague, shenzhen)
    Session.add(
        event,
        by="x",
        title=Text.of("en", en="Wind"),
        venue=event.venues.order_by("-pk")[0],
        starts_at=STARTS,
        ends_at=STARTS + timedelta(hours=1),
    )
    answer = client.get(ADDRESS)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    main, session = read(answer.content)
    assert main["dtstart"].dt == STARTS and main["dtstart"].params["TZID"] == "Europe/Amsterdam"
    assert session["dtstart"].params["TZID"] == "Asia/Shanghai" and str(session["related-to"]) == str(main["uid"])
    assert str(main["location"]) == "Hall, Spui 70; Bay; hall, 3"
    assert str(main["conference"]) == "https://live.example/7" and main["conference"].params["FEATURE"] == [
        "AUDIO",
        "VIDEO",
    ]
    assert (main["status"], str(main["url"])[-25:]) == ("CONFIRMED", "/@thehague/events/meeting/"[-25:])
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    again = client.get(ADDRESS, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_told_zone_changes_its_clock_when_the_zone_does(thehague: City, shenzhen: City, client: Client) -> None:
    """What stands in VTIMEZONE is what the zone's own rules say, before and after the night in which clocks go forward."""
    two_halls(thehague, shenzhen)
    zones = {str(zone["tzid"]): zone.to_tz() for zone in Calendar.from_ical(client.get(ADDRESS).content).timezones}
    told, true = zones["Europe/Amsterdam"], ZoneInfo("Europe/Amsterdam")
    for hours in (0, 24, 48):
        local = (STARTS + timedelta(hours=hours)).astimezone(true).replace(tzinfo=None)
        assert local.replace(tzinfo=told).utcoffset() == local.replace(tzinfo=true).utcoffset()


def test_changes_and_cancellations_reach_the_calendar(thehague: City, shenzhen: City, client: Client) -> None:
    event = two_halls(thehague, shenzhen)
    (before,) = read(client.get(ADDRESS).content)
    event.change(by="x", starts_at=STARTS + timedelta(hours=1))
    (moved,) = read(client.get(ADDRESS).content)
    event.cancel("No hall, sadly; sorry", by="x")
    (over,) = read(client.get(ADDRESS).content)
    assert str(before["uid"]) == str(moved["uid"]) == str(over["uid"])
    assert before["sequence"] < moved["sequence"] < over["sequence"]
    assert over["status"] == "CANCELLED" and "No hall, sadly; sorry" in str(over["description"])


def test_a_city_and_a_pair_have_calendars(thehague: City, shenzhen: City, client: Client) -> None:
    together = two_halls(thehague, shenzhen)
    alone = meeting(thehague.actor, slug="alone")
    meeting(shenzhen.actor, slug="theirs")
    Event.plan(thehague.actor, by="x", slug="draft", kind="talk", starts_at=STARTS, ends_at=STARTS + timedelta(hours=1))
    asked = meeting(shenzhen.actor, slug="asked")
    Organiser.ask(asked, thehague.actor, by="x")

    def uids(address: str) -> set[str]:
        return {str(one["uid"]).partition("@")[0] for one in read(client.get(address).content)}

    assert uids("/@thehague/events.ics") == {together.uid, alone.uid}, "an organiser that was only asked is none"
    assert uids("/ties/shenzhen+thehague/events.ics") == {together.uid}
    assert client.get("/ties/thehague+shenzhen/events.ics").status_code == 404
    assert client.get("/@nobody/events.ics").status_code == 404


def test_ones_own_calendar_stands_at_a_secret_address_that_can_be_renewed(thehague: City, shenzhen: City) -> None:
    event = two_halls(thehague, shenzhen)
    bay = Venue.objects.get(event=event, time_zone="Asia/Shanghai")
    person = Person.objects.create_user("ana", email="ana@example.org", password="a long password")
    Registration.make(bay, name="Ana", email="ana@example.org", language="en", person=person)
    Registration.make(bay, name="Bo", email="bo@example.org", language="en")
    browser, anybody = Client(), Client()
    browser.force_login(person)
    secret = re.search(r"(/events/mine/\S+/calendar.ics)", browser.get("/events/mine/").content.decode())
    assert secret
    address = secret[1].replace("&#x27;", "'")
    (mine,) = read(anybody.get(address).content)
    assert str(mine["location"]) == "Bay; hall, 3" and mine["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert anybody.get(address.replace("/mine/", "/mine/x")).status_code == 404
    assert anybody.get("/events/mine/").status_code == 302
    browser.post("/events/mine/")
    assert anybody.get(address).status_code == 404


def test_a_calendar_that_holds_too_much_leaves_out_what_is_over(
    thehague: City, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendars, "MOST", 2)
    now = timezone.now()
    for slug, days in (("over", -20), ("next", 20), ("then", 40)):
        starts = now + timedelta(days=days)
        meeting(
            thehague.actor,
            slug=slug,
            title=Text.of("en", en=slug),
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
        )
    told = read(client.get("/@thehague/events.ics").content)
    assert [str(one["summary"]) for one in told] == ["next", "then"]


@pytest.mark.parametrize("many", [1, 6])
def test_many_events_with_pictures_and_places_cost_no_more_queries(
    thehague: City, shenzhen: City, client: Client, django_assert_num_queries: Any, many: int
) -> None:
    for n in range(many):
        two_halls(thehague, shenzhen, slug=f"no-{n}", cover=picture(thehague, f"cover-{n}"))
    client.get("/@thehague/")
    with django_assert_num_queries(5):
        answer = client.get("/@thehague/events.ics")
    assert [str(one["image"])[-20:] for one in read(answer.content)] == [f"/media/r/cover-{n}.jpg" for n in range(many)]


@pytest.mark.parametrize("many", [1, 5])
def test_ones_own_calendar_costs_no_more_queries_for_many_events(
    thehague: City, shenzhen: City, client: Client, django_assert_num_queries: Any, many: int
) -> None:
    person = Person.objects.create_user("ana", email="ana@example.org", password="a long password")
    for n in range(many):
        event = two_halls(thehague, shenzhen, slug=f"no-{n}", cover=picture(thehague, f"cover-{n}"))
        Session.add(
            event, by="x", title=Text.of("en", en="Wind"), starts_at=STARTS, ends_at=STARTS + timedelta(hours=1)
        )
        hall = event.venues.order_by("pk")[0]
        about = {"name": "Ana", "email": "ana@example.org", "language": "en", "person": person}
        Registration.make(hall, sessions=list(event.agenda.all()), **about)
    client.force_login(person)
    page = client.get("/events/mine/").content.decode()
    secret = re.search(r"://[^/]+(/events/mine/[^\"]+/calendar.ics)", page)
    assert secret
    with django_assert_num_queries(8):
        answer = Client().get(secret[1].replace("&#x27;", "'"))
    assert len(read(answer.content)) == 2 * many
