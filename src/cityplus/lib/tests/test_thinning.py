"""A thinned track keeps its shape: no point that was left out lies farther from it than the tolerance."""

from __future__ import annotations

from array import array
from itertools import pairwise
from math import cos, hypot, radians, sin

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cityplus.lib.thinning import Thinner, thinned

METRE = 1 / 111_195
STEPS = st.lists(st.tuples(st.integers(-30, 30), st.integers(-30, 30)), min_size=1, max_size=60)


def track(steps: list[tuple[int, int]], lat: float = 52.0, lon: float = 4.0) -> list[tuple[float, float]]:
    """Places of a way that goes so many metres north and east at each step."""
    places = [(lat, lon)]
    for north, east in steps:
        before = places[-1]
        places.append((before[0] + north * METRE, before[1] + east * METRE / cos(radians(lat))))
    return places


def metres_beside(place: tuple[float, float], line: list[tuple[float, float]]) -> float:
    def flat(other: tuple[float, float]) -> tuple[float, float]:
        return (other[0] - place[0]) / METRE, (other[1] - place[1]) / METRE * cos(radians(place[0]))

    best = min(hypot(*flat(end)) for end in line)
    for start, end in pairwise(line):
        (a, b), (c, d) = flat(start), flat(end)
        long = (c - a) ** 2 + (d - b) ** 2
        along = max(0.0, min(1.0, -(a * (c - a) + b * (d - b)) / long)) if long else 0.0
        best = min(best, hypot(a + along * (c - a), b + along * (d - b)))
    return best


def pairs(flat: array[float]) -> list[tuple[float, float]]:
    return list(zip(flat[::2], flat[1::2], strict=True))


@given(STEPS, st.sampled_from([2.0, 5.0, 20.0]))
@example([(0, 30)] * 9 + [(0, -30)] * 18, 5.0)  # there and back, and farther
@example([(30, 0), (-30, 3)] * 10, 5.0)
@example([(24, 12), (-24, -25)], 20.0)  # out, and back past where it began
def test_no_point_lies_farther_from_the_thinned_track_than_the_tolerance(
    steps: list[tuple[int, int]], tolerance: float
) -> None:
    places = track(steps)
    thinner = Thinner(tolerance)
    for place in places:
        thinner.add(*place)
    kept = pairs(thinner.finish())
    assert kept[0] == places[0]
    assert kept[-1] == places[-1]
    assert max(metres_beside(place, kept) for place in places) <= tolerance * 1.01


def test_a_straight_way_keeps_its_ends_alone() -> None:
    thinner = Thinner(5)
    for place in track([(1, 1)] * 10_000):
        thinner.add(*place)
    assert len(pairs(thinner.finish())) == 2
    assert thinner.count == 10_001


def test_a_circle_keeps_enough_to_be_round() -> None:
    places = [(52 + 500 * METRE * sin(radians(a)), 4 + 812 * METRE * cos(radians(a))) for a in range(361)]
    flat = array("d", [value for place in places for value in place])
    assert 12 <= len(pairs(thinned(flat, 5))) <= 60


@pytest.mark.parametrize(("start", "end"), [(179.99, -179.99), (-179.99, 179.99)])
def test_the_line_of_dates_is_no_corner(start: float, end: float) -> None:
    middle = [180.0, -180.0] if start > 0 else [-180.0, 180.0]
    flat = array("d", [value for lon in (start, *middle, end) for value in (10.0, lon)])
    assert pairs(thinned(flat, 5)) == [(10.0, start), (10.0, end)]
