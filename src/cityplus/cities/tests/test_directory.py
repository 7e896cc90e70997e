"""The directory: every member as a list, and the filters on it."""

from __future__ import annotations

import re
from html import unescape
from itertools import chain

import pytest
from conftest import launch, make_city
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

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


@pytest.fixture
def many(members: None) -> None:
    """Forty members together."""
    for number in range(37):
        launch(make_city(f"city{number}", Text.of("en", en=f"City {number}"), country="BE", languages=["fr"]))


def pages(client: Client, address: str, way: str) -> list[list[str]]:
    """The handles on every page from this one on."""
    found = []
    while address:
        page = client.get(address).content.decode()
        found.append(listed(client, address.removeprefix("/cities/")))
        link = re.search(rf'rel="{way}" href="([^"]+)"', page)
        address = f"/cities/{unescape(link[1])}" if link else ""
    return found


def test_every_member_is_on_one_page(stranger: Client, many: None) -> None:
    onward = pages(stranger, "/cities/", "next")
    assert [len(page) for page in onward] == [18, 18, 4]
    assert list(chain(*onward)) == ["thehague", "shenzhen", "seattle", *(f"city{n}" for n in range(37))]
    back = pages(stranger, "/cities/?before=end", "prev")
    assert list(chain(*reversed(back))) == list(chain(*onward))


def test_a_page_says_which_part_it_is(stranger: Client, many: None) -> None:
    assert "1 to 18 of 40" in stranger.get("/cities/").content.decode()
    assert "19 to 36 of 40" in stranger.get("/cities/?after=18").content.decode()
    assert "37 to 40 of 40" in stranger.get("/cities/?after=36").content.decode()
    assert "23 to 40 of 40" in stranger.get("/cities/?before=end").content.decode()


def test_pages_of_a_filter_stay_within_it(stranger: Client, many: None) -> None:
    page = stranger.get("/cities/?country=BE").content.decode()
    assert "1 to 18 of 37" in page
    assert 'rel="next" href="?country=BE&amp;after=21"' in page
    assert listed(stranger, "?country=BE&after=21")[0] == "city18"


def test_a_member_that_joins_moves_nobody_to_another_page(stranger: Client, many: None) -> None:
    second = listed(stranger, "?after=18")
    launch(make_city("newcomer", Text.of("en", en="Newcomer")))
    assert listed(stranger, "?after=18") == second
    assert listed(stranger, "?after=36")[-1] == "newcomer"


@pytest.mark.parametrize("query", ["?after=x", "?before=-3", "?after=9999999999999999999999"])
def test_a_page_that_cannot_be_is_not_found(stranger: Client, many: None, query: str) -> None:
    assert stranger.get(f"/cities/{query}").status_code == 404


def test_every_city_of_the_page_is_a_link_on_the_map(stranger: Client, many: None) -> None:
    page = stranger.get("/cities/?country=BE").content.decode()
    assert page.count('<a class="world-city') == 18
    assert page.count('class="chart-number"') == 3  # they stand in one place: so many have a name


def test_a_language_can_be_looked_for_after_it_was_changed(stranger: Client, thehague: City) -> None:
    assert listed(stranger, "?language=nl") == ["thehague"]
    thehague.languages = ["fy", "en"]
    thehague.save()
    assert listed(Client(), "?language=nl") == []
    assert listed(stranger, "?language=fy") == listed(stranger, "?language=en") == ["thehague"]


def test_a_strength_said_twice_lists_a_city_once(stranger: Client, members: None, thehague: City) -> None:
    Strength.objects.create(city=thehague, section="M", sentence=Text.of("en", en="And once more."))
    assert listed(stranger, "?sector=M") == ["thehague"]


def test_the_number_of_queries_does_not_grow_with_the_members(
    stranger: Client, members: None, request: pytest.FixtureRequest
) -> None:
    with CaptureQueriesContext(connection) as few:
        listed(stranger)
    request.getfixturevalue("many")
    with CaptureQueriesContext(connection) as caught:
        assert len(listed(Client())) == 18
    assert len(caught) == len(few)
