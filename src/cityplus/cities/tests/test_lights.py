"""The lights of all members: packed for the globe, drawn for the directory."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from conftest import launch, make_city
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from cityplus.cities.lights import frame, lights, pack
from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.lib.charts import world


def unpack(packed: bytes) -> list[tuple[float, float, int]]:
    """As the globe does it: latitude, longitude, magnitude."""
    found, cell, number, shift = [], 0, 0, 0
    for byte in packed:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            cell += number >> 4
            row, column = divmod(cell, 3600)
            found.append((row / 10 - 89.95, column / 10 - 179.95, number & 15))
            number = shift = 0
    return found


@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180), st.integers(0, 40_000_000)), max_size=30))
def test_every_light_comes_back_in_its_place(places: list[tuple[float, float, int]]) -> None:
    found = unpack(pack(places))
    assert len(found) == len(places)
    for lat, lon, _ in places:
        assert any(abs(lat - a) <= 0.0501 and min(abs(lon - b), 360 - abs(lon - b)) <= 0.0501 for a, b, _ in found), (
            lat,
            lon,
        )


def test_larger_cities_are_brighter_and_none_is_dark() -> None:
    (*_, small), (*_, large) = unpack(pack([(0, 0, 0), (10, 10, 20_000_000)]))
    assert (small, large) == (3, 15)


def test_launched_cities_shine_and_no_others(thehague: City, plovdiv: City, stranger: Client) -> None:
    answer = stranger.get("/cities/lights.bin")
    [(lat, lon, _)] = unpack(answer.content)
    assert (round(lat), round(lon)) == (52, 4)


def test_a_new_member_is_a_new_version(thehague: City, plovdiv: City, stranger: Client) -> None:
    before = lights().version
    kept = stranger.get(f"/cities/lights.bin?v={before}")
    assert "immutable" in kept.headers["Cache-Control"]
    again = stranger.get("/cities/lights.bin", headers={"if-none-match": kept.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    launch(plovdiv)
    assert lights().version != before
    answer = stranger.get(f"/cities/lights.bin?v={before}", headers={"if-none-match": kept.headers["ETag"]})
    assert answer.status_code == 200
    assert "immutable" not in answer.headers["Cache-Control"]
    assert len(unpack(answer.content)) == 2


def dots(client: Client, query: str = "") -> int:
    answer = client.get(f"/cities/lights.svg{query}")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    path = ET.fromstring(answer.content)[0].attrib["d"]  # noqa: S314 - our own
    return path.count("h0")


def test_the_layer_of_the_map_fits_the_filters(thehague: City, shenzhen: City, plovdiv: City, stranger: Client) -> None:
    assert dots(stranger) == 2
    assert dots(stranger, "?country=CN") == 1
    assert dots(stranger, "?country=BG") == 0


def test_the_map_asks_for_the_layer_of_its_filters(thehague: City, stranger: Client) -> None:
    page = stranger.get("/nl/cities/?country=NL&language=").content.decode()
    assert re.search(r'<image href="/cities/lights\.svg\?country=NL"', page)


def far(handle: str, lat: float, lon: float) -> City:
    return launch(make_city(handle, Text.of("en", en=handle.title()), lat=lat, lon=lon))


@pytest.mark.parametrize(
    "places",
    [
        [(52.1, 4.3), (22.5, 114.1)],
        [(-13.8, -171.8)],
        [(-21.1, -175.2), (78.2, 15.6), (19.7, -155.1)],
        [(0.0, 0.0)],
        [(-54.8, -68.3), (64.7, 177.5)],
    ],
)
def test_every_member_is_on_the_map(db: None, places: list[tuple[float, float]]) -> None:
    cities = [far(f"city{i}", *place) for i, place in enumerate(places)]
    view = frame()
    for city in cities:
        x, y = view.spot(city.point)
        assert 0 < x < world.WIDTH and 0 < y < world.HEIGHT


def test_members_in_usual_places_leave_the_usual_frame(thehague: City, shenzhen: City) -> None:
    assert frame() == world.World.around([]) == world.World.around([thehague.point, shenzhen.point])


def test_without_members_there_is_a_frame(db: None) -> None:
    assert frame() == world.World.around([])
