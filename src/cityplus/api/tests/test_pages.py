"""Lists in pages: each thing once, whatever is added meanwhile."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from conftest import launch, make_city
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from cityplus.api import cursors
from cityplus.api.cursors import Place
from cityplus.api.tests.conftest import ROOT, Ask, Network
from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.lib.geo import Point, distance
from cityplus.routes.models import Route


def more_cities(count: int, first: int = 0) -> None:
    for n in range(first, first + count):
        launch(make_city(f"city{n:02}", Text.of("en", en=f"City {n}"), lat=10 + n % 3, lon=20))


def more_routes(city: City, count: int, first: int = 0) -> None:
    for n in range(first, first + count):
        route = Route.objects.create(
            city=city, slug=f"route-{n}", title=Text.of("en", en=f"Route {n}"), theme="food", mode="walk",
            difficulty="easy", minutes=1, summary=Text.of("en", en="Two stops."),
        )  # fmt: skip
        for number in (1, 2):
            words = Text.of("en", en=f"Halt {number}")
            route.stops.create(number=number, slug=f"halt-{number}", title=words, story=words, lat=60, lon=10)
        route.publish(by="test")


def follow(path: str, by: str = "") -> list[list[str]]:
    """The handles or slugs on each page, or another of their fields."""
    pages: list[list[str]] = []
    address: str | None = f"{ROOT}/{path}"
    while address:
        assert len(pages) < 40, "the pages have no end"
        answer = Client().get(address)
        body = json.loads(answer.content)
        pages.append(
            [item.get(by) or item.get("handle") or item.get("slug") or item.get("pair") for item in body["items"]]
        )
        assert answer.headers.get("Link") == (f'<{body["next"]}>; rel="next"' if body["next"] else None)
        parts = urlsplit(body["next"] or "")
        address = f"{parts.path}?{parts.query}" if body["next"] else None
    return pages


@pytest.mark.parametrize("query", ["cities?limit=2", "cities?limit=2&near=10,20", "cities?near=80,-170&limit=2"])
def test_every_member_comes_once(network: Network, query: str) -> None:
    more_cities(5)
    pages = follow(query)
    assert [len(page) for page in pages] == [2, 2, 2, 1]
    everyone = [handle for page in pages for handle in page]
    assert len(set(everyone)) == 7
    assert [everyone] == follow(query.replace("limit=2", "limit=100"))


def test_the_next_page_keeps_what_was_asked(network: Network) -> None:
    more_routes(network.thehague, 3)
    assert follow("routes?limit=1&theme=food&language=nl") == [["route-2"], ["route-1"], ["route-0"]]
    assert follow("cities/thehague/routes?limit=3") == [["route-2", "route-1", "route-0"], ["to-the-sea"]]


def test_stops_come_in_pages_too(network: Network) -> None:
    assert follow("cities/thehague/routes/to-the-sea/stops?limit=2") == [["hofvijver", "vredespaleis"], ["pier"]]


def test_nothing_comes_twice_when_others_are_added(network: Network) -> None:
    more_routes(network.thehague, 4)
    first = json.loads(Client().get(f"{ROOT}/routes?limit=2").content)
    more_routes(network.thehague, 3, first=10)
    Route.objects.get(slug="route-0").withdraw(by="test")
    parts = urlsplit(first["next"])
    second = json.loads(Client().get(f"{parts.path}?{parts.query}").content)
    assert [route["slug"] for route in first["items"]] == ["route-3", "route-2"]
    assert [route["slug"] for route in second["items"]] == ["route-1", "to-the-sea"]


@given(st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1))
def test_a_cursor_says_its_place(key: int, number: int) -> None:
    assert cursors.read(cursors.write(Place(key, number))) == (key, number)


@pytest.mark.parametrize("cursor", ["A" * 22, "_" * 22, "-" * 22, "9" * 22])
@pytest.mark.parametrize(
    "path", ["cities", "cities?near=1,2", "ties", "routes", "ceremonies", "cities/thehague/routes/to-the-sea/stops"]
)
def test_every_cursor_of_the_right_shape_is_a_place(ask: Ask, path: str, cursor: str) -> None:
    ask(f"{path}{'&' if '?' in path else '?'}after={cursor}")


@pytest.mark.parametrize("near", ["0,0", "89.9,10", "-90,0", "10,179.9", "51,4"])
def test_the_nearest_come_first_however_far_they_are(network: Network, near: str) -> None:
    for n, (lat, lon) in enumerate([(89.5, -170), (-89, 3), (10.1, -179.9), (1, 1), (3, 0), (14, 0), (0, 14), (51, 5)]):
        launch(make_city(f"far{n}", Text.of("en", en=f"Far {n}"), lat=lat, lon=lon))
    centre = Point(*map(float, near.split(",")))
    nearest = sorted(City.objects.filter(stage="launched"), key=lambda city: distance(centre, city.point))
    for limit in (1, 3, 100):
        assert [handle for page in follow(f"cities?near={near}&limit={limit}") for handle in page] == [
            city.handle for city in nearest
        ]
