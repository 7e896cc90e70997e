"""The page of a search: hits by kind, the reader's version beside the own name, help when there is nothing."""

from __future__ import annotations

import re

import pytest
from conftest import sign_in
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cityplus.people.models import Person
from cityplus.routes.models import Route
from cityplus.search.tests.conftest import tell_the_index

pytestmark = pytest.mark.usefixtures("empty_index")


@pytest.fixture
def opened(route: Route) -> Route:
    route.publish(by="test")
    tell_the_index()
    return route


def links(page: str) -> list[str]:
    return re.findall(r'<h3><a href="([^"]+)"', page)


def test_hits_stand_by_kind_with_both_names(opened: Route, stranger: Client) -> None:
    page = stranger.get("/zh-hans/search/", {"q": "vredespaleis"}).text
    assert links(page) == ["/zh-hans/@thehague/routes/to-the-sea/stops/2/"]
    assert re.search(
        r"<h3><a [^>]+><bdi lang=\"en\"[^>]*>Peace Palace</bdi></a> <span class=\"second-name\"><bdi lang=\"nl\"", page
    )
    page = stranger.get("/zh-hans/search/", {"q": "海牙"}).text
    assert re.search(
        r'<h3><a href="/zh-hans/@thehague/"><bdi lang="nl"[^>]*>Den Haag</bdi></a> <span class="second-name">海牙', page
    )


def test_the_group_with_the_best_hit_comes_first(opened: Route, stranger: Client) -> None:
    page = stranger.get("/search/", {"q": "hague"}).text
    assert page.index('id="found-city"') < page.index('id="found-stop"')
    page = stranger.get("/search/", {"q": "to the sea"}).text
    assert page.index('id="found-route"') < page.index('id="found-stop"')


def test_a_version_says_how_it_came_to_be(opened: Route, stranger: Client) -> None:
    page = stranger.get("/search/", {"q": "peace palace"}).text
    assert "Translated from Dutch by machine, not yet reviewed" in page


def test_one_kind_can_be_looked_through(opened: Route, stranger: Client) -> None:
    page = stranger.get("/search/", {"q": "hague", "kind": "stop"}).text
    assert len(links(page)) == 3
    assert 'aria-current="page">Stops</a>' in page
    assert re.search(r'<input type="hidden" name="kind" value="stop">', page)


def test_a_long_list_has_further_results(opened: Route, stranger: Client) -> None:
    for number in range(4, 40):
        opened.stops.create(number=number, slug=f"s{number}", title=opened.title, lat=52.1, lon=4.3)
    from cityplus.search.building import rebuild  # noqa: PLC0415

    rebuild()
    page = stranger.get("/search/", {"q": "naar zee"}).text
    assert "?q=naar+zee&amp;kind=stop" in page
    seen, address = [], "?q=naar+zee&kind=stop"
    while address:
        page = stranger.get(f"/search/{address}").text
        seen += links(page)
        more = re.search(r'href="(\?[^"]+after=[^"]+)"', page)
        address = more[1].replace("&amp;", "&") if more else ""
    assert len(seen) == len(set(seen)) == 36


def test_an_index_that_is_a_moment_old_shows_nothing_hidden(opened: Route, stranger: Client) -> None:
    opened.withdraw(by="test")  # and the worker has not told the index
    page = stranger.get("/search/", {"q": "vredespaleis"}).text
    assert links(page) == []
    assert "Nothing was found for “vredespaleis”." in page


def test_nothing_found_helps(opened: Route, stranger: Client) -> None:
    page = stranger.get("/search/", {"q": "vredespaleis xyzzyqua"}).text
    assert "Nothing was found" in page
    assert '<a href="?q=vredespaleis">vredespaleis</a>' in page
    page = stranger.get("/search/", {"q": "vredespaleys"}).text
    assert "close to <b>vredespaleis</b>" in page
    assert links(page) == ["/@thehague/routes/to-the-sea/stops/2/"]


def test_near_says_how_far(opened: Route, stranger: Client) -> None:
    page = stranger.get("/search/", {"near": "52.0807,4.3124"}).text
    assert links(page)[0] == "/@thehague/routes/to-the-sea/"  # it begins there
    assert "1.3 km away" in page
    assert 'href="?"' in page or "Anywhere, not only near this place" in page


def test_an_empty_page_offers_cities_to_be_near(opened: Route, stranger: Client) -> None:
    page = stranger.get("/search/").text
    assert re.search(r'<a href="\?near=52\.0767%2C4\.2986"><bdi lang="en">The Hague</bdi>', page)


def test_it_is_not_for_search_engines_and_not_kept(opened: Route, stranger: Client) -> None:
    answer = stranger.get("/search/", {"q": "hague"})
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.text
    assert "ETag" not in answer.headers


def test_the_team_finds_no_more_than_everybody(route: Route, owner: Person) -> None:
    tell_the_index()
    assert links(sign_in(owner).get("/search/", {"q": "vredespaleis"}).text) == []


def test_a_page_asks_a_fixed_number_of_questions(
    opened: Route, stranger: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(40):
        stranger.get("/search/", {"q": "hague"})


def test_every_page_has_the_field(stranger: Client, db: None) -> None:
    page = stranger.get("/ar/about/").text
    assert re.search(r'<form class="search-form" action="/ar/search/" role="search"', page)
    assert page.count('id="header-search"') == 1


def test_suggestions_are_in_the_language_of_the_address(opened: Route, stranger: Client) -> None:
    answer = stranger.get("/zh-hans/search/suggestions/", {"q": "den h"})
    first = answer.json()["suggestions"][0]
    assert first.pop("label")
    assert first == {
        "kind": "city", "name": "Den Haag", "language": "nl", "dir": "ltr",
        "url": "/zh-hans/@thehague/", "beside": "海牙", "besideLanguage": "zh-Hans",
    }  # fmt: skip
    assert set(answer.headers["Cache-Control"].split(", ")) == {"max-age=60", "public"}
    assert stranger.get("/search/suggestions/").json() == {"suggestions": []}


def test_suggestions_forgive_and_are_few(opened: Route, stranger: Client) -> None:
    found = stranger.get("/search/suggestions/", {"q": "vredespalys"}).json()["suggestions"]
    assert [line["name"] for line in found] == ["Vredespaleis"]
    assert len(stranger.get("/search/suggestions/", {"q": "h"}).json()["suggestions"]) <= 8
