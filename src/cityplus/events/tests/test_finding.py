"""Events and presenters are found: by words in any language, by whom they are held and presented, as long as everybody may know of
them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from conftest import make_city, sign_in, sitemap
from django.test import Client
from django.utils import timezone

from cityplus.actors.models import Actor
from cityplus.cities.models import City, Member
from cityplus.events.models import Event, Presenter, Session
from cityplus.events.tests.cast import meeting
from cityplus.journal.subscribers import deliver
from cityplus.languages.text import Text
from cityplus.organisations.models import Organisation
from cityplus.people.models import Person
from cityplus.search import find, suggest
from cityplus.search.building import rebuild

pytestmark = pytest.mark.django_db


def told() -> None:
    while deliver():
        pass


def hits(words: str, language: str = "en", kind: str = "event") -> list[str]:
    return [str(hit.item.url_args[-1]) for hit in find(words, language=language, kinds=[kind]).hits]


@pytest.fixture
def quays(thehague: City, shenzhen: City) -> Event:
    """A meeting of The Hague that is held together with Shenzhen, with a hall in each, and a session."""
    title = Text.of("nl", nl="Kades van morgen", en="Quays of tomorrow", zh_Hans="明日码头")
    event = meeting(
        thehague.actor, slug="quays", title=title, story=Text.of("en", en="Sluices and cranes."), sectors=["H"]
    )
    event.add_venue(by="test", city=shenzhen, name=Text.of("zh-Hans", zh_Hans="市民中心"), time_zone="Asia/Shanghai")
    presenter = Presenter.introduce(
        "marja",
        by="test",
        city=thehague,
        names=Text.of("nl", nl="Marja de Vries"),
        title=Text.of("en", en="Harbour master"),
    )
    hours = {"starts_at": event.starts_at, "ends_at": event.ends_at}
    Session.add(event, by="test", presenters=[presenter], title=Text.of("en", en="Tidal gates"), **hours)
    told()
    return event


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("kades", "nl"), ("quays tomorrow", "en"), ("明日", "zh-Hans"), ("sluices", "en"), ("市民中心", "zh-Hans"), ("深圳", "ar"),
        ("tidal gates", "nl"), ("marja", "en"), ("promotiebijeenkomst", "nl"), ("ports logistics", "en"), ("havens", "nl"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("quays")
def test_an_event_is_found_by_all_that_is_said_of_it_in_every_language(words: str, language: str) -> None:
    assert hits(words, language) == ["quays"]


@pytest.mark.usefixtures("quays")
def test_a_presenter_is_found_by_name_office_and_city() -> None:
    for words in ("marja de vries", "harbour master", "海牙"):
        assert hits(words, kind="presenter") == ["marja"]
    assert [(one.kind, one.name.text) for one in suggest("marj", "en", 5)] == [("presenter", "Marja de Vries")]


def test_the_page_shows_both_with_their_kinds(quays: Event, stranger: Client) -> None:
    page = stranger.get("/search/?q=marja").content.decode()
    assert f'href="{quays.get_absolute_url()}"' in page
    assert 'href="/presenters/marja/"' in page
    assert "promotion meeting" in page
    assert ">Presenters</h2>" in page


def test_what_changes_is_found_as_it_is_now(quays: Event) -> None:
    quays.change(by="test", title=Text.of("en", en="Locks of today"))
    told()
    assert (hits("tomorrow"), hits("locks today")) == ([], ["quays"])
    Presenter.objects.get(slug="marja").change(by="test", names=Text.of("nl", nl="Joke Jansen"))
    told()
    assert (hits("marja"), hits("joke")) == ([], ["quays"]), "an event by the new name of who presents there"
    assert (hits("marja", kind="presenter"), hits("joke", kind="presenter")) == ([], ["marja"])
    quays.agenda.get().remove(by="test")
    told()
    assert hits("joke") == []


def test_a_draft_is_found_only_once_it_is_published(thehague: City) -> None:
    now = timezone.now()
    facts: dict[str, Any] = {
        "kind": "talk",
        "title": Text.of("en", en="Whispers"),
        "starts_at": now,
        "slug": "whispers",
    }
    event = Event.plan(thehague.actor, by="test", **facts, ends_at=now + timedelta(hours=2))
    event.add_venue(by="test", name=Text.of("en", en="Hall"), time_zone="Europe/Amsterdam")
    told()
    assert hits("whispers") == []
    event.publish(by="test")
    told()
    assert hits("whispers") == ["whispers"]
    event.cancel("Too loud", by="test")
    told()
    assert hits("whispers") == ["whispers"], "that it is cancelled is what one looks for"


def test_an_organisation_that_is_no_longer_verified_takes_its_events_with_it(thehague: City, stranger: Client) -> None:
    one = Organisation.found("quayworks", Text.of("en", en="Quayworks"), thehague, "company", None, languages=["en"])
    one.busy_in(["52"])
    one.ask(by="test")
    one.verify(by="test")
    event = meeting(one.actor, slug="open-day", title=Text.of("en", en="Open dock day"))
    told()
    assert hits("dock day") == ["open-day"]
    assert stranger.get(event.get_absolute_url()).status_code == 200
    one.close(by="test")
    told()
    assert hits("dock day") == []
    assert stranger.get(event.get_absolute_url()).status_code == 404
    assert event.get_absolute_url() not in stranger.get("/events/").content.decode()


def test_who_is_suspended_shows_no_event(quays: Event, stranger: Client) -> None:
    Actor.objects.filter(pk=quays.host.pk).update(gone_at=timezone.now())
    assert stranger.get(quays.get_absolute_url()).status_code == 404
    assert quays.get_absolute_url() not in stranger.get("/search/?q=quays").content.decode()
    assert rebuild() > 0
    assert hits("quays") == []


def test_a_presenter_of_a_city_before_its_launch_is_its_teams_alone(visitor: Person, stranger: Client) -> None:
    hidden = make_city("hiddentown", Text.of("en", en="Hidden Town"), number=77)
    Presenter.introduce("early", by="test", city=hidden, names=Text.of("en", en="Early Bird"))
    Presenter.introduce("free", by="test", names=Text.of("en", en="Free Bird"))
    told()
    assert hits("bird", kind="presenter") == ["free"]
    assert stranger.get("/presenters/early/").status_code == 404
    assert re.findall(r"/presenters/(\w+)/</loc>", sitemap(stranger, "presenters"))[:1] == ["free"]
    assert "/presenters/early/" not in sitemap(stranger, "presenters")
    assert 'hreflang="zh-Hans"' in sitemap(stranger, "presenters")
    Member.objects.create(city=hidden, person=visitor, role=Member.Role.EDITOR)
    assert sign_in(visitor).get("/presenters/early/").status_code == 200


def test_an_event_whose_address_is_a_number_has_its_own_page(thehague: City, stranger: Client) -> None:
    event = meeting(thehague.actor, slug="2027", title=Text.of("en", en="Outlook"))
    told()
    assert event.get_absolute_url() == "/@thehague/events/2027/"
    assert [hit.item.get_absolute_url() for hit in find("outlook").hits] == ["/@thehague/events/2027/"]
    assert "/@thehague/events/2027/</loc>" in sitemap(stranger, "events")
