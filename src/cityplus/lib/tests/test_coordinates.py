"""Coordinates in the forms that people type and paste; what we write is read back."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplus.lib.coordinates import NotAPlace, decimal, geo_uri, read, sexagesimal
from cityplus.lib.geo import Point

PALACE = Point(52.0867, 4.2955)
CAPE = Point(-33.9249, 18.4241)
places = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    "text",
    [
        "52.0867, 4.2955",
        "52.0867 4.2955",
        " (52.0867,4.2955) ",
        "52.0867; 4.2955",
        "52,0867 4,2955",
        "52,0867; 4,2955",
        "52,0867, 4,2955",
        "52.0867° 4.2955°",
        "52.0867N 4.2955E",
        "52.0867° N, 4.2955° E",
        "4.2955 E, 52.0867 N",
        "N 52.0867 E 4.2955",
        "N52.0867, E4.2955",
        "n52.0867 e4.2955",
        "52°05'12.12\"N 4°17'43.8\"E",
        "52°05′12.12″N 4°17′43.8″E",
        "52° 5' 12.12\" N, 4° 17' 43.8\" E",
        "52 05 12.12 N 4 17 43.8 E",
        "52°5.202'N 4°17.73'E",
        "N 52° 05.202 E 004° 17.730",
        "52º05’12,12’’N 4º17’43,8’’E",
        "52°05'12.12\" 4°17'43.8\"",
        "+52.0867+004.2955/",
        "５２．０８６７，４．２９５５",
        "٥٢٫٠٨٦٧، ٤٫٢٩٥٥",
        "北纬52.0867° 东经4.2955°",
        "北緯52度5分12.12秒 東経4度17分43.8秒",
        "\u200e52.0867, 4.2955\u200f",
        "geo:52.0867,4.2955",
        "geo:52.0867,4.2955,12;u=35",
        "geo:52.0867,4.2955?z=17",
        "geo:0,0?q=52.0867,4.2955(Peace%20Palace)",
        "https://www.openstreetmap.org/#map=17/52.0867/4.2955",
        "https://www.openstreetmap.org/?mlat=52.0867&mlon=4.2955#map=19/52.1/4.3",
        "https://www.openstreetmap.org/node/42?mlat=52.0867&mlon=4.2955",
        "openstreetmap.org/#map=17/52.0867/4.2955&layers=N",
        "https://www.google.com/maps/@52.0867,4.2955,17z",
        "https://www.google.com/maps/place/Vredespaleis/@52.1,4.3,17z/data=!3m1!4b1!4m6!3m5!1s0x0:0x0!8m2!3d52.0867!4d4.2955!16z",
        "https://www.google.com/maps/place/52%C2%B005'12.1%22N+4%C2%B017'43.8%22E/@52.1,4.3,17z",
        "https://maps.google.com/?q=52.0867,4.2955",
        "https://www.google.com/maps/search/?api=1&query=52.0867%2C4.2955",
        "https://www.google.nl/maps/search/52.0867,+4.2955?entry=tts",
        "https://www.google.com/maps/dir//52.0867,4.2955",
        "https://maps.apple.com/?ll=52.0867,4.2955&q=Palace",
        "https://www.bing.com/maps?cp=52.0867~4.2955&lvl=17",
    ],
)
def test_every_usual_form_says_the_same_place(text: str) -> None:
    found = read(text)
    assert found is not None
    assert (round(found.lat, 4), round(found.lon, 4)) == (PALACE.lat, PALACE.lon)


@pytest.mark.parametrize(
    "text", ["-33.9249, 18.4241", "−33.9249 18.4241", "33.9249S 18.4241E", "33°55'29.64\"S 18°25'26.76\"E", "-33°55'29.64\", 18°25'26.76\""]
)  # fmt: skip
def test_the_south_is_the_south(text: str) -> None:
    found = read(text)
    assert found and (round(found.lat, 4), round(found.lon, 4)) == (CAPE.lat, CAPE.lon)


@pytest.mark.parametrize(
    "text",
    [
        "", "Peace Palace", "Carnegieplein 2", "52", "52.0867", "52.0867, 4.2955, 7", "2517 KJ", "1 2 3 4", "12N 13N", "5e3, 4",
        "https://example.org/", "https://maps.app.goo.gl/abcdef", "https://www.openstreetmap.org/node/42", "geo:", "海牙",
        "https://[::", "http://[x]/?q=1,2", "x" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_coordinates_is_left_to_the_search(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    "text", ["95, 4", "52, 181", "114.0683, 22.5455", "52°75'00\"N 4°17'00\"E", "geo:91,0", "https://osm.org/#map=5/99/4"]
)  # fmt: skip
def test_what_is_no_place_on_earth_is_refused(text: str) -> None:
    with pytest.raises(NotAPlace, match="no place on Earth"):
        read(text)


def test_an_address_of_a_map_that_moves_its_places_is_refused() -> None:
    with pytest.raises(NotAPlace) as refused:
        read("https://uri.amap.com/marker?q=22.5455,114.0683")
    assert refused.value.shifted


@given(places)
def test_what_we_write_is_read_back(place: Point) -> None:
    for written, close in ((decimal(place), 5.1e-6), (sexagesimal(place), 1.4e-5), (geo_uri(place), 5.1e-8)):
        found = read(written)
        assert found is not None
        assert abs(found.lat - place.lat) < close and abs(found.lon - place.lon) < close


@given(places)
def test_and_written_again_is_the_same(place: Point) -> None:
    for write in (decimal, sexagesimal, geo_uri):
        found = read(write(place))
        assert found is not None
        assert (again := read(write(found))) and write(again) == write(found)


@given(st.sampled_from(["", "https://", "geo:", "osm.org/", "N", "52.1, "]), st.text(max_size=80))
def test_any_text_is_read_or_refused(before: str, text: str) -> None:
    with contextlib.suppress(NotAPlace):
        read(before + text)
