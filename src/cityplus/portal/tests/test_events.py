"""Events on the pages made of many rooms: what comes next, what is new, sitemaps, the page of an organisation, and what is counted."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from conftest import sign_in, sitemap
from django.test import Client
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.events.models import Event, Presenter
from cityplus.events.tests.cast import meeting
from cityplus.languages.text import Text
from cityplus.opportunities.tests.cast import firm, public
from cityplus.people.models import Person
from cityplus.portal import news

pytestmark = pytest.mark.django_db
TITLE = re.compile(r'event-card-title"><a href="([^"]+)"')


def title(name: str) -> Text:
    return Text.of("en", en=name)


def test_the_home_page_shows_what_comes_next_and_nothing_else(thehague: City, shenzhen: City, stranger: Client) -> None:
    assert "Coming next" not in stranger.get("/").content.decode()
    now = timezone.now()
    for number in (4, 2, 3, 1):
        meeting(
            thehague.actor,
            slug=f"in{number}",
            starts_at=now + timedelta(days=number),
            ends_at=now + timedelta(days=number, hours=2),
        )
    meeting(shenzhen.actor, slug="off", starts_at=now + timedelta(hours=5), ends_at=now + timedelta(hours=6)).cancel(
        "No", by="x"
    )
    meeting(shenzhen.actor, slug="over", starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1))
    Event.plan(
        thehague.actor,
        by="x",
        slug="draft",
        kind="talk",
        title=title("D"),
        starts_at=now,
        ends_at=now + timedelta(hours=1),
    )
    page = stranger.get("/").content.decode()
    assert TITLE.findall(page) == [f"/@thehague/events/in{number}/" for number in (1, 2, 3)]
    assert TITLE.findall(stranger.get("/@thehague/").content.decode()) == TITLE.findall(page)
    assert stranger.get("/@thehague/").content.decode().count('href="/events/?of=thehague"') == 1


def test_that_an_event_is_announced_is_news(thehague: City, stranger: Client) -> None:
    one = firm(thehague, "quayworks")
    now = timezone.now()
    event = meeting(one.actor, slug="dock", title=title("Open dock"))
    meeting(
        thehague.actor,
        slug="long-ago",
        title=title("Long ago"),
        starts_at=now - timedelta(days=9),
        ends_at=now - timedelta(days=8),
    )
    told = [(item.kind, item.url) for item in news.latest(10) if item.kind == "event"]
    assert told == [("event", event.get_absolute_url())], "what was over before it was written here is no news"
    assert "announces an event: Open dock" in stranger.get("/").content.decode()
    event.cancel("No", by="x")
    assert [item for item in news.latest(10) if item.kind == "event"] == []
    assert "announces an event" not in stranger.get("/").content.decode()


def test_sitemaps_have_events_and_presenters_in_every_language(thehague: City, stranger: Client) -> None:
    meeting(thehague.actor, slug="dock")
    Presenter.introduce("marja", by="x", city=thehague, names=title("Marja"))
    for section, address in (("events", "/@thehague/events/dock/"), ("presenters", "/presenters/marja/")):
        listed = sitemap(stranger, section)
        for language, prefix in (("en", ""), ("ar", "/ar"), ("zh-Hans", "/zh-hans")):
            assert f'hreflang="{language}" href="http://localhost:8000{prefix}{address}"' in listed


def test_the_page_of_an_organisation_shows_its_events_and_its_opportunities(
    thehague: City, visitor: Person, stranger: Client
) -> None:
    one = firm(thehague, "quayworks")
    address = one.get_absolute_url()
    assert "its-events" not in stranger.get(address).content.decode()
    now = timezone.now()
    meeting(one.actor, slug="was", starts_at=now - timedelta(days=9), ends_at=now - timedelta(days=8))
    page = stranger.get(address).content.decode()
    assert ("Past events" in page, TITLE.findall(page)) == (True, ["/@quayworks/events/was/"])
    meeting(one.actor, slug="dock")
    for number in range(4):
        public(one.actor, f"offer{number}", audience="verified" if number == 3 else "all")
    page = stranger.get(address).content.decode()
    assert TITLE.findall(page) == ["/@quayworks/events/dock/"]
    assert re.findall(r'<h3><a href="/@quayworks/opportunities/(\w+)/"', page) == ["offer2", "offer1", "offer0"]
    assert "All opportunities of" not in page, "the fourth is not for everybody"
    assert sign_in(visitor).get(address).status_code == 200


def test_views_of_events_and_presenters_are_counted_and_those_of_drafts_are_not(
    thehague: City, owner: Person, stranger: Client
) -> None:
    event = meeting(thehague.actor, slug="dock")
    Presenter.introduce("marja", by="x", city=thehague, names=title("Marja"))
    for address in (event.get_absolute_url(), "/presenters/marja/", "/events/"):
        assert "/live/views/" in stranger.get(address).content.decode(), address
    Event.objects.filter(pk=event.pk).update(state="draft")
    draft = sign_in(owner).get(event.get_absolute_url())
    assert (draft.status_code, "/live/views/" in draft.content.decode()) == (200, False)
