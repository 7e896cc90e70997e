"""How many routes and stops there are to be seen: exact after every step, and never counted whole again."""

from __future__ import annotations

import pytest
from conftest import launch, make_city
from pytest_django import DjangoAssertNumQueries

from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.routes import tally as room
from cityplus.routes.models import Route, Stop
from cityplus.routes.tally import tally


def counts() -> tuple[int, int]:
    found = tally()
    return found.routes, found.stops


def another(city: City, slug: str, stops: int) -> Route:
    words = Text.of("en", en=slug)
    route = Route.objects.create(
        city=city, slug=slug, theme="sea", mode="walk", difficulty="easy", minutes=1, title=words, summary=words
    )
    for number in range(1, stops + 1):
        Stop.objects.create(route=route, number=number, slug=f"stop-{number}", title=words, story=words, lat=0, lon=0)
    return route


def test_it_follows_a_route_through_its_life(route: Route) -> None:
    assert counts() == (0, 0)
    route.publish(by="test")
    assert counts() == (1, 3)
    assert tally().routes_of(route.city) == 1
    route.withdraw(by="test")
    assert counts() == (0, 0)
    assert tally().routes_of(route.city) == 0


def test_it_follows_cities_too(route: Route, plovdiv: City) -> None:
    route.publish(by="test")
    another(plovdiv, "hills", 2).publish(by="test")
    assert counts() == (1, 3)  # nobody sees the city yet
    launch(plovdiv)
    assert counts() == (2, 5)
    assert (tally().routes_of(plovdiv), tally().routes_of(route.city)) == (1, 1)


def test_it_looks_only_at_the_city_that_something_happened_to(
    route: Route, shenzhen: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    route.publish(by="test")
    assert counts() == (1, 3)
    counted: list[object] = []
    real = room._counted

    def watched(cities: set[int] | None = None) -> dict[int, tuple[int, int]]:
        counted.append(cities)
        return real(cities)

    monkeypatch.setattr(room, "_counted", watched)
    another(shenzhen, "markets", 4).publish(by="test")
    assert counts() == (2, 7)
    assert counted == [{shenzhen.pk}]


def test_while_nothing_happens_it_costs_one_query(
    route: Route, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    route.publish(by="test")
    counts()
    with django_assert_num_queries(1):
        assert counts() == (1, 3)


def test_followed_and_made_anew_are_the_same(route: Route, shenzhen: City) -> None:
    tally()
    route.publish(by="test")
    another(shenzhen, "markets", 4).publish(by="test")
    another(shenzhen, "bridges", 2).publish(by="test")
    city = make_city("lima", Text.of("es", es="Lima"))
    another(city, "coast", 2).publish(by="test")
    followed = tally()
    room._tally.forget()
    assert tally() == followed
    assert followed.routes_of(shenzhen) == 2
