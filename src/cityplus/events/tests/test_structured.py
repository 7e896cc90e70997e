"""What search engines read of events and presenters: the JSON-LD of the pages themselves."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from cityplus.cities.models import City
from cityplus.events.models import Event, Organiser, Presenter, Registration, Session
from cityplus.events.tests.cast import meeting
from cityplus.events.tests.test_afterwards import over, picture
from cityplus.languages.text import Text

pytestmark = pytest.mark.django_db
PAGE = "/@thehague/events/meeting/"
REQUIRED = {"name", "startDate", "location"}
"""What a page needs to be shown as an event, and below what is recommended."""
RECOMMENDED = {
    "endDate",
    "eventStatus",
    "eventAttendanceMode",
    "organizer",
    "offers",
    "image",
    "description",
    "performer",
}


def read(client: Client, page: str = PAGE) -> dict[str, Any]:
    (script,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', client.get(page).content.decode(), re.S
    )
    found = json.loads(script)
    assert found["@context"] == "https://schema.org"
    return dict(found)


def of_two_halls(thehague: City, shenzhen: City) -> Event:
    event = meeting(
        thehague.actor, capacity=1, cover=picture(thehague, "cover"), story=Text.of("en", en="Of </script> wind")
    )
    event.venues.update(city=thehague, address="Spui 70", lat=52.07, lon=4.29)
    bay = {"name": Text.of("zh-Hans", zh_Hans="深圳湾", en="Bay"), "city": shenzhen, "time_zone": "Asia/Shanghai"}
    event.add_venue(by="x", link="https://live.example/7", capacity=1, **bay)
    Organiser.ask(event, shenzhen.actor, by="x").agree(by="y")
    ana = Presenter.introduce("ana", by="x", names=Text.of("en", en="Ana Vos"), title=Text.of("en", en="Mayor"))
    when = {"starts_at": event.starts_at, "ends_at": event.ends_at}
    for name in ("Wind", "Sea"):
        Session.add(event, by="x", title=Text.of("en", en=name), presenters=[ana], **when)
    return event


def test_a_meeting_in_two_halls(thehague: City, shenzhen: City, client: Client) -> None:
    event = of_two_halls(thehague, shenzhen)
    found = read(client)
    assert set(found) >= REQUIRED | RECOMMENDED
    assert found["@type"] == "BusinessEvent" and found["description"] == "Of </script> wind"
    assert found["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert found["eventStatus"] == "https://schema.org/EventScheduled" and "previousStartDate" not in found
    assert datetime.fromisoformat(found["startDate"]) == event.starts_at
    assert [(one["@type"], one.get("name")) for one in found["location"]] == [
        ("Place", "Hall"), ("Place", "Bay"), ("VirtualLocation", None),
    ]  # fmt: skip
    assert found["location"][0]["geo"]["latitude"] == 52.07
    assert found["location"][1]["address"] == "Shenzhen" and found["location"][2]["url"] == "https://live.example/7"
    assert [(one["@type"], one["name"]) for one in found["organizer"]] == [("City", "The Hague"), ("City", "Shenzhen")]
    assert [one["name"] for one in found["performer"]] == ["Ana Vos"], "once, however many sessions"
    assert (found["offers"]["price"], found["isAccessibleForFree"]) == (0, True)
    assert found["offers"]["availability"] == "https://schema.org/InStock"
    for one in (found["url"], found["image"], found["offers"]["url"], *(each["url"] for each in found["organizer"])):
        assert re.match(r"https?://[^/]+/", one), one


def test_what_becomes_of_it(thehague: City, shenzhen: City, client: Client) -> None:
    event, first = of_two_halls(thehague, shenzhen), None
    first = event.starts_at
    for venue in event.venues.all():
        Registration.make(venue, name="Ana", email=f"ana{venue.pk}@example.org", language="en")
    assert read(client)["offers"]["availability"] == "https://schema.org/SoldOut"
    event.agenda.all().delete()
    event.change(by="x", ends_at=event.ends_at + timedelta(hours=1))
    assert read(client)["eventStatus"] == "https://schema.org/EventScheduled", "its end alone has moved"
    event.change(by="x", starts_at=first + timedelta(hours=1))
    moved = read(client)
    assert moved["eventStatus"] == "https://schema.org/EventRescheduled"
    assert datetime.fromisoformat(moved["previousStartDate"]) == first
    assert "It was moved. It was to begin" in client.get(PAGE).content.decode()
    event.cancel("Storm.", by="x")
    called_off = read(client)
    assert called_off["eventStatus"] == "https://schema.org/EventCancelled" and "offers" not in called_off


def test_online_alone_and_in_a_hall_alone(thehague: City, client: Client) -> None:
    event = meeting(thehague.actor)
    event.venues.get().change(by="x", link="https://live.example/7")
    found = read(client)
    assert found["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert [one["@type"] for one in found["location"]] == ["VirtualLocation"]
    event.venues.get().change(by="x", link="", address="Spui 70")
    assert read(client)["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    over(event)
    assert read(client)["eventStatus"] == "https://schema.org/EventScheduled"


def test_a_presenter_is_a_person(thehague: City, client: Client) -> None:
    facts = {"names": Text.of("zh-Hans", zh_Hans="王芳", en="Wang Fang"), "title": Text.of("en", en="Mayor")}
    Presenter.introduce(
        "fang", by="x", city=thehague, picture=picture(thehague, "fang"), languages=["zh-Hans"], **facts
    )
    found = read(client, "/presenters/fang/")
    assert (found["@type"], found["name"], found["jobTitle"]) == ("Person", "Wang Fang", "Mayor")
    assert found["image"].startswith("http") and found["knowsLanguage"] == ["zh-Hans"]
