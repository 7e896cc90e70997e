"""The list of routes: the newest first, a page at a time, of the network or of one city."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.people.models import Person
from cityplus.routes.models import Route

BEGAN = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def routes(thehague: City, shenzhen: City) -> None:
    """Sixty routes, in turn of two cities; three of them are of the same moment."""
    for n in range(60):
        at = BEGAN + timedelta(days=n if n not in {35, 36} else 37)
        Route.objects.create(
            city=(thehague, shenzhen)[n % 2], slug=f"route-{n}", state="published", published_at=at, title=Text.of("en", en=f"{n}"),
            theme="sea", mode="walk", difficulty="easy", minutes=1,
        )  # fmt: skip


def listed(client: Client, query: str = "") -> list[str]:
    page = client.get(f"/routes/{query}").content.decode()
    return re.findall(r'<h2 class="route-card-title"><a href="/@\w+/routes/([\w-]+)/"', page)


def walked(client: Client, query: str = "") -> list[list[str]]:
    pages = []
    while True:
        pages.append(listed(client, query))
        link = re.search(r'rel="next" href="([^"]+)"', client.get(f"/routes/{query}").content.decode())
        if not link:
            return pages
        query = link[1].replace("&amp;", "&")


def test_every_route_is_on_one_page_the_newest_first(stranger: Client, routes: None) -> None:
    pages = walked(stranger)
    assert [len(page) for page in pages] == [24, 24, 12]
    found = list(chain(*pages))
    assert found[:2] == ["route-59", "route-58"] and found[-1] == "route-0"
    assert found[22:25] == ["route-37", "route-36", "route-35"]  # of the same moment, over the end of a page
    assert len(set(found)) == 60


def test_it_says_how_many_there_are(stranger: Client, routes: None) -> None:
    assert "60 routes, the newest first" in stranger.get("/routes/").content.decode()


def test_the_routes_of_one_city(stranger: Client, routes: None) -> None:
    found = list(chain(*walked(stranger, "?of=thehague")))
    assert found == [f"route-{n}" for n in range(58, -1, -2)]
    page = stranger.get("/routes/?of=thehague").content.decode()
    assert "Routes of The Hague" in page and "30 routes" in page
    assert stranger.get("/routes/?of=nowhere").status_code == 404


def test_routes_of_a_city_that_is_not_public_are_its_team_s(stranger: Client, plovdiv: City, visitor: Person) -> None:
    plovdiv.team.create(person=visitor, role="editor")
    assert stranger.get("/routes/?of=plovdiv").status_code == 404
    assert sign_in(visitor).get("/routes/?of=plovdiv").status_code == 200


def test_a_card_tells_its_stops_without_fetching_them(stranger: Client, route: Route) -> None:
    route.publish(by="test")
    card: Any = Route.objects.public().for_cards().get()
    assert card.stop_count == 3
    assert "<dt>Stops</dt><dd>3</dd>" in stranger.get("/routes/").content.decode()


def test_members_of_a_team_see_each_route_once(thehague: City, route: Route, owner: Person, editor: Person) -> None:
    route.publish(by="test")
    assert list(Route.objects.visible_to(owner)) == [route]
    assert list(City.objects.visible_to(owner)) == [thehague]
