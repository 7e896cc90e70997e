"""A route goes out as GPX, KML and GeoJSON that other programs take, in the language asked for, and comes in again as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import gpx
import gpxpy
import pytest
from conftest import sign_in
from django.test import Client
from fastkml import validator
from geojson_pydantic import FeatureCollection
from lxml import etree

from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.people.models import Person
from cityplus.routes.formats.importing import Wish, draft_from
from cityplus.routes.models import Route

HERE = "/@thehague/routes/to-the-sea/"
ENDINGS = ("gpx", "kml", "geojson")
KML = {"k": "http://www.opengis.net/kml/2.2", "a": "http://www.w3.org/2005/Atom"}
STORY = "The *counts* & [their](https://example.org/?a=1&b=2) pond <b>.\x0b"


@pytest.fixture
def public(route: Route) -> Route:
    """The route of the cast, one leg drawn, a story with everything that files must bear."""
    route.stops.filter(number=1).update(
        story=Text.of("en", en=STORY, nl="De graven."), address="Lange Vijverberg 1 & 2", website="https://example.org/"
    )
    route.stops.filter(number=2).update(leg_track=[[52.083, 4.308], [52.085, 4.298]])
    Route.objects.filter(pk=route.pk).update(credit="City of The Hague", licence="CC-BY-4.0")
    route.refresh_from_db()
    route.publish(by="test")
    return route


def fetch(client: Client, ending: str, prefix: str = "") -> bytes:
    answer = client.get(f"{prefix}{HERE}route.{ending}")
    assert answer.status_code == 200
    return bytes(answer.content)


def test_the_gpx_keeps_to_the_schema_and_a_reader_finds_everything(public: Route, stranger: Client) -> None:
    body = fetch(stranger, "gpx")
    assert not gpx.validate(body.decode()).issues
    read = gpxpy.parse(body)
    assert [point.name for point in read.waypoints] == ["1. Court Pond", "2. Peace Palace", "3. Pier"]
    first = read.waypoints[0]
    assert first.description == "The counts & their (https://example.org/?a=1&b=2) pond <b>.\n\nLook for: Look up."
    assert first.comment == "Address: Lange Vijverberg 1 & 2\nAccess: Level."
    assert (first.latitude, first.longitude, first.type) == (52.0807, 4.3124, "stop")
    assert first.link == f"http://localhost:8000{HERE}stops/1/"
    assert [point.name for point in read.routes[0].points] == [point.name for point in read.waypoints]
    (segment,) = read.tracks[0].segments
    assert [(point.latitude, point.longitude) for point in segment.points] == [
        (52.0807, 4.3124), (52.083, 4.308), (52.085, 4.298), (52.0866, 4.2955),
    ]  # fmt: skip
    assert (read.name, read.author_name, read.link) == ("To the sea", "The Hague", f"http://localhost:8000{HERE}")
    assert (read.copyright_author, read.copyright_license) == (
        "City of The Hague",
        "https://creativecommons.org/licenses/by/4.0/",
    )


def test_the_kml_keeps_to_the_schema_and_its_balloons_are_safe(public: Route, stranger: Client) -> None:
    tree = etree.fromstring(fetch(stranger, "kml"))
    schema = validator.get_schema_parser()
    assert schema.validate(tree), schema.error_log
    names = tree.xpath("//k:Folder[1]/k:Placemark/k:name/text()", namespaces=KML)
    assert names == ["Court Pond", "Peace Palace", "Pier"]
    balloon = tree.xpath("string(//k:Placemark[1]/k:description)", namespaces=KML)
    assert balloon.startswith('<p>The <em>counts</em> &amp; <a href="https://example.org/?a=1&amp;b=2"')
    assert "<b>" not in balloon
    assert tree.xpath("string(//k:Folder[2]//k:coordinates)", namespaces=KML).split()[1] == "4.308000,52.083000"
    assert tree.xpath("string(//k:Data[@name='licence']/k:value)", namespaces=KML) == "CC-BY-4.0"
    assert tree.xpath("string(k:Document/a:link/@href)", namespaces=KML) == f"http://localhost:8000{HERE}"


def test_the_geojson_is_geojson(public: Route, stranger: Client) -> None:
    body = fetch(stranger, "geojson")
    read: Any = FeatureCollection.model_validate_json(body)
    assert [feature.geometry.type for feature in read.features] == ["Point"] * 3 + ["LineString"]
    assert read.bbox == (4.2795, 52.0807, 4.3124, 52.117)
    plain = json.loads(body)
    assert (plain["licence"], plain["credit"]) == ("CC-BY-4.0", "City of The Hague")
    assert plain["features"][2]["properties"]["name"] == "Pier"
    assert plain["features"][3]["properties"] | {"metres": 0} == {
        "type": "leg",
        "from": 1,
        "to": 2,
        "mode": "walk",
        "metres": 0,
    }


@pytest.mark.parametrize("ending", ENDINGS)
def test_names_and_stories_are_in_the_language_of_the_address(public: Route, stranger: Client, ending: str) -> None:
    english, dutch, chinese = (fetch(stranger, ending, prefix).decode() for prefix in ("", "/nl", "/zh-hans"))
    assert "Court Pond" in english and "Naar zee" not in english
    assert "Hofvijver" in dutch and "Het verhaal van Pier." in dutch and "Naar zee" in dutch
    assert f"http://localhost:8000/nl{HERE}stops/1/" in dutch
    assert "到海边去" in chinese
    assert "Court Pond" in chinese, "a text that has no Chinese falls back as pages do"


@pytest.mark.parametrize(
    ("ending", "content_type"),
    [
        ("gpx", "application/gpx+xml"),
        ("kml", "application/vnd.google-earth.kml+xml"),
        ("geojson", "application/geo+json"),
    ],
)
def test_how_files_are_served(public: Route, stranger: Client, ending: str, content_type: str) -> None:
    answer = stranger.get(f"/nl{HERE}route.{ending}")
    assert answer.headers["Content-Type"] == content_type
    assert answer.headers["Content-Disposition"] == f'attachment; filename="thehague-to-the-sea.nl.{ending}"'
    assert answer.headers["Content-Language"] == "nl"
    again = stranger.get(f"/nl{HERE}route.{ending}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert stranger.post(f"{HERE}route.{ending}").status_code == 405


@pytest.mark.parametrize("ending", ENDINGS)
def test_files_of_hidden_routes_are_not_there(route: Route, stranger: Client, editor: Person, ending: str) -> None:
    address = f"{HERE}route.{ending}"
    assert stranger.get(address).status_code == 404
    assert sign_in(editor).get(address).status_code == 200
    route.publish(by="test")
    assert stranger.get(address).status_code == 200
    route.withdraw(by="test")
    assert stranger.get(address).status_code == 404
    assert stranger.get("/@thehague/routes/nowhere/route.gpx").status_code == 404


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_goes_out_comes_in_again(public: Route, stranger: Client, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"route.{ending}"
    path.write_bytes(fetch(stranger, ending))
    draft = draft_from(path, City.objects.get(), Wish(language="en"), by="test")
    stops = list(draft.route.stops.all())
    assert [str(stop.title) for stop in stops] == ["Court Pond", "Peace Palace", "Pier"]
    assert [(stop.lat, stop.lon) for stop in stops] == [(s.lat, s.lon) for s in public.stops.all()]
    assert [stop.leg_track for stop in stops] == [[], [[52.083, 4.308], [52.085, 4.298]], []]
    assert str(draft.route.title) == "To the sea"
    assert (draft.route.credit, draft.route.licence) == (
        ("City of The Hague", "CC-BY-4.0") if ending != "kml" else ("", "")
    )
    assert not draft.report.unused


def test_a_route_without_stops_is_a_file_all_the_same(thehague: City, editor: Person) -> None:
    Route.draft(thehague, Text.of("en", en="To the sea"), by="test", mode="walk")
    for ending in ENDINGS:
        assert sign_in(editor).get(f"{HERE}route.{ending}").status_code == 200
