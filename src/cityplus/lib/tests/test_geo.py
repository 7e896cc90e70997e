"""Distances, directions and frames: checked against places whose distance one can look up."""

from __future__ import annotations

from itertools import combinations
from math import cos, hypot, isclose, pi, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplus.lib.geo import (
    EARTH_RADIUS,
    Frame,
    Point,
    azimuthal,
    distance,
    length,
)

THE_HAGUE = Point(52.0767, 4.2986)
SHENZHEN = Point(22.5455, 114.0683)
AROUND = 2 * pi * EARTH_RADIUS

anywhere = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
in_one_city = st.builds(Point, st.floats(52.0, 52.2), st.floats(4.2, 4.5))


def test_the_hague_and_shenzhen_are_9300_kilometres_apart() -> None:
    assert distance(THE_HAGUE, SHENZHEN) == pytest.approx(9_300_000, rel=0.01)


@pytest.mark.parametrize(
    ("a", "b", "metres"),
    [
        (Point(0, 0), Point(0, 90), AROUND / 4),
        (Point(90, 0), Point(-90, 0), AROUND / 2),
        (Point(0, 179.5), Point(0, -179.5), AROUND / 360),  # one degree across the antimeridian
        (Point(52.3791, 4.9003), Point(48.8809, 2.3553), 430_000),  # Amsterdam Centraal, Paris Nord
    ],
)
def test_known_distances(a: Point, b: Point, metres: float) -> None:
    assert distance(a, b) == pytest.approx(metres, rel=0.005)


@given(anywhere, anywhere)
def test_distance_is_even_handed_and_never_more_than_half_way_round(a: Point, b: Point) -> None:
    assert isclose(distance(a, b), distance(b, a), abs_tol=1e-3)
    assert 0 <= distance(a, b) <= AROUND / 2 + 1
    assert distance(a, a) == 0


@given(anywhere, anywhere, anywhere)
def test_a_way_round_is_never_shorter(a: Point, b: Point, c: Point) -> None:
    assert length([a, b, c]) >= distance(a, c) - 1


def test_a_track_of_one_point_has_no_length() -> None:
    assert length([THE_HAGUE]) == length([]) == 0


@pytest.mark.parametrize(
    ("lat", "lon"), [(90.1, 0), (-91, 0), (0, 180.5), (0, -181), (114.07, 22.5), (float("nan"), 0), (0, float("inf"))]
)
def test_what_is_no_place_is_refused_with_the_reason(lat: float, lon: float) -> None:
    with pytest.raises(ValueError, match="latitude first"):
        Point(lat, lon)


@given(anywhere, anywhere)
def test_a_star_chart_keeps_the_distance_from_its_centre(centre: Point, star: Point) -> None:
    arc = distance(centre, star) / EARTH_RADIUS
    if arc < pi - 1e-3:  # the antipode has no direction
        assert hypot(*azimuthal(centre, star)) == pytest.approx(arc, abs=1e-6)


def test_a_star_chart_keeps_the_direction_from_its_centre() -> None:
    east, north = azimuthal(THE_HAGUE, SHENZHEN)
    assert east > 0
    assert north > 0  # the great circle leaves The Hague to the north-east, over Siberia
    assert azimuthal(THE_HAGUE, THE_HAGUE) == (0.0, 0.0)


@given(st.lists(in_one_city, min_size=1, max_size=22))
def test_a_frame_holds_all_points_inside_its_margins(points: list[Point]) -> None:
    frame = Frame.around(points, 800, 500, 40)
    for point in points:
        x, y = frame.place(point)
        assert 40 - 1e-3 <= x <= 760 + 1e-3
        assert 40 - 1e-3 <= y <= 460 + 1e-3


@given(st.lists(in_one_city, min_size=2, max_size=6, unique=True))
def test_a_frame_is_true_to_scale_in_both_directions(points: list[Point]) -> None:
    frame = Frame.around(points, 800, 500, 40)
    for a, b in combinations(points, 2):
        drawn = hypot(*(u - v for u, v in zip(frame.place(a), frame.place(b), strict=True)))
        # A flat map of a city is off by what the cosine changes over its height: a few parts in a thousand.
        assert drawn * frame.metres_per_unit == pytest.approx(distance(a, b), rel=0.01, abs=0.5)


def test_north_is_up_and_east_is_right() -> None:
    frame = Frame.around([Point(52.0, 4.2), Point(52.1, 4.4)], 800, 500, 40)
    (west_x, south_y), (east_x, north_y) = frame.place(Point(52.0, 4.2)), frame.place(Point(52.1, 4.4))
    assert west_x < east_x
    assert north_y < south_y


def test_one_point_stands_in_the_middle() -> None:
    frame = Frame.around([THE_HAGUE], 800, 500, 40)
    assert frame.place(THE_HAGUE) == pytest.approx((400, 250))
    assert frame.squeeze == pytest.approx(cos(radians(THE_HAGUE.lat)))


def test_a_frame_around_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one point"):
        Frame.around([], 800, 500, 40)
