"""A small network: two members with a tie and a route, and beside each thing its like that strangers must not know of."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from conftest import make_city, sign_in
from django.test import Client

from cityplus.actors.models import Actor
from cityplus.api import posts
from cityplus.ceremonies.models import Ceremony, Guest, Item, Run
from cityplus.ceremonies.models.run import Press
from cityplus.cities.models import City, Contact, Strength
from cityplus.events.models import Event, Organiser, Presenter, Session
from cityplus.events.tests.cast import meeting
from cityplus.languages.text import Text, Version
from cityplus.media.models import Caption, Medium, Rendition
from cityplus.opportunities.tests.cast import drafted
from cityplus.opportunities.tests.cast import public as offered
from cityplus.organisations.models import Organisation
from cityplus.people.models import Person
from cityplus.pulse import counting, tokens
from cityplus.pulse.writer import Beacon
from cityplus.routes.models import Route, StopMedium
from cityplus.search.building import rebuild
from cityplus.social.models import Bookmark, Boost, Follow, Post, Profile
from cityplus.social.tests.cast import resident, say
from cityplus.ties.models import Tie

ROOT = "/api/cityplus/v1"
HIDDEN = "hiddentown"


def add_medium(city: City, name: str, **facts: Any) -> Medium:
    plain: dict[str, Any] = {
        "kind": "picture",
        "sha256": name,
        "original": name,
        "bytes": 1,
        "content_type": "image/png",
    }
    words = {"alt": Text.of("nl", nl=f"Beeld van {name}", en=f"A picture of {name}")}
    plain |= {"credit": "A test", "licence": "CC-BY-4.0", "width": 2400, "height": 1600, "colour": "#102030", **words}
    medium = Medium.objects.create(owner=city.actor, name=name, **{**plain, **facts})
    if medium.kind == "picture":
        for width in (480, 960):
            key = f"renditions/{medium.pk:016}/w{width}.jpg"
            Rendition.objects.create(
                medium=medium, content_type="image/jpeg", width=width, height=320, bytes=9, key=key
            )
    return medium


@dataclass(frozen=True)
class Network:
    thehague: City
    shenzhen: City
    route: Route
    draft: Route
    hidden: City
    media: dict[str, Medium]
    secrets: dict[str, Medium]
    ceremony: Ceremony
    secret_ceremony: Ceremony


def _organisations(thehague: City, shenzhen: City, logo: Medium) -> None:
    """One that its city has verified, one of the other city, and one that no city vouches for."""
    facts: dict[str, Any] = {
        "languages": ["nl", "en"],
        "size": "small",
        "about": Text.of("nl", nl="Duinen", en="Dunes"),
    }
    told = {"website": "https://dunes.example/", "logo": logo, "offers": Text.of("nl", nl="Zand")}
    words = {
        name: Text.of("en", en=name.replace("_", " ").title()) for name in ("dune_works", "bay_code", "secret_works")
    }
    dunes = Organisation.found("dune_works", words["dune_works"], thehague, "company", None, **facts, **told)
    bay = Organisation.found("bay_code", words["bay_code"], shenzhen, "institute", None, languages=["zh-Hans"])
    Organisation.found("secret_works", words["secret_works"], thehague, "company", None, **facts)
    for organisation, code in ((dunes, "52"), (bay, "62")):
        organisation.busy_in([code])
        organisation.ask(by="test")
        organisation.verify(by="test")


@pytest.fixture
def network(thehague: City, shenzhen: City, route: Route) -> Network:
    hidden = make_city(HIDDEN, Text.of("en", en="Hidden Town"), number=77)
    media = {name: add_medium(thehague, name) for name in ("cover", "routecover", "atstop", "poster")}
    media["film"] = add_medium(
        thehague, "film", kind="film", poster=media["poster"], seconds=28, title=Text.of("nl", nl="De zee")
    )
    Caption.objects.create(medium=media["film"], language="nl", vtt="WEBVTT")
    _furnish(thehague, shenzhen, route, media)
    offered(thehague.actor, value_from=500000, value_to=2000000, currency="EUR", value_public=True)
    drafted(hidden.actor, "secret-quays", title=Text.of("en", en="Secret Quays"))
    route.publish(by="test")
    Tie.propose(thehague, shenzhen, by="test", since="2014", source="A list").accept(shenzhen, by="test")
    Tie.propose(thehague, hidden, by="test")
    _organisations(thehague, shenzhen, media["cover"])
    _events(thehague, shenzhen, hidden, media["cover"])
    draft = Route.objects.create(
        city=thehague, slug="secret-draft", title=Text.of("en", en="Secret Draft"), theme="sea", mode="walk",
        difficulty="easy", minutes=1,
    )  # fmt: skip
    secrets = {name: add_medium(hidden, f"secret{name}") for name in ("unused", "hiddencover", "draftcover")}
    City.objects.filter(pk=hidden.pk).update(cover=secrets["hiddencover"])
    Route.objects.filter(pk=draft.pk).update(cover=secrets["draftcover"])
    return Network(thehague, shenzhen, route, draft, hidden, media, secrets, *_ceremonies(thehague, shenzhen, hidden))


def _events(thehague: City, shenzhen: City, hidden: City, cover: Medium) -> None:
    """One of two cities in two halls, and beside it a draft, and one of a city that nobody knows of."""
    title = Text.of("nl", nl="Twee zalen", en="Two halls")
    plain: dict[str, Any] = {"languages": ["nl", "zh-Hans"], "sectors": ["H", "62"], "cover": cover, "story": title}
    event = meeting(thehague.actor, capacity=12, slug="two-halls", title=title, bring=title, **plain)
    there = event.add_venue(
        by="x",
        city=shenzhen,
        name=title,
        time_zone="Asia/Shanghai",
        address="Fuzhong 3",
        lat=22.5,
        lon=114.1,
        link="https://s.example/",
    )
    Organiser.ask(event, shenzhen.actor, by="x").agree(by="x")
    names = {"marja": thehague, "lin": None, "secret-speaker": hidden}
    people = [
        Presenter.introduce(
            slug, by="x", city=city, names=Text.of("en", en=slug), title=title, about=title, picture=cover
        )
        for slug, city in names.items()
    ]
    hours = {"starts_at": event.starts_at, "ends_at": event.ends_at}
    Session.add(event, by="x", presenters=people, title=title, about=title, venue=there, languages=["nl"], **hours)
    Event.plan(thehague.actor, by="x", slug="secret-meeting", kind="talk", title=title, **hours)
    meeting(hidden.actor, slug="secret-feast", title=title)


def _ceremonies(thehague: City, shenzhen: City, hidden: City) -> tuple[Ceremony, Ceremony]:
    """A launch that was kept, with a guest who pressed; and the launch of a city that nobody knows of, which is rehearsed."""
    title = Text.of("nl", nl="De zee over", en="Cross the Sea")
    at = datetime(2018, 12, 3, 10, tzinfo=UTC)
    kept = Ceremony.plan(
        "launch", [thehague, shenzhen], by="x", title=title, time_zone="Europe/Amsterdam", starts_at=at, launched_at=at
    )
    guest = Guest.objects.create(ceremony=kept, names=Text.of("nl", nl="De gast"), title=title)
    Item.objects.create(ceremony=kept, at=at.time(), words=title)
    run = Run.begin(kept, by="x", rehearsal=True)
    run.press([Press("a-nonce", "screen", guest.pk), Press("a-light", "phone")])
    Run.objects.filter(pk=run.pk).update(rehearsal=False, state="launched", number=2, launched_at=at)
    Ceremony.objects.filter(pk=kept.pk).update(state="kept", announced=True)
    secret = Ceremony.plan(
        "launch", [hidden, thehague], by="x", title=Text.of("en", en="Secret Feast"), time_zone="UTC", starts_at=at
    )
    Run.begin(secret, by="x", rehearsal=True)
    return Ceremony.objects.get(pk=kept.pk), secret


def _furnish(thehague: City, shenzhen: City, route: Route, media: dict[str, Medium]) -> None:
    tagline = Text("nl", {
        "nl": Version("Vrede aan zee", "author", "The desk"),
        "en": Version("Peace by the sea", "reviewed", "The desk", "2026-11-22"),
        "zh-Hans": Version("海滨和平", "machine"),
    })  # fmt: skip
    facts = {
        "population": 548320,
        "population_year": 2024,
        "population_scope": "municipality",
        "population_source": "CBS",
    }
    City.objects.filter(pk=thehague.pk).update(cover=media["cover"], tagline=tagline, profile=tagline, **facts)
    for section in ("M", "O"):
        Strength.objects.create(city=thehague, section=section, sentence=Text.of("en", en="Peace and justice."))
    Strength.objects.create(city=shenzhen, section="J", sentence=Text.of("en", en="Electronics."))
    Contact.objects.create(city=thehague, kind="website", value="https://www.denhaag.nl/")
    Route.objects.filter(pk=route.pk).update(cover=media["routecover"], film=media["film"])
    StopMedium.objects.create(stop=route.stops.get(number=2), medium=media["atstop"])
    route.stops.filter(number=2).update(leg_track=[[52.083, 4.305]], address="Carnegieplein 2", address_language="nl")


@dataclass(frozen=True)
class Talk:
    """Ana, who follows The Hague, with her browser; a post of The Hague with a picture, and others beside it."""

    ana: Client
    actor: Actor
    post: Post
    answer: Post
    secret: Post


@pytest.fixture
def talk(network: Network) -> Iterator[Talk]:
    posts.forget()  # the numbers of another test's posts may be the same
    ana, bo = resident("ana", network.thehague), resident("bo")
    Profile.objects.update(about=Text.of("en", en="I read."))
    thehague, shenzhen = network.thehague.actor, network.shenzhen.actor
    pair = Actor.objects.get(handle="shenzhen+thehague")
    Follow.begin(ana, thehague, by="ana")
    post = say(thehague, "See #DenHaag, @shenzhen.", media=[network.media["cover"]], space=pair)
    answer = say(bo, "I see.", reply_to=post)
    say(bo, "Who knows?", asks=thehague)
    say(shenzhen, "Look!", quote=post)
    Boost.put(thehague, say(shenzhen, "For all.", note=Text.of("en", en="Loud")), by="test")
    Bookmark.put(ana, post, by="ana")
    secret = say(bo, "Between us.", audience="followers", reply_to=post)
    person = Person.objects.get(username="ana")
    yield Talk(sign_in(person), ana, post, answer, secret)
    posts.forget()


Ask = Callable[..., Any]


@pytest.fixture
def ask(network: Network) -> Ask:
    """``ask("cities?limit=1", language="nl")``: the body of an answer, which must be good. It comes from
    one browser, so that it may have been kept."""
    browser = Client()

    def ask_(path: str, *, language: str = "") -> Any:
        answer = browser.get(f"{ROOT}/{path}", headers={"accept-language": language} if language else {})
        assert answer.status_code == 200, answer.content
        assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
        return json.loads(answer.content)

    return ask_


@pytest.fixture
def findable(network: Network) -> Network:
    """The network with its public part in the index."""
    rebuild()
    return network


@pytest.fixture
def seen(network: Network) -> Iterator[Network]:
    """The network after three persons saw the second stop, one of them in Dutch, and one the page of the tie."""
    counting.forget_salt()  # the process remembers whom it met today
    stop = network.route.stops.get(number=2)
    tie = Tie.objects.public().get()
    views = [(1, "stop", stop.subjects, "en"), (2, "stop", stop.subjects, "en"), (3, "stop", stop.subjects, "nl")]
    for person, name, subjects, language in [*views, (1, "pair", tie.subjects, "en")]:
        page = tokens.read(tokens.sign(name, language, subjects, time.time()), time.time())
        counting.count([Beacon(page, f"198.51.100.{person}", "Firefox")], datetime.now(UTC))
    yield network
    counting.forget_salt()
