"""The index follows the journal: what becomes public can be found, what does not or no longer is cannot."""

from __future__ import annotations

import pytest
from conftest import launch
from django.db import transaction

from cityplus import journal
from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.routes.models import Route, Stop
from cityplus.search import find, suggest
from cityplus.search.engines import rows_of
from cityplus.search.tests.conftest import tell_the_index

pytestmark = pytest.mark.usefixtures("empty_index")


def found(q: str) -> list[str]:
    tell_the_index()
    return [f"{hit.item.kind} {hit.item.get_absolute_url()}" for hit in find(q).hits]


def test_a_city_is_found_from_its_launch_on(plovdiv: City) -> None:
    assert found("plovdiv") == []
    assert suggest("plo") == []
    launch(plovdiv)
    assert found("plovdiv") == found("Пловдив") == found("bulgaria") == ["city /@plovdiv/"]
    assert [suggestion.name.text for suggestion in suggest("плов")] == ["Пловдив"]


def test_a_draft_cannot_be_found_and_a_withdrawn_route_vanishes(route: Route) -> None:
    stop = "stop /@thehague/routes/to-the-sea/stops/2/"
    assert found("vredespaleis") == found("golven") == []
    route.publish(by="test")
    assert found("vredespaleis") == [stop]
    assert found("naar zee")[0] == "route /@thehague/routes/to-the-sea/"
    route.withdraw(by="test")
    assert found("vredespaleis") == found("golven") == found("naar zee") == []
    assert suggest("vredes") == []
    route.publish(by="test")
    assert found("vredespaleis") == [stop]


def test_nothing_of_what_is_hidden_is_in_the_index(route: Route, plovdiv: City) -> None:
    tell_the_index()
    assert {handle for (handle,) in rows_of("SELECT handle FROM search_item")} == {"thehague"}
    words = {text for (text,) in rows_of("SELECT text FROM search_word")}
    assert "haag" in words
    assert not words & {"vredespaleis", "plovdiv", "пловдив"}


def test_a_change_is_found_by_its_new_words_alone(route: Route) -> None:
    route.publish(by="test")
    tell_the_index()
    second = route.stops.get(number=2)
    second.title = second.story = Text.of("nl", nl="Academiegebouw", en="Academy")
    second.save()
    route.stops.get(number=3).delete()
    with transaction.atomic():
        journal.record("route.changed", route, handle="thehague")
    assert found("vredespaleis") == []
    assert found("academie") == ["stop /@thehague/routes/to-the-sea/stops/2/"]
    assert found("pier") == []


def test_a_city_takes_its_routes_along(route: Route, thehague: City) -> None:
    route.publish(by="test")
    tell_the_index()
    City.objects.filter(pk=thehague.pk).update(stage="preparing")
    with transaction.atomic():
        journal.record("city.changed", thehague, handle="thehague")
    assert found("vredespaleis") == found("den haag") == []
    assert rows_of("SELECT count(*) FROM search_word") == [(0,)]


def test_being_told_twice_changes_nothing(route: Route) -> None:
    from cityplus.journal.models import Cursor  # noqa: PLC0415

    route.publish(by="test")
    before = found("vredespaleis")
    words = rows_of("SELECT id, items, top, weight FROM search_word ORDER BY id")
    Cursor.objects.filter(subscriber__startswith="search.").update(last_id=0)
    assert found("vredespaleis") == before
    assert rows_of("SELECT id, items, top, weight FROM search_word ORDER BY id") == words


def test_a_stop_is_found_by_its_story_and_its_route_by_its_city(route: Route) -> None:
    Stop.objects.filter(route=route, number=1).update(address="Lange Vijverberg")
    route.publish(by="test")
    assert found("vijverberg") == ["stop /@thehague/routes/to-the-sea/stops/1/"]
    assert "route /@thehague/routes/to-the-sea/" in found("sea the hague")
