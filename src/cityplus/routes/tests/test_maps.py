"""What the map of a route is drawn from, and the operator's own basemap."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from cityplus.languages.text import Text
from cityplus.routes import maps
from cityplus.routes.legs import legs
from cityplus.routes.models import Route, Stop
from cityplus.routes.walkthrough import Walkthrough

ROUTE = Route(mode="walk")
STOPS = [
    Stop(route=ROUTE, number=1, lat=52.0, lon=4.3, title=Text.of("nl", nl="Stadhuis", en="City Hall")),
    Stop(route=ROUTE, number=2, lat=52.1, lon=4.2, title=Text.of("nl", nl="Pier")),
    Stop(route=ROUTE, number=3, lat=52.2, lon=4.1, title=Text.of("nl", nl="Vuurtoren"), leg_track=[[52.3, 4.0]]),
]
WALK = Walkthrough(ROUTE, STOPS, legs(STOPS))


@pytest.fixture(autouse=True)
def _built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maps, "asset", lambda name: f"/built/{name}")


def basemap(settings: Settings, value: str) -> None:
    settings.CITYPLUS = replace(settings.CITYPLUS, basemap=value)


@pytest.mark.parametrize(
    ("setting", "style", "tiles"),
    [
        ("", "", ""),
        ("/srv/thehague.pmtiles", "", "/basemap.pmtiles"),
        ("https://maps.example/style.json", "https://maps.example/style.json", ""),
    ],
)
def test_the_ground_is_what_the_operator_names_and_our_sketch_stands_by(
    settings: Settings, setting: str, style: str, tiles: str
) -> None:
    basemap(settings, setting)
    context = maps.map_context(WALK)
    assert (context["map_style"], context["map_tiles"]) == (style, tiles)
    assert context["map_sketch"] == "/built/world.pmtiles"


def test_stops_bear_the_reader_s_names_and_longitude_first() -> None:
    with translation.override("en"):
        stops = maps.map_context(WALK)["map_data"]["stops"]
    assert stops[0] == {"number": 1, "title": "City Hall", "at": [4.3, 52.0]}
    assert stops[1]["title"] == "Pier"


def test_legs_follow_the_track_that_was_drawn_and_the_bounds_hold_it() -> None:
    data = maps.map_context(WALK)["map_data"]
    assert [leg["drawn"] for leg in data["legs"]] == [False, True]
    assert data["legs"][1]["line"] == [[4.2, 52.1], [4.0, 52.3], [4.1, 52.2]]
    assert data["bounds"] == [4.0, 52.0, 4.3, 52.3]


def test_a_route_of_one_stop_and_one_of_none_have_maps_too() -> None:
    assert maps.map_context(Walkthrough(ROUTE, STOPS[:1], []))["map_data"]["bounds"] == [4.3, 52.0, 4.3, 52.0]
    assert maps.map_context(Walkthrough(ROUTE, [], []))["map_data"]["stops"] == []


def test_the_own_basemap_comes_in_ranges(settings: Settings, tmp_path: Path, stranger: Client) -> None:
    archive = tmp_path / "city.pmtiles"
    archive.write_bytes(b"PMTiles\x03 and more")
    basemap(settings, str(archive))
    answer = stranger.get("/basemap.pmtiles", headers={"Range": "bytes=0-7"})
    assert answer.status_code == 206
    assert answer.getvalue() == b"PMTiles\x03"
    assert answer.headers["Content-Range"] == "bytes 0-7/17"


@pytest.mark.parametrize("setting", ["", "https://maps.example/style.json", "/nowhere/city.pmtiles"])
def test_without_an_own_basemap_there_is_none(settings: Settings, stranger: Client, setting: str) -> None:
    basemap(settings, setting)
    assert stranger.get("/basemap.pmtiles").status_code == 404
