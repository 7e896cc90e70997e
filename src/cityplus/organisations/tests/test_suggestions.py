"""What fits an organisation the year round, and why."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import make_city, sign_in
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.lib.matching import Profile, Rule
from cityplus.organisations import matching
from cityplus.organisations.matching import Found, fields
from cityplus.organisations.models import Organisation
from cityplus.people.models import Person


def found_in(city: City, handle: str, *codes: str, verified: bool = True) -> Organisation:
    founder = Person.objects.create_user(f"{handle}-boss")
    made = Organisation.found(handle, Text.of("en", en=handle.title()), city, "company", founder, languages=["en"])
    made.busy_in(codes)
    made.ask(by="boss")
    if verified:
        made.verify(by="desk")
    return made


@pytest.fixture
def port(thehague: City, shenzhen: City) -> Organisation:
    """A port; a house of the same branch in the other city, one of the same sector, one of another, and one not verified."""
    found_in(shenzhen, "harbour", "52")
    found_in(shenzhen, "tracks", "49")
    found_in(shenzhen, "bakery", "10")
    found_in(shenzhen, "secret", "52", verified=False)
    return found_in(thehague, "port", "52")


@pytest.fixture
def _asked() -> Iterator[None]:
    """A room above asks and offers."""
    sources, seeks = dict(matching._sources), list(matching._seeks)
    yield
    matching._sources.clear()
    matching._sources.update(sources)
    matching._seeks[:] = seeks


def test_the_best_comes_first_and_says_why(port: Organisation) -> None:
    found = next(found for name, _, found in matching.year_round(port) if name == "organisations")
    assert [(one.found.thing.actor.handle, one.score) for one in found] == [("harbour", 40), ("tracks", 35)]
    assert [words for words, _ in found[0].why] == [
        "You have a language in common: English.",
        "Both of you are in one branch: Ports, warehouses and logistics.",
        "They come from another city: Shenzhen.",
    ]


@pytest.mark.usefixtures("_asked")
def test_a_room_above_plugs_in_what_it_has_and_what_is_sought(port: Organisation, shenzhen: City) -> None:
    request = Profile("wanted", "shenzhen", seeks=fields(["52"]))
    offer = Profile("offered", "shenzhen", offers=fields(["64"]))
    matching.plug(
        "chances", "Chances", lambda _: [Found(one, one, "organisations/suggested.html") for one in (request, offer)]
    )
    matching.plug_seeks(lambda organisation: ["K"] if organisation == port else [])
    [(_, _, chances)] = [group for group in matching.year_round(port) if group[0] == "chances"]
    assert [(one.found.thing.key, one.why[0][0]) for one in chances] == [
        ("wanted", "They seek what you offer: Ports, warehouses and logistics."),
        ("offered", "They offer something in what you seek: Finance and insurance."),
    ]


@pytest.mark.usefixtures("_asked")
def test_the_number_of_queries_hangs_on_nothing(
    port: Organisation, shenzhen: City, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def shown() -> int:
        [found] = [found for name, _, found in matching.year_round(port) if name == "organisations"]
        return len(found)

    with CaptureQueriesContext(connection) as before:
        assert shown() == 2
    for n in range(6):
        found_in(make_city(f"port{n}", Text.of("en", en=f"Port {n}"), stage="launched"), f"dock{n}", "52")
    found_in(shenzhen, "seeker", "10")
    with django_assert_max_num_queries(len(before)):
        assert shown() == 8, "who does and seeks nothing of it is not even looked at"


@pytest.mark.usefixtures("_asked")
def test_who_seeks_what_one_does_is_found_whatever_they_do(port: Organisation) -> None:
    bakery = Organisation.objects.get(actor__handle="bakery")
    matching.plug_seeks(lambda organisations: [(one.pk, "52") for one in organisations if one == bakery])
    [found] = [found for name, _, found in matching.year_round(port) if name == "organisations"]
    assert [one.found.thing.actor.handle for one in found] == ["bakery", "harbour", "tracks"]


def test_only_delegates_see_them(port: Organisation, visitor: Person, stranger: Client) -> None:
    page = "/work/@port/suggestions/"
    assert stranger.get(page).status_code == 404
    assert sign_in(visitor).get(page).status_code == 404
    shown = sign_in(port.delegates.get().person).get(page).content.decode()
    assert "Harbour" in shown
    assert "Secret" not in shown
    assert "+20" in shown


def test_every_rule_has_a_sentence() -> None:
    assert set(matching.SAYS) == set(Rule)
