"""What is said of the hours of an event of several days, in several zones: never an hour without its day."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from cityplus.cities.models import City
from cityplus.events import clocks
from cityplus.events.models import Event, Presenter, Registration, Session
from cityplus.events.tests.cast import meeting
from cityplus.languages.text import Text
from cityplus.people.models import Letter

pytestmark = pytest.mark.django_db
PAGE = "/@thehague/events/meeting/"
STARTS = datetime(2028, 10, 26, 7, 0, tzinfo=UTC)
"""A Thursday; on Sunday clocks go back in Europe."""


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page).replace("\u202f", " "))


def fair(thehague: City, days: int = 2) -> tuple[Event, Session]:
    """From Thursday on, with a session on its second day, late in the evening."""
    event = meeting(thehague.actor, starts_at=STARTS, ends_at=STARTS + timedelta(days=days))
    late = datetime(2028, 10, 27, 20, 30, tzinfo=UTC)
    title = Text.of("en", en="Wind")
    return event, Session.add(event, by="x", title=title, starts_at=late, ends_at=late + timedelta(hours=2))


def test_a_session_of_an_event_of_several_days_says_its_day(thehague: City, client: Client) -> None:
    event, _wind = fair(thehague)
    assert "Oct 27, 10:30 PM – Oct 28, 12:30 AM" in plain(client.get(PAGE).content.decode())
    assert "Oct 27, 10:30 PM Wind" in plain(client.get(f"{PAGE}registration/").content.decode())
    venue = event.venues.get()
    row, _token = Registration.make(
        venue, name="Ana", email="ana@example.org", language="en", sessions=list(event.agenda.all())
    )
    assert [one.title.in_language("en") for one in event.agenda.filter(seats__registration=row)] == ["Wind"]


def test_letter_and_calendar_name_the_day_of_a_seat(thehague: City, client: Client) -> None:
    event, wind = fair(thehague)
    said = {"venue": event.venues.get().pk, "name": "Ana", "email": "ana@example.org", "time_zone": "", "consent": "on"}
    client.post(f"{PAGE}registration/", {**said, "sessions": [wind.pk]})
    letter = Letter.objects.get()
    assert "Oct 27, 10:30 PM Wind" in letter.text.replace("\u202f", " ")
    (entry,) = Calendar.from_ical(letter.calendar).walk("VEVENT")
    assert "Oct 27, 10:30 PM Wind" in str(entry["description"]).replace("\u202f", " ")


def test_of_one_day_the_hours_are_enough(thehague: City, client: Client) -> None:
    event = meeting(thehague.actor, starts_at=STARTS, ends_at=STARTS + timedelta(hours=14))
    Session.add(event, by="x", title=Text.of("en", en="Wind"), starts_at=STARTS, ends_at=STARTS + timedelta(hours=1))
    agenda = plain(client.get(PAGE).content.decode().partition('id="agenda"')[2])
    assert "9:00 AM – 10:00 AM" in agenda and "Oct 26, 9:00" not in agenda
    assert event.ends_at.astimezone(event.zone).hour == 23, "until eleven"


def test_two_clocks_that_part_while_it_goes_on_are_both_told(thehague: City) -> None:
    """Amsterdam and Cairo show the same on a summer Friday, and no longer on Sunday evening."""
    start = datetime(2028, 10, 26, 21, 30, tzinfo=UTC)
    event = meeting(thehague.actor, starts_at=start - timedelta(days=1), ends_at=start + timedelta(days=4))
    event.venues.update(time_zone="Africa/Lagos")
    event.add_venue(by="x", name=Text.of("en", en="London"), time_zone="Europe/London")
    told = clocks.of(event, event.starts_at, event.ends_at)
    assert [one.zone for one in told] == ["Africa/Lagos", "Europe/London"]
    assert told[0].span[-8:] != told[1].span[-8:]
    (same,) = clocks.of(event, event.starts_at, event.starts_at + timedelta(hours=1))
    assert same.zone == "Africa/Lagos"


def test_a_session_of_a_presenter_stands_on_the_day_of_its_hall(thehague: City, client: Client) -> None:
    event = meeting(thehague.actor, starts_at=STARTS, ends_at=STARTS + timedelta(days=1))
    far = event.add_venue(by="x", name=Text.of("en", en="Apia"), time_zone="Pacific/Apia")
    ana = Presenter.introduce("ana", by="x", names=Text.of("en", en="Ana Vos"))
    when = {"starts_at": STARTS + timedelta(hours=8), "ends_at": STARTS + timedelta(hours=9)}
    Session.add(event, by="x", title=Text.of("en", en="Sea"), venue=far, presenters=[ana], **when)
    assert "October 27, 2028" in client.get("/presenters/ana/").content.decode(), "it is Friday there already"


def test_an_hour_that_a_clock_shows_twice_is_told_so_that_no_calendar_takes_the_other(
    thehague: City, client: Client
) -> None:
    second = datetime(2028, 10, 29, 1, 30, tzinfo=UTC)  # 2:30 in Amsterdam for the second time
    event = meeting(thehague.actor, starts_at=second, ends_at=second + timedelta(hours=3))
    entry: Any = Calendar.from_ical(client.get(f"{PAGE}agenda.ics").content).walk("VEVENT")[0]
    assert entry["dtstart"].dt == second and entry["dtend"].dt == event.ends_at
    assert "TZID" not in entry["dtstart"].params and entry["dtend"].params["TZID"] == "Europe/Amsterdam"


def test_the_page_of_a_presenter_says_what_is_cancelled(thehague: City, client: Client) -> None:
    event, wind = fair(thehague)
    ana = Presenter.introduce("ana", by="x", names=Text.of("en", en="Ana Vos"))
    wind.change(by="x", presenters=[ana])
    assert "cancelled" not in client.get("/presenters/ana/").content.decode()
    event.cancel("Storm.", by="x")
    assert "cancelled" in client.get("/presenters/ana/").content.decode()
