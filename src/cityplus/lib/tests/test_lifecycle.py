"""Life cycles: what is drawn is what one may do."""

from __future__ import annotations

import pytest

from cityplus.lib.lifecycle import LifeCycle, LifeCycleError

CITY = """
    invited -> preparing -> ready -> launched -> dormant
    ready -> preparing
    dormant -> launched
"""


def test_the_drawing_says_first_stage_and_choices_in_order() -> None:
    life = LifeCycle(CITY)
    assert life.first == "invited"
    assert [stage for stage, _ in life.choices] == ["invited", "preparing", "ready", "launched", "dormant"]


@pytest.mark.parametrize(
    ("before", "after"),
    [("invited", "preparing"), ("ready", "preparing"), ("ready", "launched"), ("dormant", "launched")],
)
def test_a_drawn_step_is_allowed(before: str, after: str) -> None:
    LifeCycle(CITY).check(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [("invited", "launched"), ("launched", "ready"), ("launched", "launched"), ("nowhere", "ready"), ("ready", "gone")],
)
def test_a_step_that_is_not_drawn_is_refused(before: str, after: str) -> None:
    with pytest.raises(LifeCycleError, match=f"from {before} one cannot go to {after}"):
        LifeCycle(CITY).check(before, after)


def test_the_refusal_names_the_ways_there_are() -> None:
    with pytest.raises(LifeCycleError, match="only to launched, preparing"):
        LifeCycle(CITY).check("ready", "dormant")
    with pytest.raises(LifeCycleError, match="only to nowhere"):
        LifeCycle("a -> b").check("b", "a")


def test_a_stage_that_no_way_leads_to_is_found_when_the_class_is_made() -> None:
    with pytest.raises(LifeCycleError, match="no way leads to lost, stray"):
        LifeCycle("draft -> published\nstray -> lost\nlost -> published")


@pytest.mark.parametrize("drawing", ["", "   \n  ", "alone", "a -> ", "a - b", "a -> b c"])
def test_what_is_no_drawing_is_refused(drawing: str) -> None:
    with pytest.raises(LifeCycleError):
        LifeCycle(drawing)
