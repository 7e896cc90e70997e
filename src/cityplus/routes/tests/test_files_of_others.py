"""Files that other programs wrote come in as whoever drew them meant them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from cityplus.cities.models import City
from cityplus.routes.formats.importing import Draft, Wish, draft_from
from cityplus.routes.models import Stop

FILES = Path(__file__).parent / "files"
POND, PALACE, PIER = (52.0807, 4.3124), (52.0866, 4.2955), (52.1170, 4.2795)


def bring(city: City, name: str, **wish: Any) -> tuple[Draft, list[Stop]]:
    draft = draft_from(FILES / name, city, Wish(**wish), by="test")
    return draft, list(draft.route.stops.all())


def titles(stops: list[Stop]) -> list[str]:
    return [str(stop.title) for stop in stops]


def tracks(stops: list[Stop]) -> list[int]:
    return [len(stop.leg_track) for stop in stops]


def unused(draft: Draft) -> dict[str, str]:
    return {thing.name: thing.reason for thing in draft.report.unused}


def test_favourites_of_osmand(thehague: City) -> None:
    draft, stops = bring(thehague, "osmand-favourites.gpx")
    assert titles(stops) == ["Vredespaleis", "De Pier & het strand"]
    assert stops[0].address == "Carnegieplein 2, Den Haag"
    assert (str(stops[0].story), stops[0].story.original) == ("Kijk naar de toren.", "nl")
    assert draft.route.origin == {"file": "osmand-favourites.gpx", "format": "gpx", "program": "OsmAnd 4.7.5"}
    assert str(draft.route.title) == "favorites-Den Haag"
    assert not draft.report.unused


def test_a_route_planned_in_osmand_is_its_track_with_its_waypoints_in_the_order_of_the_track(thehague: City) -> None:
    draft, stops = bring(thehague, "osmand-route.gpx")
    assert titles(stops) == ["Vredespaleis", "Pier"]
    assert stops[1].leg_track == [[52.095, 4.287], [52.105, 4.275], [52.1168, 4.2794]]  # which ends 23 m from the pier
    assert str(stops[1].story) == "Boven de golven."
    assert any("order in which the track passes them" in notice for notice in draft.report.notices)
    assert draft.report.drawn == 1


def test_a_route_of_basecamp_keeps_its_via_points_and_bends_by_its_shaping_points(thehague: City) -> None:
    draft, stops = bring(thehague, "garmin-basecamp.gpx", language="en")
    assert titles(stops) == ["Hofvijver", "Vredespaleis", "Pier"]
    assert (stops[0].lat, stops[0].lon) == POND
    assert [52.0835, 4.306] in stops[1].leg_track
    assert [52.109, 4.272] in stops[2].leg_track
    assert str(stops[0].story) == "The pond of the counts."
    assert stops[0].website == "https://example.org/hofvijver"
    assert stops[0].address == "Lange Vijverberg 1, Den Haag, 2513 AC"
    assert unused(draft) == {"Home": "The route of the file does not pass it."}
    assert str(draft.route.title) == "To the sea"


@pytest.mark.parametrize(
    ("name", "title"), [("komoot.gpx", "Vom Hofteich ans Meer"), ("garmin-activity.gpx", "Den Haag Hardlopen")]
)
def test_a_track_alone_gets_stops_at_its_ends_and_is_drawn_between(thehague: City, name: str, title: str) -> None:
    draft, stops = bring(thehague, name, language="en")
    assert str(draft.route.title) == title
    assert titles(stops) == ["Start", "End"]
    assert [(round(stop.lat, 4), round(stop.lon, 4)) for stop in stops] == [POND, PIER]
    assert stops[1].leg_track


def test_names_that_we_give_are_in_the_language_of_the_file(thehague: City) -> None:
    _, stops = bring(thehague, "geojson-io.geojson", language="fr")
    assert [stop.title.original for stop in stops] == ["fr", "fr"]
    draft, stops = bring(thehague, "geojson-io.geojson", language="en")
    assert titles(stops) == ["Stop 1", "Stop 2"]
    assert draft.report.notices == ["2 points had no name and are called by their number."]


def google_earth(draft: Draft, stops: list[Stop]) -> None:
    assert titles(stops) == ["Hofvijver", "Vredespaleis", "Pier"]
    assert (
        str(stops[0].story)
        == "The pond\n\nWhere the counts had their court.\nSee [its story](https://example.org/pond)."
    )
    assert str(stops[2].story) == "Above the waves."
    assert stops[1].address == "Carnegieplein 2, Den Haag"
    assert stops[1].leg_track == [[52.083, 4.305]]
    assert stops[2].leg_track == [[52.095, 4.287]]
    assert str(draft.route.title) == "To the sea"
    left = unused(draft)
    assert {"Old town", "Idea", "Map of 1649", "Trams", "Flight"} <= set(left)
    assert left["Trams"] == "It lies in another file; bring that file in by itself."


def test_folders_balloons_tracks_and_areas_of_google_earth(thehague: City) -> None:
    draft, stops = bring(thehague, "google-earth.kml", language="en")
    google_earth(draft, stops)
    assert len(draft.report.unused) == 5


def test_a_kmz_is_its_kml_and_names_the_pictures_that_stay_behind(thehague: City, tmp_path: Path) -> None:
    path = tmp_path / "To the sea"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("files/pond.jpg", b"\xff\xd8 no picture, and nobody looks")
        archive.writestr("files/other.kml", "<kml/>")
        archive.write(FILES / "google-earth.kml", "doc.kml")
    draft = draft_from(path, thehague, Wish(language="en"), by="test")
    google_earth(draft, list(draft.route.stops.all()))
    assert draft.route.origin["format"] == "kmz"
    assert unused(draft)["files/pond.jpg"] == "Files beside the map are not brought in; add pictures at their stop."


@pytest.mark.parametrize("name", ["umap.geojson", "umap.umap", "umap.gpx", "umap.kml"])
def test_every_export_of_umap(thehague: City, name: str) -> None:
    draft, stops = bring(thehague, name)
    assert titles(stops)[0] == "Hofvijver"
    assert titles(stops)[-1] == "Pier"
    assert (stops[-1].lat, stops[-1].lon) == PIER
    assert stops[-1].leg_track
    assert draft.report.drawn == len(stops) - 1
    if name != "umap.umap":
        assert "vijver" in str(stops[0].story)
        assert "name=" not in str(stops[0].story)
    if name in {"umap.geojson", "umap.umap"}:
        assert str(draft.route.title) == "Naar zee"


def test_the_words_of_umap_keep_their_links(thehague: City) -> None:
    draft, stops = bring(thehague, "umap.geojson")
    assert str(stops[0].story) == "**De vijver**\n[meer](https://example.org/vijver)"
    assert stops[1].website == "https://www.vredespaleis.nl"
    assert unused(draft) == {"Centrum": "An area is neither a stop nor a way."}


def test_places_of_openstreetmap_bring_their_address_and_website(thehague: City) -> None:
    draft, stops = bring(thehague, "overpass.geojson")
    assert titles(stops) == ["Vredespaleis", "Pier"]
    assert stops[0].address == "Carnegieplein 2, 2517 KJ, Den Haag"
    assert stops[0].website == "https://www.vredespaleis.nl/"
    assert "Hofvijver" in unused(draft)
    assert "ODbL" in draft.route.credit
