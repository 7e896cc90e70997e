"""What the API tells of events and presenters, and what it keeps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cityplus.api.tests.conftest import ROOT, Ask, Network
from cityplus.events.models import Event, Registration
from cityplus.events.tests.cast import meeting
from cityplus.languages.text import Text

pytestmark = pytest.mark.django_db


def slugs(body: Any) -> list[str]:
    return [one["slug"] for one in body["items"]]


def test_one_with_its_halls_by_their_clocks_its_agenda_and_its_presenters(ask: Ask) -> None:
    one = ask("events/thehague/two-halls")
    assert [actor["handle"] for actor in one["organisers"]] == ["thehague", "shenzhen"]
    assert one["time_zones"] == ["Europe/Amsterdam", "Asia/Shanghai"]
    here, there = one["venues"]
    assert (here["capacity"], here["left"], there["capacity"], there["left"]) == (12, 12, None, None)
    assert there["city"]["handle"] == "shenzhen"
    assert there["starts_at_local"].endswith("+08:00")
    assert there["location"] == {"lat": 22.5, "lon": 114.1}
    assert (there["address"], there["link"]) == ("Fuzhong 3", "https://s.example/")
    (session,) = one["agenda"]
    assert (session["venue"], session["spoken"]) == (1, ["nl"])
    assert [who["slug"] for who in session["presenters"]] == ["marja", "lin"], (
        "not who is of a city that nobody knows of"
    )
    assert one["presenters"] == session["presenters"]
    assert (one["spoken"], one["sectors"], one["open"], one["state"]) == (
        ["nl", "zh-Hans"],
        ["H", "62"],
        True,
        "published",
    )
    assert ask("events")["items"] == [{name: one[name] for name in ask("events")["items"][0]}]


def test_who_comes_is_told_to_nobody(network: Network, ask: Ask) -> None:
    event = Event.objects.get(slug="two-halls")
    hall = event.venues.get(place=0)
    Registration.make(hall, name="Somebody", email="somebody@example.org", language="en")
    body = Client().get(f"{ROOT}/events/thehague/two-halls?languages=all").content.decode()
    assert "omebody" not in body
    assert ask("events/thehague/two-halls")["venues"][0]["left"] == 11


def test_what_is_cancelled_says_why_and_leads_to_no_stream(network: Network, ask: Ask) -> None:
    Event.objects.get(slug="two-halls").cancel("The hall is flooded.", by="x")
    one = ask("events/thehague/two-halls")
    assert (one["state"], one["reason"], one["open"]) == ("cancelled", "The hall is flooded.", False)
    assert [venue["link"] for venue in one["venues"]] == [None, None]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("city=thehague", 1), ("city=shenzhen", 1), ("city=nowhere", 0), ("city=hiddentown", 0), ("occasion=promotion", 1),
        ("occasion=talk", 0), ("isic=H", 1), ("isic=52", 1), ("isic=J", 1), ("isic=63", 0), ("isic=A", 0), ("spoken=nl", 1),
        ("spoken=zh", 0), ("spoken=zh-Hans", 1), ("when=coming", 1), ("when=past", 0), ("when=coming&spoken=ar", 0),
    ],
)  # fmt: skip
def test_filters_narrow_together(ask: Ask, query: str, found: int) -> None:
    assert len(ask(f"events?{query}")["items"]) == found


@pytest.mark.parametrize("query", ["when=now", "occasion=party", "isic=Z", "spoken=NL", "kind=talk", "after=x"])
def test_what_cannot_be_asked_is_said(network: Network, query: str) -> None:
    answer = Client().get(f"{ROOT}/events?{query}")
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, query.partition("=")[0])


def test_pages_in_either_order_hold_each_once(network: Network) -> None:
    now = timezone.now()
    for number, days in enumerate((40, 40, 50), 1):
        meeting(
            network.shenzhen.actor,
            slug=f"next{number}",
            starts_at=now + timedelta(days=days),
            ends_at=now + timedelta(days=60),
        )
    for number, days in enumerate((10, 10), 1):
        meeting(
            network.shenzhen.actor,
            slug=f"was{number}",
            starts_at=now - timedelta(days=days),
            ends_at=now - timedelta(days=9),
        )
    coming = ["two-halls", "next1", "next2", "next3"]
    for query, expected in (
        ("when=coming&", coming),
        ("when=past&", ["was2", "was1"]),
        ("", [*coming[::-1], "was2", "was1"]),
    ):
        seen, address = list[str](), f"{ROOT}/events?{query}limit=1"
        while address:
            body = Client().get(address).json()
            seen, address = [*seen, *slugs(body)], body["next"]
        assert seen == expected


def test_a_presenter_with_the_sessions_that_everybody_may_know_of(network: Network, ask: Ask) -> None:
    one = ask("presenters/marja")
    assert (one["city"]["handle"], [session["event"]["title"]["read"]["text"] for session in one["sessions"]]) == (
        "thehague",
        ["Two halls"],
    )
    assert slugs(ask("presenters")) == ["lin", "marja"]
    assert slugs(ask("presenters?city=thehague")) == ["marja"]
    assert slugs(ask("presenters?limit=1")) == ["lin"]
    Event.objects.filter(slug="two-halls").update(state="draft")
    assert Client().get(f"{ROOT}/presenters/marja?languages=all").json()["sessions"] == []


def test_more_events_take_no_more_questions(network: Network, django_assert_max_num_queries: Any) -> None:
    for number in range(6):
        event = meeting(network.shenzhen.actor, slug=f"more{number}", title=Text.of("en", en="More"))
        event.add_venue(by="x", city=network.thehague, name=Text.of("en", en="There"), time_zone="Europe/Amsterdam")
    with django_assert_max_num_queries(12):
        assert len(Client().get(f"{ROOT}/events?limit=50").json()["items"]) == 7
