"""The network for trials: what was asked for, always the same, and only where there is nothing yet."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Count

from cityplus.actors.handles import check_handle
from cityplus.actors.models import Actor
from cityplus.cities.gazetteer import Place
from cityplus.cities.models import City, Spoken
from cityplus.journal.models import Entry
from cityplus.languages.tags import check_tag
from cityplus.lib.geo import distance
from cityplus.packs.gazetteer import places
from cityplus.packs.world import FRESH, WorldError, make_world
from cityplus.routes.models import Route, Stop
from cityplus.ties.models import Tie


@pytest.fixture(scope="module")
def everywhere() -> list[Place]:
    return list(places())


def test_every_city_of_the_gazetteer_has_a_handle_of_its_own(everywhere: list[Place]) -> None:
    handles = [place.handle for place in everywhere]
    assert len(set(handles)) == len(handles) == 34_006
    for handle in handles:
        try:
            check_handle(handle)
        except ValidationError as error:
            pytest.fail(f"{handle}: {error}")


def test_names_are_in_the_letters_of_their_language(everywhere: list[Place]) -> None:
    found = {place.name: place for place in everywhere}
    assert re.fullmatch(r"[\u4e00-\u9fff]+", found["Shenzhen"].native) and found["Shenzhen"].language == "zh-Hans"
    assert re.fullmatch(r"[\u0400-\u04ff ]+", found["Plovdiv"].native) and found["Plovdiv"].language == "bg"
    assert re.fullmatch(r"[\u0600-\u06ff ]+", found["Sharjah"].native) and found["Sharjah"].language == "ar"
    assert found["The Hague"].native == "" and found["The Hague"].names.original == "en"
    for place in everywhere:
        check_tag(place.language)
        assert place.names.in_language("en") == place.name


@pytest.mark.django_db
def test_the_world_is_what_was_asked_for() -> None:
    told: list[str] = []
    make_world(80, 50, 420, told.append)
    assert City.objects.public().count() == 80
    assert list(City.objects.values_list("number", flat=True)) == list(range(1, 81))
    assert Route.objects.public().count() == 50
    assert Stop.objects.count() == 420
    assert told[-1] == "50 of 50 routes, 420 of 420 stops"
    lengths = [n for _, n in Route.objects.values_list("pk").annotate(n=Count("stops"))]
    assert min(lengths) >= 2 and max(lengths) > 420 / 50
    assert set(Spoken.objects.values_list("city", "tag")) == {
        (c.pk, t) for c in City.objects.all() for t in c.languages
    }


@pytest.mark.django_db
def test_everything_lies_where_it_belongs() -> None:
    make_world(60, 30, 200)
    for stop in Stop.objects.select_related("route__city"):
        assert distance(stop.point, stop.route.city.point) < 20_000
    ties = list(Tie.objects.public().with_cities())
    assert len(ties) > 5
    assert all(tie.first.handle < tie.second.handle for tie in ties)


@pytest.mark.django_db
def test_the_journal_tells_of_the_world_in_one_entry() -> None:
    make_world(20, 30, 60)
    verbs = list(Entry.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["world.made", *["route.published"] * FRESH]


@pytest.mark.django_db
def test_the_same_numbers_make_the_same_world() -> None:
    def made() -> list[object]:
        make_world(30, 20, 100)
        rows: list[object] = [
            *City.objects.values_list("number", "actor__handle", "lat", "lon", "hue"),
            *Route.objects.order_by("slug").values_list("slug", "city__actor__handle"),
            *Stop.objects.order_by("route__slug", "number").values_list("slug", "lat", "lon"),
            *Tie.objects.order_by("since").values_list("first__actor__handle", "second__actor__handle"),
        ]
        City.objects.all().delete()
        Actor.objects.all().delete()
        return rows

    assert made() == made()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cities", "routes", "stops", "says"),
    [
        (0, 0, 0, "ask for 1 to so many"),
        (34_007, 1, 1, "34,006 cities"),
        (5, 10, 19, "at least two stops"),
        (5, -1, 1, "at least two"),
    ],
)
def test_what_cannot_be_is_refused(cities: int, routes: int, stops: int, says: str) -> None:
    with pytest.raises(WorldError, match=says):
        make_world(cities, routes, stops)
    assert not City.objects.exists()


def test_a_network_that_is_not_empty_stays_as_it_is(thehague: City) -> None:
    with pytest.raises(WorldError, match="not empty"):
        make_world(5, 5, 10)
    assert City.objects.get() == thehague
