"""What search engines read of events and presenters: the JSON-LD of the pages themselves."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from conftest import make_city
from django.test import Client
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.events.models import Event, Organiser, Presenter, Registration, Session
from cityplus.events.tests.cast import meeting
from cityplus.events.tests.test_afterwards import over, picture
from cityplus.languages.text import Text
from cityplus.organisations.models import Organisation

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


def test_registration_that_opens_later_is_not_sold_out(thehague: City, client: Client) -> None:
    meeting(thehague.actor, opens_at=timezone.now() + timedelta(days=3))
    assert read(client)["offers"]["availability"] == "https://schema.org/PreOrder"


def test_a_hall_without_city_and_address_is_a_place_all_the_same(thehague: City, client: Client) -> None:
    meeting(thehague.actor)
    assert [(one["@type"], one["name"]) for one in read(client)["location"]] == [("Place", "Hall")]


def test_who_is_not_public_yet_is_named_in_the_agenda_and_leads_nowhere(thehague: City, client: Client) -> None:
    event = meeting(thehague.actor)
    hidden = make_city("hiddentown", Text.of("en", en="Hidden Town"), number=77)
    early = Presenter.introduce("early", by="x", city=hidden, names=Text.of("en", en="Early Bird"))
    free = Presenter.introduce("free", by="x", names=Text.of("en", en="Free Bird"))
    hours = {"starts_at": event.starts_at, "ends_at": event.ends_at}
    Session.add(event, by="x", title=Text.of("en", en="Song"), presenters=[early, free], **hours)
    page = client.get(PAGE).content.decode()
    assert "Early Bird" in page and 'href="/presenters/free/"' in page
    assert "/presenters/early/" not in page
    assert [one["name"] for one in read(client)["performer"]] == ["Free Bird"]


def test_an_organisation_that_is_no_longer_verified_holds_nothing_before_the_public(
    thehague: City, client: Client
) -> None:
    event = meeting(thehague.actor)
    one = Organisation.found("quayworks", Text.of("en", en="Quayworks"), thehague, "company", None, languages=["en"])
    one.busy_in(["52"])
    one.ask(by="x")
    one.verify(by="x")
    Organiser.ask(event, one.actor, by="x").agree(by="y")
    assert "/@quayworks/" in client.get(PAGE).content.decode()
    one.close(by="x")
    assert "/@quayworks/" not in client.get(PAGE).content.decode()
    assert [each["name"] for each in read(client)["organizer"]] == ["The Hague"]
