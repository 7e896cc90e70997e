"""Searching and suggesting: what is public, in the reader's language, with an address to read on."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from cityplus.api.tests.conftest import HIDDEN, ROOT, Ask, Network
from cityplus.api.tests.test_pages import follow, more_routes
from cityplus.cities.models import City
from cityplus.search import suggest
from cityplus.search.building import rebuild
from cityplus.social.tests.cast import resident, say

pytestmark = pytest.mark.usefixtures("findable")
BASE = f"http://localhost:8000{ROOT}"
STOP = f"{BASE}/cities/thehague/routes/to-the-sea/stops/2"


def test_a_stop_is_found_by_any_of_its_names(ask: Ask) -> None:
    for q in ("vredespaleis", "Peace Palace", "peace+palase"):
        [hit] = ask(f"search?q={q}&kind=stop")["items"]
        assert (hit["kind"], hit["self"]) == ("stop", STOP)
        assert hit["title"]["read"]["text"] == "Peace Palace"
        assert hit["location"] == {"lat": 52.0866, "lon": 4.2955}
        assert hit["metres"] is None
    assert hit["url"] == "http://localhost:8000/@thehague/routes/to-the-sea/stops/2/"


def test_what_was_meant_is_said(ask: Ask) -> None:
    assert ask("search?q=vredespalies")["meant"] == "vredespaleis"
    assert ask("search?q=vredespaleis")["meant"] is None


def test_every_kind_leads_to_its_resource(ask: Ask) -> None:
    found = {hit["kind"]: hit["self"] for hit in ask("search?near=52.08,4.31&limit=100")["items"]}
    assert found["city"].startswith(f"{BASE}/cities/")
    assert found["route"] == f"{BASE}/cities/thehague/routes/to-the-sea"
    assert found["stop"].startswith(f"{found['route']}/stops/")
    for address in found.values():
        assert ask(address.removeprefix(f"{BASE}/"))["self"] == address


def test_what_has_no_resource_here_is_left_out(ask: Ask, thehague: City) -> None:
    """People and hashtags are found by the page of search alone."""
    mila = resident("vredespaleis_fan", thehague, findable=True)
    say(mila, "At the #vredespaleis.")
    rebuild()
    assert {item.kind for item in suggest("vredespaleis")} >= {"person", "stop"}
    assert {hit["kind"] for hit in ask("search?q=vredespaleis")["items"]} == {"stop"}
    assert {one["kind"] for one in ask("search/suggestions?q=vredespaleis")["items"]} == {"stop"}
    assert ask("search?q=%40vredespaleis_fan")["items"] == []
    assert ask("search/suggestions?q=%23vredespaleis")["items"] == []


def test_the_reader_s_language(ask: Ask) -> None:
    [hit] = ask("search?q=vredespaleis&kind=stop", language="nl")["items"]
    assert hit["title"]["read"]["language"] == "nl"
    assert hit["match"] == {"text": "Vredespaleis", "language": "nl"}
    assert hit["url"] == "http://localhost:8000/nl/@thehague/routes/to-the-sea/stops/2/"


def test_near_a_place(ask: Ask) -> None:
    items = ask("search?near=52.1170,4.2795&kind=stop")["items"]
    assert [hit["self"][-1] for hit in items] == ["3", "2", "1"]
    assert items[0]["metres"] < items[1]["metres"] < items[2]["metres"]


def test_nothing_asked_is_nothing_found(ask: Ask) -> None:
    assert ask("search") == {"items": [], "next": None, "meant": None}


def test_hits_come_in_pages(network: Network) -> None:
    more_routes(network.thehague, 5)
    rebuild()
    whole = json.loads(Client().get(f"{ROOT}/search?q=route&limit=100").content)["items"]
    pages = follow("search?q=route&limit=2", "self")
    assert [address for page in pages for address in page] == [hit["self"] for hit in whole]
    assert len(whole) >= 5
    assert len(follow("search?near=52,4&limit=1", "self")) == 21  # scores below 0 too


def test_suggestions(ask: Ask) -> None:
    [line] = ask("search/suggestions?q=vred")["items"]
    assert line["name"] == {"text": "Vredespaleis", "language": "nl"}
    assert line["beside"] == {"text": "Peace Palace", "language": "en"}
    assert (line["kind"], line["self"]) == ("stop", STOP)


def test_what_is_hidden_is_not_found_even_while_the_index_has_it(ask: Ask, network: Network) -> None:
    for path in ("search?q=hidden", "search?q=secret", f"search?q={HIDDEN}", "search/suggestions?q=secr"):
        assert ask(path)["items"] == []
    assert ask("search?q=vredespaleis")["items"]
    network.route.withdraw(by="test")  # and nobody told the index
    assert ask("search?q=vredespaleis")["items"] == []
    assert ask("search/suggestions?q=vred")["items"] == []


@pytest.mark.parametrize(
    "query",
    [
        "q=",
        f"q={'a' * 201}",
        "q=%00",
        "q=a%0Ab",
        "q=%ED%A0%80",
        "q=a&q=b",
        "kind=person",
        "near=91,0",
        "after=5.7",
        "x=1",
    ],
)
@pytest.mark.parametrize("path", ["search", "search/suggestions"])
def test_what_cannot_be_asked(path: str, query: str) -> None:
    answer = Client().get(f"{ROOT}/{path}", QUERY_STRING=query)
    assert answer.status_code == 400
    assert json.loads(answer.content)["errors"]


@pytest.mark.parametrize(
    "q", ['" * NEAR ( :', "' OR 1=1 --", "a AND NOT b", "%25_", "\\", "…", "🙂" * 50, "&|!():*<->"]
)
def test_odd_questions_are_words(ask: Ask, q: str) -> None:
    for path in ("search", "search/suggestions"):
        answer = Client().get(f"{ROOT}/{path}", {"q": q})
        assert answer.status_code == 200


def test_words_are_needed_to_suggest() -> None:
    answer = Client().get(f"{ROOT}/search/suggestions")
    assert answer.status_code == 400
    assert json.loads(answer.content)["errors"][0]["parameter"] == "q"


@pytest.mark.parametrize("path", ["search?q=vredespaleis", "search/suggestions?q=vred"])
def test_an_answer_that_is_not_kept_has_a_name_too(stranger: Client, path: str) -> None:
    first = stranger.get(f"{ROOT}/{path}")
    assert first.headers["Cache-Control"] == "no-cache"
    assert first.headers["Vary"] == "Accept, Accept-Language"
    again = stranger.get(f"{ROOT}/{path}", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    head = stranger.head(f"{ROOT}/{path}")
    assert (head.content, head.headers["ETag"]) == (b"", first.headers["ETag"])
