"""A well-chosen few: large and far apart, or near."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import launch, make_city
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from cityplus.cities.choosing import _box, far_apart, nearest
from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.lib.geo import EARTH_RADIUS, Point, distance

pytestmark = pytest.mark.django_db


def town(handle: str, lat: float, lon: float, population: int = 0) -> City:
    return launch(make_city(handle, Text.of("en", en=handle.title()), lat=lat, lon=lon, population=population))


def handles(cities: list[City]) -> list[str]:
    return [city.handle for city in cities]


def test_of_few_all_are_chosen(thehague: City, shenzhen: City) -> None:
    assert handles(far_apart(City.objects.all(), 5)) == ["thehague", "shenzhen"]


def test_of_many_the_largest_and_those_far_from_it() -> None:
    town("paris", 48.9, 2.4, 9_000_000)
    for i in range(6):
        town(f"suburb{i}", 48.8 + i / 50, 2.3, 1_000_000 - i)
    town("tokyo", 35.7, 139.7, 500_000)
    town("lima", -12, -77, 400_000)
    assert handles(far_apart(City.objects.all(), 3)) == ["paris", "tokyo", "lima"]


def test_small_places_beyond_the_candidates_are_not_looked_at() -> None:
    for i in range(8):
        town(f"large{i}", 10 + i, 10, 1000 + i)
    town("far", -80, -170, 1)
    assert "far" not in handles(far_apart(City.objects.all(), 2))


def test_the_nearest_come_first_and_the_city_itself_is_not_among_them() -> None:
    centre = town("centre", 52, 4)
    town("close", 52.1, 4.1)
    town("closer", 52.05, 4)
    town("away", 40, 4)
    assert handles(nearest(City.objects.all(), centre, 2)) == ["closer", "close"]
    assert handles(nearest(City.objects.all(), centre, 9)) == ["closer", "close", "away"]


def test_across_the_date_line_and_at_the_pole() -> None:
    suva, apia = town("suva", -18, 179.5), town("apia", -13.8, -171.8)
    town("nadi", -17.8, 177.4)
    assert handles(nearest(City.objects.all(), suva, 2)) == ["nadi", "apia"]
    assert handles(nearest(City.objects.all(), apia, 1)) == ["suva"]
    pole = town("pole", 89.9, 0)
    town("beyond", 88, 180)
    assert handles(nearest(City.objects.all(), pole, 1)) == ["beyond"]


def test_beyond_64_degrees_nobody_is_near() -> None:
    centre = town("centre", 0, 0)
    town("antipode", 0, 179)
    assert nearest(City.objects.all(), centre, 3) == []


def test_near_others_one_look_is_enough() -> None:
    centre = town("centre", 52, 4)
    for i in range(5):
        town(f"town{i}", 52 + i / 100, 4.1)
    with CaptureQueriesContext(connection) as caught:
        nearest(City.objects.all(), centre, 3)
    assert len(caught) == 2


places = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(places, st.lists(places, max_size=6), st.sampled_from([1.0, 4.0, 16.0, 64.0]))
def test_the_box_holds_everything_that_near(
    centre: tuple[float, float], others: list[tuple[float, float]], reach: float
) -> None:
    at = Point(*centre)
    box = _box(at, reach)
    for lat, lon in others:
        near = distance(at, Point(lat, lon)) <= reach / 180 * 3.14159 * EARTH_RADIUS
        assert not near or _holds(box, lat, lon)


def _holds(box: Q, lat: float, lon: float) -> bool:
    """What the database would answer."""
    answers = [_holds(part, lat, lon) if isinstance(part, Q) else _true(part, lat, lon) for part in box.children]
    return any(answers) if box.connector == Q.OR else all(answers)


def _true(condition: Any, lat: float, lon: float) -> bool:
    name, limit = condition
    value = {"lat": lat, "lon": lon}[name[:3]]
    return bool(value >= limit if name.endswith("gte") else value <= limit)
