"""The directory: every member as a list, and the filters on it."""

from __future__ import annotations

import re

import pytest
from conftest import launch, make_city
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cityplus.cities.models import City, Strength
from cityplus.languages.text import Text


@pytest.fixture
def members(thehague: City, shenzhen: City, plovdiv: City) -> None:
    """Two members and a city that is not launched; The Hague and Shenzhen have a strength each."""
    Strength.objects.create(city=thehague, section="M", sentence=Text.of("en", en="Peace and justice."))
    Strength.objects.create(city=shenzhen, section="J", sentence=Text.of("en", en="Electronics."))
    Strength.objects.create(city=plovdiv, section="A", sentence=Text.of("en", en="Roses."))
    launch(make_city("seattle", Text.of("en", en="Seattle"), country="US", languages=["en", "zh-Hans"]))


def listed(client: Client, query: str = "", prefix: str = "") -> list[str]:
    page = client.get(f"{prefix}/cities/{query}").content.decode()
    directory = re.search(r'<ol class="directory">.*?</ol>', page, re.S)
    return re.findall(r'<h2><a href="[^"]*/@(\w+)/"', directory[0]) if directory else []


def test_every_member_is_listed_by_number_and_nobody_else(stranger: Client, members: None) -> None:
    assert listed(stranger) == ["thehague", "shenzhen", "seattle"]


@pytest.mark.parametrize(
    ("query", "handles"),
    [
        ("?country=NL", ["thehague"]),
        ("?language=zh-Hans", ["shenzhen", "seattle"]),
        ("?sector=J", ["shenzhen"]),
        ("?country=US&language=en", ["seattle"]),
        ("?country=&language=&sector=", ["thehague", "shenzhen", "seattle"]),
        ("?country=NL&sector=J", []),
        ("?country=XX", []),
        ("?sector=%27%20OR%201=1", []),
    ],
)
def test_filters(stranger: Client, members: None, query: str, handles: list[str]) -> None:
    assert listed(stranger, query) == handles


def test_when_nothing_fits_the_page_says_so_and_offers_all(stranger: Client, members: None) -> None:
    page = stranger.get("/cities/?country=NL&sector=J").content.decode()
    assert "No member fits all of these" in page
    assert '<option value="NL" selected>' in page
    assert 'href="/cities/"' in page


def test_only_what_some_member_has_can_be_chosen(stranger: Client, members: None) -> None:
    page = stranger.get("/cities/").content.decode()
    offered = re.findall(r'<option value="([\w-]+)"', page)
    assert sorted(offered) == sorted(["NL", "CN", "US", "nl", "zh-Hans", "en", "M", "J"])


def test_what_was_typed_is_escaped(stranger: Client, members: None) -> None:
    page = stranger.get("/cities/?country=%22%3E%3Cscript%3E").content.decode()
    assert '"><script>' not in page


def test_the_city_s_own_name_comes_first_and_the_reader_s_second(stranger: Client, members: None) -> None:
    page = stranger.get("/zh-hans/cities/").content.decode()
    assert re.search(r'lang="nl"[^>]*>Den Haag.*?海牙', page, re.S)


def test_an_empty_network_has_an_empty_list(stranger: Client, db: None) -> None:
    assert listed(stranger) == []
    assert stranger.get("/cities/").status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_members(
    stranger: Client, members: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(10):
        launch(make_city(f"city{number}", Text.of("en", en=f"City {number}")))
    with django_assert_max_num_queries(5):
        assert len(listed(stranger)) == 13
