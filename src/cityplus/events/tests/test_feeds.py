"""The list of events by its filters, and the same as a feed."""

from __future__ import annotations

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.events.models import Event
from cityplus.events.tests.cast import meeting
from cityplus.languages.text import Text

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def some(thehague: City, shenzhen: City) -> Event:
    now = timezone.now()
    title = Text.of("nl", nl="Kades & sluizen", en="Quays & sluices")
    event = meeting(
        thehague.actor, slug="quays", title=title, story=Text.of("nl", nl="Bij het water.", en="By the water."), languages=["nl"],
        sectors=["H"],
    )  # fmt: skip
    event.add_venue(
        by="x", city=shenzhen, name=Text.of("en", en="Civic Centre"), time_zone="Asia/Shanghai", address="Fuzhong 3"
    )
    meeting(shenzhen.actor, slug="bay", kind="talk", languages=["zh-Hans"])
    meeting(thehague.actor, slug="was", starts_at=now - timedelta(days=9), ends_at=now - timedelta(days=8))
    Event.plan(
        thehague.actor, by="x", slug="draft", kind="talk", title=title, starts_at=now, ends_at=now + timedelta(days=1)
    )
    return event


def entries(stranger: Client, address: str) -> list[ElementTree.Element]:
    answer = stranger.get(address)
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")  # noqa: S314 - our own feed


def linked(entry: ElementTree.Element) -> str:
    link = entry.find(f"{ATOM}link")
    assert link is not None
    return link.attrib["href"].rstrip("/").rpartition("/")[2]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", {"quays", "bay"}), ("?when=past", {"was"}), ("?of=thehague", {"quays"}), ("?of=shenzhen", {"quays", "bay"}),
        ("?kind=talk", {"bay"}), ("?sector=H", {"quays"}), ("?sector=52", {"quays"}), ("?sector=A", set()), ("?language=nl", {"quays"}),
        ("?language=zh", set()), ("?language=NL", set()),
        ("?language=zh-Hans&of=shenzhen", {"bay"}), ("?kind=none&language=%25&sector=%00", {"quays", "bay"}),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("some")
def test_page_and_feed_list_the_same(stranger: Client, query: str, slugs: set[str]) -> None:
    page = stranger.get(f"/events/{query}").content.decode()
    assert set(re.findall(r'event-card-title"><a href="/@\w+/events/(\w+)/">', page)) == slugs
    assert {linked(entry) for entry in entries(stranger, f"/events/events.atom{query}")} == slugs


def test_the_feed_of_a_city_has_what_it_holds_and_what_is_there(some: Event, stranger: Client) -> None:
    assert {linked(entry) for entry in entries(stranger, "/@shenzhen/events.atom")} == {"quays", "bay"}
    assert {linked(entry) for entry in entries(stranger, "/@shenzhen/events.atom?kind=talk")} == {"bay"}
    assert stranger.get("/@nowhere/events.atom").status_code == 404
    assert stranger.get("/@plovdiv/events.atom").status_code == 404
    assert 'href="/@shenzhen/events.atom"' in stranger.get("/@shenzhen/").content.decode()
    assert 'href="/events/events.atom?of=shenzhen"' in stranger.get("/events/?of=shenzhen").content.decode()


def test_an_entry_says_when_by_each_clock_where_and_in_which_language(some: Event, stranger: Client) -> None:
    (entry,) = entries(stranger, "/nl/events/events.atom?sector=H")
    assert entry.findtext(f"{ATOM}title") == "Kades & sluizen"
    content = entry.findtext(f"{ATOM}content") or ""
    assert "Bij het water." in content
    assert "Fuzhong 3" in content
    assert "深圳" in content or "Shenzhen" in content
    assert {one.attrib["term"] for one in entry.findall(f"{ATOM}category")} == {"promotion", "H"}
    some.cancel("The <hall> is flooded.", by="x")
    (entry,) = entries(stranger, "/events/events.atom?sector=H")
    assert entry.findtext(f"{ATOM}title") == "Cancelled: Quays & sluices"
    assert "The &lt;hall&gt; is flooded." in (entry.findtext(f"{ATOM}content") or "")


def test_asking_again_is_answered_by_its_mark(some: Event, stranger: Client) -> None:
    first = stranger.get("/events/events.atom")
    again = stranger.get("/events/events.atom", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
