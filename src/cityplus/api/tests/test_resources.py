"""What the API tells of each resource."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import resolve
from pytest_django import DjangoAssertNumQueries

from cityplus.api.tests.conftest import ROOT, Ask, Network
from cityplus.cities.models import City

BASE = f"http://localhost:8000{ROOT}"
ROUTE = "cities/thehague/routes/to-the-sea"


def test_members_by_their_number(ask: Ask) -> None:
    body = ask("cities")
    assert [(c["handle"], c["number"]) for c in body["items"]] == [("thehague", 1), ("shenzhen", 2)]
    assert body["next"] is None
    card = body["items"][0]
    assert card["names"]["original"] == "nl"
    assert card["location"] == {"lat": 52.0767, "lon": 4.2986}
    assert card["population"] == {"people": 548320, "year": 2024, "scope": "municipality", "source": "CBS"}
    assert card["sectors"] == ["M", "O"]
    assert card["self"] == f"{BASE}/cities/thehague"
    assert card["url"] == "http://localhost:8000/@thehague/"
    assert card["cover"]["preview"].endswith("/w960.jpg")
    assert "metres" not in card
    assert body["items"][1]["cover"] is None
    assert body["items"][1]["population"] is None


@pytest.mark.parametrize(
    ("query", "handles"),
    [
        ("country=NL", ["thehague"]),
        ("country=XX", []),
        ("spoken=zh-Hans", ["shenzhen"]),
        ("spoken=zh", []),
        ("sector=M", ["thehague"]),
        ("sector=J", ["shenzhen"]),
        ("country=CN&sector=M", []),
        ("near=22.5,114", ["shenzhen", "thehague"]),
        ("near=52,4&country=CN", ["shenzhen"]),
    ],
)
def test_filters_of_members(ask: Ask, query: str, handles: list[str]) -> None:
    assert [city["handle"] for city in ask(f"cities?{query}")["items"]] == handles


def test_how_far_away_a_member_is(ask: Ask) -> None:
    first, second = ask("cities?near=52.0767,4.2986")["items"]
    assert first["metres"] == 0
    assert 9_000_000 < second["metres"] < 9_500_000


def test_a_member_with_all_that_its_page_tells(ask: Ask) -> None:
    city = ask("cities/thehague")
    assert city["profile"]["read"]["text"] == "Peace by the sea"
    assert city["launched_on"] == "2018-12-03"
    assert city["contacts"] == [{"kind": "website", "value": "https://www.denhaag.nl/"}]
    assert [strength["section"] for strength in city["strengths"]] == ["M", "O"]
    assert ask("cities/shenzhen")["launched_on"] is None


def test_ties(ask: Ask) -> None:
    [tie] = ask("ties")["items"]
    assert (tie["pair"], tie["since"], tie["source"]) == ("shenzhen+thehague", "2014", "A list")
    assert [city["handle"] for city in tie["cities"]] == ["shenzhen", "thehague"]
    assert 9_000_000 < tie["metres"] < 9_500_000
    assert tie["accepted_at"].endswith("Z")
    assert ask("ties/shenzhen+thehague") == ask("ties/thehague+shenzhen") == tie
    assert ask("ties?city=shenzhen")["items"] == [tie]
    assert ask("ties?city=nowhere")["items"] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [("", 1), ("?city=thehague", 1), ("?city=shenzhen", 0), ("?theme=sea&mode=walk", 1), ("?theme=food", 0)],
)
def test_routes(ask: Ask, query: str, found: int) -> None:
    items = ask(f"routes{query}")["items"]
    assert [route["slug"] for route in items] == ["to-the-sea"] * found
    assert all(route["stop_count"] == 3 for route in items)


def test_a_route(ask: Ask, network: Network) -> None:
    route = ask(ROUTE)
    assert ask("cities/thehague/routes")["items"] == ask("routes")["items"]
    assert route["city"]["handle"] == "thehague"
    assert (route["minutes"], route["reckoned"], route["theme"]) == (120, True, "sea")
    assert route["metres"] > 3000
    assert route["film"]["id"] == network.media["film"].pk
    assert route["stops"] == f"{BASE}/{ROUTE}/stops"
    assert route["files"]["gpx"] == "http://localhost:8000/@thehague/routes/to-the-sea/route.gpx"
    paths = {name: address.removeprefix("http://localhost:8000") for name, address in route["files"].items()}
    assert resolve(paths.pop("booklet")).view_name == "routes:booklet"  # its pictures are no files in this network
    assert [Client().get(path).status_code for path in paths.values()] == [200, 200, 200]


def test_stops_and_the_way_between_them(ask: Ask, network: Network) -> None:
    first, second, third = ask(f"{ROUTE}/stops")["items"]
    assert [first["number"], second["number"], third["number"]] == [1, 2, 3]
    assert first["leg"] is None
    assert (second["leg"]["mode"], second["leg"]["drawn"]) == ("walk", True)
    assert (third["leg"]["mode"], third["leg"]["drawn"]) == ("transit", False)
    assert second["picture"]["id"] == network.media["atstop"].pk


def test_a_stop_with_its_story(ask: Ask, network: Network) -> None:
    stop = ask(f"{ROUTE}/stops/2")
    assert stop["story"]["read"] == {"language": "en", "text": "The story of the Peace Palace.", "state": "machine"}
    assert stop["leg"]["track"] == [{"lat": 52.083, "lon": 4.305}]
    assert stop["address"] == {"text": "Carnegieplein 2", "language": "nl"}
    assert [medium["id"] for medium in stop["media"]] == [network.media["atstop"].pk]
    assert stop["route"] == f"{BASE}/{ROUTE}"
    assert stop["website"] is None


def test_a_medium(ask: Ask, network: Network) -> None:
    picture = ask(f"media/{network.media['cover'].pk}")
    assert (picture["kind"], picture["credit"], picture["licence"]) == ("picture", "A test", "CC-BY-4.0")
    assert [rendition["width"] for rendition in picture["renditions"]] == [480, 960]
    assert picture["alt"]["read"]["text"] == "A picture of cover"
    film = ask(f"media/{network.media['film'].pk}")
    assert film["poster"]["id"] == network.media["poster"].pk
    assert [(c["language"], c["state"]) for c in film["captions"]] == [("nl", "author")]
    assert film["captions"][0]["url"].startswith("http://localhost:8000/media/captions/")


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("cities", 6),
        ("cities?near=52,4", 8),
        ("cities/thehague", 7),
        ("ties", 3),
        ("ties/shenzhen+thehague", 3),
        ("routes", 5),
        ("cities/thehague/routes", 6),
        (ROUTE, 13),
        (f"{ROUTE}/stops", 13),
        (f"{ROUTE}/stops/2", 13),
    ],
)
def test_the_number_of_queries_hangs_on_nothing(
    network: Network, django_assert_max_num_queries: DjangoAssertNumQueries, path: str, queries: int
) -> None:
    with django_assert_max_num_queries(queries):
        assert Client().get(f"{ROOT}/{path}").status_code == 200


def test_a_city_says_who_confirms_that_it_is_official(network: Network, ask: Ask) -> None:
    city = City.objects.get(actor__handle="thehague")
    city.proofs.create(kind="dns", target="denhaag.nl", made_by="x").saw("")
    city.proofs.create(kind="dns", target="elsewhere.nl", made_by="x").saw("missing")
    [official] = ask("cities/thehague")["official"]
    assert (official["kind"], official["site"], official["state"]) == ("dns", "denhaag.nl", "held")
