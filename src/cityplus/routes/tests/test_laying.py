"""How places and tracks of a file become stops and legs: in the right order, by the right passing, over no gap."""

from __future__ import annotations

from array import array
from math import cos, pi, sin
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplus.lib.geo import Point
from cityplus.lib.thinning import Thinner
from cityplus.routes.formats.laying import Laid, lay
from cityplus.routes.formats.reading import Finds, Line, Place
from cityplus.routes.formats.way import MOST_POINTS, Way, matched

METRE = 1 / 111_195
LAT, LON = 52.0, 4.0


def at(north: float, east: float) -> Point:
    """A place so many metres from a corner of the town."""
    return Point(LAT + north * METRE, LON + east * METRE / cos(LAT * pi / 180))


def line(*places: tuple[float, float], name: str = "", route: bool = False) -> Line:
    points = [at(*place) for place in places]
    return Line(name, array("d", [value for p in points for value in (p.lat, p.lon)]), route)


def finds(places: dict[str, tuple[float, float]], *lines: Line) -> Finds:
    found = Finds("gpx")
    for name, place in places.items():
        found.place(Place(at(*place), name))
    found.lines += lines
    return found


def names(laid: Laid) -> list[str]:
    return [stop.place.name for stop in laid.stops]


def eastings(laid: Laid, index: int) -> list[int]:
    """The track that leads to a stop, as metres to the east."""
    return [round((lon - LON) / METRE * cos(LAT * pi / 180)) for _, lon in laid.stops[index].track]


def test_each_leg_is_its_part_of_the_track() -> None:
    laid = lay(
        finds({"A": (0, 0), "B": (0, 1000), "C": (0, 2000)}, line((0, 0), (90, 500), (0, 1000), (90, 1500), (0, 2000)))
    )
    assert names(laid) == ["A", "B", "C"]
    assert [eastings(laid, i) for i in range(3)] == [[], [500], [1500]]


def test_a_loop_ends_where_it_began() -> None:
    square = line((0, 0), (0, 1000), (1000, 1000), (1000, 0), (0, 0))
    laid = lay(finds({"Door": (0, 0), "Corner": (1000, 1000), "Home": (0, 1)}, square))
    assert names(laid) == ["Door", "Corner", "Home"]
    assert [eastings(laid, i) for i in (1, 2)] == [[1000], [0]]


def test_there_and_back_takes_the_passing_that_fits_the_order() -> None:
    way = line((0, 0), (0, 1000), (0, 2000), (0, 1000), (0, 0))
    laid = lay(finds({"A": (0, 0), "Turn": (0, 2000), "Cafe": (5, 1000)}, way))
    assert names(laid) == ["A", "Turn", "Cafe"]
    assert eastings(laid, 1) == [1000]
    assert eastings(laid, 2) == [1000]


def test_places_in_another_order_than_the_track_follow_it_and_it_is_said() -> None:
    laid = lay(finds({"C": (0, 2000), "A": (0, 0), "B": (0, 1000)}, line((0, 0), (0, 2000))))
    assert names(laid) == ["A", "B", "C"]
    assert laid.notices == ["The stops stand in the order in which the track passes them, not in that of the file."]


def test_a_place_far_from_the_track_keeps_its_place_in_the_file_and_its_legs_are_not_drawn() -> None:
    laid = lay(finds({"A": (0, 0), "Far": (3000, 500), "B": (0, 1000), "C": (0, 2000)}, line((0, 0), (0, 2000))))
    assert names(laid) == ["A", "Far", "B", "C"]
    assert [bool(stop.track) for stop in laid.stops] == [False, False, False, True]


def test_over_a_gap_nothing_is_drawn() -> None:
    laid = lay(
        finds({"A": (0, 0), "B": (0, 1000), "C": (0, 2000)}, line((0, 0), (0, 1000)), line((0, 1300), (0, 2000)))
    )
    assert [bool(stop.track) for stop in laid.stops] == [False, True, False]
    near = lay(finds({"A": (0, 0), "B": (0, 2000)}, line((0, 0), (0, 1000)), line((0, 1050), (0, 2000))))
    assert eastings(near, 1) == [1000, 1050]


def test_tracks_that_follow_each_other_share_a_stop_and_those_apart_do_not() -> None:
    morning = line((0, 0), (0, 1000), name="Morning")
    noon, night = line((0, 1010), (0, 2000), name="Noon"), line((0, 5000), (0, 6000), name="Night")
    laid = lay(finds({}, morning, noon, night))
    assert names(laid) == ["Start", "Noon", "End of Noon", "Night", "End"]
    assert [bool(stop.track) for stop in laid.stops] == [False, True, True, False, True]


def test_a_recording_that_broke_off_often_has_two_ends() -> None:
    parts = [line((0, n * 100), (0, n * 100 + 90), name="Day") for n in range(40)]
    assert names(lay(finds({}, *parts))) == ["Start", "End"]


def test_a_single_named_place_stands_between_the_ends_of_the_track() -> None:
    laid = lay(finds({"Mill": (10, 1000)}, line((0, 0), (0, 2000))))
    assert names(laid) == ["Start", "Mill", "End"]


def test_nameless_places_beside_named_ones_are_left() -> None:
    found = finds({"A": (0, 0), "B": (0, 1000)})
    found.place(Place(at(0, 500)))
    assert names(lay(found)) == ["A", "B"]
    assert [thing.reason for thing in found.unused] == ["1 points without a name, beside places that have one."]


def test_names_are_given_in_the_language_of_the_file_and_notices_in_the_readers() -> None:
    found = Finds("gpx", places=[Place(at(0, 0)), Place(at(0, 900))])
    assert lay(found, "en").notices == ["2 points had no name and are called by their number."]


def test_a_track_of_many_bends_is_thinned_until_it_can_be_sent_with_a_page() -> None:
    dice = Random(3)  # noqa: S311 no secret
    crooked = line(*[(dice.uniform(0, 400), n) for n in range(60_000)])
    way = Way([crooked])
    assert len(way) <= MOST_POINTS
    assert way.tolerance > 5


@given(st.lists(st.floats(0, 1), min_size=2, max_size=12), st.floats(0, 100))
def test_spots_never_go_back(shares: list[float], aside: float) -> None:
    """Whatever the stops, those that are matched stand along the way in their order, and no farther from it than they lie."""
    thinner = Thinner(5)
    for step in range(400):
        place = at(800 * sin(step / 30), 800 * cos(step / 47))
        thinner.add(place.lat, place.lon)
    way = Way([Line("", thinner.finish())])
    points = [way.point(int(share * (len(way) - 1))) for share in shares]
    stops = [Point(point.lat + aside * METRE, point.lon) for point in points]
    spots = [spot for spot in matched(way, stops) if spot]
    assert spots
    assert all(spot.beside <= aside + 1 for spot in spots) or len(spots) > 1
    assert [spot.along for spot in spots] == sorted(spot.along for spot in spots)


@pytest.mark.parametrize("count", [0, 1])
def test_a_way_of_nothing_matches_nothing(count: int) -> None:
    way = Way([Line("", array("d", [LAT, LON] * count))] if count else [])
    assert matched(way, [at(0, 0), at(0, 100)]) == [None, None]
