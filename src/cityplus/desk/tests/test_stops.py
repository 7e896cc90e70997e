"""The stops of a draft as a list that works without a script: added, placed, moved, taken out and brought back by buttons."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.cities.models import City, Member
from cityplus.drafts import Edit, mark
from cityplus.drafts.models import Draft
from cityplus.people.models import Person
from cityplus.routes.models import Route
from cityplus.search import index
from cityplus.search.building import build

HERE = "/desk/@thehague/routes/to-the-sea/stops/"
LEGS = "/desk/@thehague/routes/to-the-sea/legs/"


@pytest.fixture(autouse=True)
def _empty_index(db: None) -> None:
    build({kind: iter(()) for kind in index.kinds().values()})


def draft_of(route: Route) -> Draft:
    return Draft.on("route", route.pk, route.city.actor)


def order(route: Route) -> list[str]:
    return list(draft_of(route).document["order"])


def press(person: Person, status: int = 200, /, **fields: str) -> str:
    """The page after a button was pressed."""
    answer = sign_in(person).post(HERE, fields, follow=True)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return " ".join(answer.content.decode().split())


def test_the_list_shows_the_stops_with_their_ways(editor: Person, route: Route) -> None:
    page = " ".join(sign_in(editor).get(HERE).content.decode().split())
    assert page.index("Hofvijver") < page.index("Vredespaleis") < page.index("Pier")
    assert "On foot, about 1.7 km, 23 min, reckoned" in page
    assert "52.08070, 4.31240" in page


def test_up_down_and_to_a_number(editor: Person, route: Route) -> None:
    page = press(editor, up="pier")
    assert order(route) == ["hofvijver", "pier", "vredespaleis"]
    assert "Stop 3 (Pier) is now number 2." in page
    press(editor, down="hofvijver")
    assert order(route) == ["pier", "hofvijver", "vredespaleis"]
    press(editor, **{"number": "vredespaleis", "number:vredespaleis": "1"})
    assert order(route) == ["vredespaleis", "pier", "hofvijver"]
    press(editor, **{"number:vredespaleis": "99"})  # Enter in the field
    assert order(route) == ["pier", "hofvijver", "vredespaleis"]
    press(editor, 422, **{"number": "pier", "number:pier": "first"})
    press(editor, 422, up="nowhere")
    press(editor, 422)


def test_a_drawn_way_goes_when_it_begins_elsewhere(editor: Person, route: Route) -> None:
    track = [[52.09, 4.30]]
    draft_of(route).edit([Edit("stops/pier/leg_track", "", track)], by="thehague-editor")
    press(editor, up="vredespaleis")
    stops = draft_of(route).document["stops"]
    assert stops["pier"]["leg_track"] == []
    draft_of(route).edit([Edit("stops/pier/leg_track", "", track)], by="thehague-editor")
    press(editor, clear="pier")
    assert draft_of(route).document["stops"]["pier"]["leg_track"] == []


def test_what_others_moved_meanwhile_stays(editor: Person, route: Route) -> None:
    seen = mark(order(route))
    press(editor, up="pier", **{"was:order": seen})
    page = press(editor, 409, up="pier", **{"was:order": seen})
    assert "Somebody else changed this meanwhile." in page
    assert order(route) == ["hofvijver", "pier", "vredespaleis"]


def test_a_stop_that_is_taken_out_comes_back_as_it_was(editor: Person, route: Route) -> None:
    client = sign_in(editor)
    before = draft_of(route).document
    page = client.post(HERE, {"remove": "vredespaleis"}, follow=True).content.decode()
    assert "Stop 2 (Peace Palace) was taken out." in page
    assert order(route) == ["hofvijver", "pier"]
    assert "Bring the stop back" in page
    client.post(HERE, {"undo": "1"})
    after = draft_of(route).document
    assert order(route) == ["hofvijver", "vredespaleis", "pier"]
    assert mark(after["stops"]) == mark(before["stops"])
    assert after["stops"]["vredespaleis"]["title"]["original"] == "nl"
    assert client.post(HERE, {"undo": "1"}).status_code == 422


def test_coordinates_add_a_stop_at_once(editor: Person, route: Route) -> None:
    press(editor, find="1", q="52°05'12\"N 4°17'44\"E")
    assert order(route) == ["hofvijver", "vredespaleis", "pier", "stop"]
    press(editor, q="geo:52.1,4.3", place="2")  # Enter in the field
    assert order(route)[1] == "stop-2"
    stop = draft_of(route).document["stops"]["stop-2"]
    assert (stop["lat"], stop["lon"], stop["title"]) == (52.1, 4.3, {})
    page = press(editor, 422, q="114.0683, 22.5455")
    assert "are they in the right order?" in page


def test_a_known_place_is_chosen_and_brings_its_names(editor: Person, route: Route) -> None:
    page = press(editor, find="1", q="rotterdam")
    assert "Netherlands" in page and 'name="take"' in page
    value = json.dumps(
        {
            "key": "",
            "at": [51.92, 4.48],
            "name": "Rotterdam",
            "names": {"en": "Rotterdam", "nl": "Rotterdam aan de Maas"},
        }
    )
    press(editor, take=value)
    stop = draft_of(route).document["stops"]["rotterdam-aan-de-maas"]
    assert stop["title"]["original"] == "nl"
    states = {tag: version["state"] for tag, version in stop["title"]["versions"].items()}
    assert states == {"nl": "author", "en": "machine"}
    press(editor, take=json.dumps({"key": "pier", "at": [52.2, 4.2]}))
    assert draft_of(route).document["stops"]["pier"]["lat"] == 52.2
    for bad in ("", "{}", '{"at": [95, 4]}', "[]", '{"at": "x"}', '{"key": "nowhere", "at": [1, 2]}'):
        press(editor, 422, take=bad)


def test_a_stop_is_placed_and_may_lack_a_place(editor: Person, route: Route) -> None:
    press(editor, bare="1", q="Haringkar")
    page = press(editor, **{"q:haringkar": ""}, locate="haringkar")
    assert "No place yet" in page
    press(editor, **{"q:haringkar": "52.11, 4.28"}, locate="haringkar")
    stop = draft_of(route).document["stops"]["haringkar"]
    assert (stop["lat"], stop["lon"], stop["title"]["versions"]["nl"]["text"]) == (52.11, 4.28, "Haringkar")
    found = press(editor, **{"q:haringkar": "leiden", "locate": "haringkar"})
    assert found.index('id="s-haringkar"') < found.index('name="take"')


def test_how_one_comes_there(editor: Person, route: Route) -> None:
    press(editor, mode="pier", **{"mode:pier": "cycle"})
    assert draft_of(route).document["stops"]["pier"]["leg_mode"] == "cycle"
    press(editor, 422, mode="pier", **{"mode:pier": "fly"})


def test_a_way_is_drawn_by_hand(editor: Person, route: Route) -> None:
    page = press(editor, track="pier", **{"track:pier": "52.09, 4.29\n\n52°06'N 4°17'E\n"})
    assert draft_of(route).document["stops"]["pier"]["leg_track"] == [[52.09, 4.29], [52.1, 4.2833333]]
    assert "52.09000, 4.29000 52.10000, 4.28333</textarea>" in page and "as it is drawn" in page
    page = press(editor, 422, track="pier", **{"track:pier": "52.09, 4.29\nthe bridge"})
    assert "Line 2, “the bridge”, says no coordinates" in page
    page = press(editor, 422, track="pier", **{"track:pier": "52.09, 4.29\n" * 2001})
    assert "A drawn way has at most 2000 points." in page
    press(editor, track="pier", **{"track:pier": " "})
    assert draft_of(route).document["stops"]["pier"]["leg_track"] == []


def test_there_are_sixty_stops_at_most(editor: Person, route: Route) -> None:
    draft_of(route).edit([Edit(f"stops/n{n}", "", {}) for n in range(57)], by="thehague-editor")
    page = press(editor, 422, q="52.1, 4.3")
    assert "A route has at most 60 stops." in page


def legs(person: Person) -> dict[str, Any]:
    answer = sign_in(person).get(LEGS)
    assert answer.status_code == 200
    return answer.json()  # type: ignore[no-any-return]


def test_legs_are_those_of_the_draft(editor: Person, route: Route) -> None:
    told = legs(editor)
    assert [(leg["from"], leg["to"], leg["mode"], leg["drawn"]) for leg in told["legs"]] == [
        ("hofvijver", "vredespaleis", "walk", False),
        ("vredespaleis", "pier", "transit", False),
    ]
    before = told["legs"][1]
    draft_of(route).edit([Edit("stops/pier/leg_track", "", [[52.10, 4.25]])], by="thehague-editor")
    after = legs(editor)
    assert after["revision"] == 1
    assert after["legs"][1]["drawn"] and after["legs"][1]["metres"] > before["metres"]
    assert after["legs"][1]["words"].endswith("as it is drawn")
    assert route.stops.get(slug="pier").leg_track == []


def test_a_leg_to_a_stop_without_a_place_is_not_known(editor: Person, route: Route) -> None:
    press(editor, bare="1", q="Haringkar")
    leg = legs(editor)["legs"][2]
    assert (leg["metres"], leg["minutes"], leg["drawn"]) == (None, None, False)
    assert leg["words"] == "The way is not known before both stops have a place."


def test_an_empty_draft_and_a_single_stop_have_no_legs(editor: Person, route: Route) -> None:
    for key in ("pier", "vredespaleis"):
        press(editor, remove=key)
    assert legs(editor)["legs"] == []
    page = press(editor, remove="hofvijver")
    assert "No stop yet." in page
    assert legs(editor) == {"revision": 3, "legs": [], "words": ""}


def test_readers_of_the_desk_look_and_do_not_touch(
    editor: Person, visitor: Person, route: Route, shenzhen: City
) -> None:
    for path in (HERE, LEGS):
        assert Client().get(path).status_code == sign_in(visitor).get(path).status_code == 404
    Member.objects.create(city=route.city, person=visitor, role="translator")
    page = sign_in(visitor).get(HERE)
    assert page.status_code == 200 and b'name="up"' not in page.content
    assert sign_in(visitor).get(LEGS).status_code == 200
    assert sign_in(visitor).post(HERE, {"up": "pier"}).status_code == 403
    assert order(route) == ["hofvijver", "vredespaleis", "pier"]
    assert sign_in(editor).get("/desk/@thehague/profile/stops/").status_code == 404
    assert sign_in(editor).get("/desk/@thehague/profile/legs/").status_code == 404
