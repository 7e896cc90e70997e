"""The sketch of a route: true to scale, marks apart, a round scale bar in a free corner."""

from __future__ import annotations

from itertools import combinations
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplus.lib.charts import sketch
from cityplus.lib.geo import Point, distance

HOFVIJVER, VREDESPALEIS, PIER = Point(52.0807, 4.3124), Point(52.0866, 4.2955), Point(52.1170, 4.2795)
ROUTE = [HOFVIJVER, VREDESPALEIS, PIER]

stops = st.lists(st.builds(Point, st.floats(52, 52.1), st.floats(4.2, 4.4)), min_size=1, max_size=25)


def test_north_is_up_and_the_scale_is_true() -> None:
    found = sketch.sketch(ROUTE, [[], []])
    hofvijver, _, pier = (mark.true for mark in found.marks)
    assert pier[1] < hofvijver[1] and pier[0] < hofvijver[0]
    units = hypot(pier[0] - hofvijver[0], pier[1] - hofvijver[1])
    assert units / found.bar.length * found.bar.metres == pytest.approx(distance(HOFVIJVER, PIER), rel=0.01)


@given(stops)
def test_every_mark_is_on_the_paper_and_near_its_place(route: list[Point]) -> None:
    found = sketch.sketch(route, [[] for _ in route[1:]])
    for mark in found.marks:
        assert sketch.REACH <= mark.spot[0] <= sketch.WIDTH - sketch.REACH
        assert sketch.REACH <= mark.spot[1] <= sketch.HEIGHT - sketch.REACH
        assert hypot(mark.spot[0] - mark.true[0], mark.spot[1] - mark.true[1]) <= 18 + 1e-6


def test_stops_of_one_square_can_be_told_apart() -> None:
    square = [Point(52.0807, 4.3124), Point(52.0808, 4.3125), PIER]
    one, other, _ = sketch.sketch(square, [[], []]).marks
    assert one.pushed and other.pushed
    assert hypot(one.spot[0] - other.spot[0], one.spot[1] - other.spot[1]) > 2 * sketch.REACH


def test_a_drawn_track_is_followed_and_an_undrawn_leg_is_straight() -> None:
    track = [Point(52.084, 4.312), Point(52.086, 4.303)]
    drawn, straight = sketch.sketch(ROUTE, [track, []]).ways
    assert drawn.drawn and len(drawn.strokes) == 3
    assert not straight.drawn and len(straight.strokes) == 1


def test_a_route_steps_aside_for_its_crowd_by_no_more_than_its_margin() -> None:
    crowd = [Point(52.08 + i / 1000, 4.39) for i in range(9)]
    found = sketch.sketch([*crowd, Point(52.085, 4.2)], [[] for _ in crowd])
    alone = sketch.sketch([crowd[0], Point(52.085, 4.2)], [[]])
    assert alone.marks[0].true[0] - found.marks[0].true[0] == pytest.approx(40, abs=2)


def test_scale_bar_and_north_mark_stand_off_the_stops() -> None:
    found = sketch.sketch(ROUTE, [[], []])
    boxes = [mark.box for mark in found.marks]
    assert not any(box.meets(free) for box in boxes for free in (found.bar.box, found.north_box))
    assert not any(one.meets(other) for one, other in combinations([found.bar.box, found.north_box], 2))


@pytest.mark.parametrize(
    ("most", "round_one"), [(1, 1), (1.9, 1), (7, 5), (149, 100), (260, 200), (5600, 5000), (0.3, 0.2)]
)
def test_the_scale_bar_has_a_round_length(most: float, round_one: float) -> None:
    assert sketch.round_length(most) == pytest.approx(round_one)


def test_a_route_without_stops_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="at least one point"):
        sketch.sketch([], [])
