"""Placing a stop: places known to the network, own drafts, the gazetteer and coordinates, the nearest that fit first."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.cities.models import City, Member
from cityplus.drafts import Edit
from cityplus.drafts.models import Draft
from cityplus.journal.subscribers import deliver
from cityplus.people.models import Person
from cityplus.routes.models import Route
from cityplus.search import index
from cityplus.search.building import build

HERE = "/desk/@thehague/places/"


@pytest.fixture(autouse=True)
def _empty_index(db: None) -> None:
    build({kind: iter(()) for kind in index.kinds().values()})


def ask(person: Person, q: str, prefix: str = "") -> list[dict[str, Any]]:
    answer = sign_in(person).get(prefix + HERE, {"q": q})
    assert answer.status_code == 200, answer.content
    return answer.json()["places"]  # type: ignore[no-any-return]


def publish(route: Route) -> None:
    route.publish(by="test")
    while deliver():
        pass


def test_coordinates_are_a_place_with_the_distance_to_the_city(editor: Person) -> None:
    (place,) = ask(editor, "52°05'12\"N 4°17'44\"E")
    assert (place["from"], place["at"], place["written"]) == (
        "coordinates",
        [52.0866667, 4.2955556],
        "52.08667, 4.29556",
    )
    assert place["distance"] == "1.1 km"


def test_a_place_that_is_none_is_told_in_a_sentence(editor: Person) -> None:
    answer = sign_in(editor).get(HERE, {"q": "114.0683, 22.5455"})
    assert answer.status_code == 400
    assert answer.json()["error"].endswith("are they in the right order?")
    assert sign_in(editor).get(HERE, {"q": "x" * 300}).status_code == 400
    answer = sign_in(editor).get(HERE, {"q": "https://maps.app.goo.gl/abcdef"})
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("This address holds no coordinates.")
    assert ask(editor, "") == ask(editor, "   ") == []


def test_a_public_stop_is_found_in_any_language_with_all_its_names(editor: Person, route: Route) -> None:
    assert not [place for place in ask(editor, "peace palace") if place["from"] == "stop"]
    publish(route)
    place = ask(editor, "peace pal")[0]
    assert (place["from"], place["name"], place["beside"]) == ("stop", "Peace Palace", "Vredespaleis")
    assert place["names"] == {"nl": "Vredespaleis", "en": "Peace Palace"}
    assert place["at"] == [52.0866, 4.2955]
    assert place["where"] == "To the sea · The Hague"


def test_chinese_is_found_where_it_stands_in_a_word(editor: Person, shenzhen: City) -> None:
    while deliver():
        pass
    names = [(place["name"], place["from"]) for place in ask(editor, "深圳")]
    assert names[0] == ("深圳", "city")
    assert [
        name for name, source in names if source == "gazetteer" and name == "深圳"
    ] == []  # it is one place, not two


def test_the_gazetteer_knows_cities_in_their_scripts(editor: Person) -> None:
    place = ask(editor, "鹿特丹")[0]
    assert (place["from"], place["name"], place["beside"], place["where"]) == (
        "gazetteer",
        "鹿特丹",
        "Rotterdam",
        "Netherlands",
    )
    assert ask(editor, "Scheveningen" * 8) == []


def test_among_equals_the_nearest_comes_first(editor: Person) -> None:
    found = [place for place in ask(editor, "Leiden") if place["from"] == "gazetteer"]
    assert found[0]["where"] == "Netherlands"
    assert len(found) <= 12


def test_stops_of_own_drafts_are_found_and_those_of_others_are_not(
    editor: Person, route: Route, shenzhen: City
) -> None:
    draft = Draft.on("route", route.pk, route.city.actor)
    title = {"nl": "Haringkar van Anna"}
    draft.edit([Edit("stops/kar", "", {"title": title, "lat": 52.11, "lon": 4.28})], by="thehague-editor")
    (place,) = [place for place in ask(editor, "haringkar") if place["from"] == "draft"]
    assert (place["at"], place["where"], place["names"]) == ([52.11, 4.28], "To the sea", title)
    other = Person.objects.create_user("shenzhen-editor", password="a long password")
    Member.objects.create(city=shenzhen, person=other, role="editor")
    answer = sign_in(other).get("/desk/@shenzhen/places/", {"q": "haringkar"}).json()
    assert [place for place in answer["places"] if place["from"] == "draft"] == []


def test_stops_of_a_route_that_is_not_public_are_found(editor: Person, route: Route) -> None:
    (place,) = [place for place in ask(editor, "vredes") if place["from"] == "draft"]
    assert place["at"] == [52.0866, 4.2955]


def test_a_stop_without_a_place_is_none(editor: Person, route: Route) -> None:
    draft = Draft.on("route", route.pk, route.city.actor)
    draft.edit([Edit("stops/nowhere", "", {"title": {"nl": "Nergens"}})], by="thehague-editor")
    assert [place for place in ask(editor, "nergens") if place["from"] == "draft"] == []


def test_the_answer_is_in_the_language_of_the_page(editor: Person, route: Route) -> None:
    publish(route)
    place = ask(editor, "court pond", "/zh-hans")[0]
    assert place["where"].endswith("海牙")


def test_who_may_not_write_finds_nothing_out(editor: Person, visitor: Person, thehague: City) -> None:
    assert Client().get(HERE, {"q": "a"}).status_code == 404
    assert sign_in(visitor).get(HERE, {"q": "a"}).status_code == 404
    Member.objects.create(city=thehague, person=visitor, role="translator")
    assert sign_in(visitor).get(HERE, {"q": "a"}).status_code == 403
    assert sign_in(editor).post(HERE, {"q": "a"}).status_code == 405
