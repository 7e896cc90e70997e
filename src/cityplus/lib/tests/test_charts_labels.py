"""Labels on charts: they keep off the marks, off each other and on the paper, whichever way their script runs."""

from __future__ import annotations

from itertools import combinations
from math import hypot, inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplus.lib.charts.boxes import Box, Stroke, cross
from cityplus.lib.charts.labels import GAP, Label, Placed, place
from cityplus.lib.charts.spread import spread
from cityplus.lib.charts.typeset import Line, anchor, extent, set_lines, wrapped
from cityplus.lib.charts.widths import text_width

PAPER = Box(0, 0, 800, 800)
REACH = 10.0

spots = st.tuples(st.floats(60, 740), st.floats(60, 740))


def label(x: float, y: float, width: float = 80, worth: float = inf) -> Label:
    return Label(x, y, REACH, width, 20, worth)


def test_a_lonely_label_stands_right_of_its_mark_without_a_leader() -> None:
    (placed,) = place([label(400, 400)], PAPER)
    assert placed is not None
    assert placed.side == 1
    assert placed.leader is None
    assert placed.box.left == pytest.approx(400 + REACH + GAP)
    assert placed.box.centre[1] == pytest.approx(400)


def test_at_the_edge_of_the_paper_a_label_turns_to_the_other_side() -> None:
    (placed,) = place([label(770, 400)], PAPER)
    assert placed is not None and placed.side == -1


def test_two_cities_in_almost_one_place_both_keep_their_names() -> None:
    found = place([label(400, 400), label(406, 404)], PAPER, marks=[Box.at(400, 400, REACH), Box.at(406, 404, REACH)])
    one, other = found
    assert one and other and not one.box.meets(other.box)


@given(st.lists(spots, min_size=2, max_size=9, unique=True))
def test_where_there_is_room_no_label_covers_another_or_leaves_the_paper(places: list[tuple[float, float]]) -> None:
    found = place([label(x, y) for x, y in places], PAPER)
    assert all(spot and spot.box.within(PAPER) for spot in found)
    boxes = [spot.box for spot in found if spot]
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))


@given(st.lists(spots, min_size=1, max_size=9))
def test_the_same_input_gives_the_same_spots(places: list[tuple[float, float]]) -> None:
    wanted = [label(x, y) for x, y in places]
    assert place(wanted, PAPER) == place(wanted, PAPER)


def test_in_a_crowd_what_is_worth_less_is_left_out() -> None:
    paper = Box(0, 0, 130, 40)
    wanted = [label(20, 20, 90, worth=20), label(22, 20, 90, worth=90)]
    assert [spot is None for spot in place(wanted, paper)] == [True, False]


def test_a_label_that_fits_nowhere_is_left_out_whatever_it_is_worth() -> None:
    assert place([label(20, 20, width=900)], PAPER) == [None]


def test_labels_rather_do_not_stand_on_a_line() -> None:
    line: Stroke = ((400, 400), (780, 400))
    (placed,) = place([label(400, 400)], PAPER, lines=[line])
    assert placed is not None and not placed.box.crossed(line)


def test_a_label_far_from_its_mark_has_a_leader_to_its_rim() -> None:
    wall = [Box(x, y, x + 30, y + 30) for x in range(340, 460, 30) for y in range(340, 460, 30)]
    around = [box for box in wall if not box.meets(Box.at(400, 400, REACH))]
    (placed,) = place([label(400, 400)], PAPER, marks=around)
    assert placed is not None and placed.leader is not None
    (x, y), _ = placed.leader
    assert hypot(x - 400, y - 400) == pytest.approx(REACH)


@pytest.mark.parametrize(
    ("stroke", "through"),
    [
        (((0, 5), (20, 5)), True),
        (((0, 0), (20, 20)), True),
        (((0, 30), (20, 30)), False),
        (((5, 0), (5, 20)), False),
        (((12, 0), (12, 20)), True),
        (((0, 11), (11, 30)), False),
    ],
)
def test_a_stroke_runs_through_a_box_or_past_it(stroke: Stroke, through: bool) -> None:
    assert Box(10, 2, 15, 12).crossed(stroke) is through


def test_strokes_cross_but_touching_ends_do_not_count() -> None:
    assert cross(((0, 0), (10, 10)), ((0, 10), (10, 0)))
    assert not cross(((0, 0), (10, 10)), ((10, 10), (20, 0)))
    assert not cross(((0, 0), (1, 1)), ((0, 10), (10, 0)))


@given(st.lists(st.tuples(st.floats(100, 140), st.floats(100, 140)), min_size=2, max_size=12))
def test_marks_part_but_stay_near_their_places(places: list[tuple[float, float]]) -> None:
    found = spread(places, gap=20, most=18, paper=PAPER)
    assert all(hypot(x - u, y - v) <= 18 + 1e-6 for (x, y), (u, v) in zip(found, places, strict=True))


def test_marks_in_one_place_part_as_far_as_asked() -> None:
    one, other = spread([(400, 400), (400, 400)], gap=20, most=18, paper=PAPER)
    assert hypot(one[0] - other[0], one[1] - other[1]) == pytest.approx(20, abs=0.2)


def test_marks_that_stand_well_apart_do_not_move() -> None:
    places = [(100.0, 100.0), (200.0, 100.0)]
    assert spread(places, gap=20, most=18, paper=PAPER) == places


@pytest.mark.parametrize(
    ("side", "rtl", "wanted"),
    [(1, False, "start"), (-1, False, "end"), (1, True, "end"), (-1, True, "start"), (0, False, "middle"), (0, True, "middle")],
)  # fmt: skip
def test_the_anchor_allows_for_scripts_that_run_from_the_right(side: int, rtl: bool, wanted: str) -> None:
    assert anchor(side, rtl) == wanted


def test_lines_stand_below_each_other_flush_with_their_mark() -> None:
    lines = [Line("الشارقة", 20, "ar", True), Line("Sharjah", 16, "en", False, "second")]
    own, second = set_lines(Placed(Box(100, 50, 200, 94), 1, None), lines)
    assert (own.x, own.anchor, own.direction) == (100, "end", "rtl")
    assert (second.x, second.anchor, second.direction) == (100, "start", "ltr")
    assert 50 < own.y < second.y < 94


def test_a_wide_line_is_wrapped_into_two_of_nearly_the_same_length() -> None:
    line = Line("Oude Kerk van Scheveningen", 18, "nl", False)
    halves = wrapped(line, 170)
    assert [half.words for half in halves] == ["Oude Kerk van", "Scheveningen"]
    assert extent(halves)[0] < extent([line])[0]
    assert wrapped(line, 1000) == [line]
    assert wrapped(Line("Scheveningen", 18, "nl", False), 10)[0].words == "Scheveningen"


@pytest.mark.parametrize(
    ("words", "measured"),
    [
        ("Grote of Sint-Jacobskerk", 10.52),
        ("Пловдив", 3.92),
        ("الشارقة", 3.35),
        ("中山公园", 4.0),
        ("9,302 km", 3.89),
    ],
)
def test_widths_are_near_what_a_browser_measures_and_rather_too_wide(words: str, measured: float) -> None:
    assert measured <= text_width(words, 1) <= measured * 1.25


def test_marks_upon_letters_and_signs_of_direction_take_no_room() -> None:
    assert text_width("e\u0301", 10) == text_width("e", 10)
    assert text_width("\u200f", 10) == 0
