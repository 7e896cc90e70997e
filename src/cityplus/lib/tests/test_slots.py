"""Timetables of meetings: what must hold always holds, they are fair, and change little when something changes."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cityplus.lib.slots import Hall, Pair, Party, Problem, fairness, faults, met, most, pair, repair, solve

KEYS = "abcdefgh"


@st.composite
def problems(draw: st.DrawFn, parties: int = 8) -> Problem:
    runs = tuple(draw(st.lists(st.integers(1, 3), min_size=1, max_size=2)))
    halls = tuple(Hall(key, draw(st.integers(0, 3)), draw(st.integers(0, 2))) for key in "xyz")
    keys = KEYS[: draw(st.integers(2, parties))]
    slots = st.frozensets(st.integers(0, sum(runs) - 1))
    wishes = st.lists(st.sampled_from(KEYS), max_size=5, unique=True).map(tuple)
    no = st.frozensets(st.sampled_from(keys), max_size=1)
    members = [Party(key, draw(st.sampled_from("xyz")), draw(slots), draw(wishes), draw(no)) for key in keys]
    return Problem(runs, halls, tuple(members), draw(st.integers(0, 2)))


def everybody(number: int, slots: int, **wishes: str) -> Problem:
    """So many parties in one hall with tables enough, each of them there all the time."""
    there = frozenset(range(slots))
    parties = [Party(key, "x", there, tuple(wishes.get(key, ""))) for key in KEYS[:number]]
    return Problem((slots,), (Hall("x", number),), tuple(parties))


@given(problems())
@settings(max_examples=300, deadline=None)
def test_what_must_hold_holds(problem: Problem) -> None:
    found = solve(problem)
    assert faults(problem, found) == []
    assert set(found) <= set(problem.wanted())
    assert sum(fairness(problem, found)) == sum(met(problem, found).values())


@given(problems(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_in_which_parties_are_told_changes_nothing(problem: Problem, dice: random.Random) -> None:
    mixed = list(problem.parties)
    dice.shuffle(mixed)
    assert solve(replace(problem, parties=tuple(mixed))) == solve(problem)


@given(problems())
@settings(max_examples=200, deadline=None)
def test_no_meeting_in_place_of_another_would_be_fairer(problem: Problem) -> None:
    found = solve(problem)
    best = fairness(problem, found)
    for both in set(problem.wanted()) - set(found):
        for slot in range(sum(problem.runs)):
            for without in [None, *found]:
                other = {key: when for key, when in found.items() if key != without} | {both: slot}
                assert faults(problem, other) or fairness(problem, other) <= best


def test_small_meetings_are_nearly_always_as_fair_as_they_can_be() -> None:
    dice = random.Random(5)  # noqa: S311
    pairs = []
    for _ in range(40):
        there = [frozenset(dice.sample(range(3), dice.choice([1, 2, 3]))) for _ in range(5)]
        members = [
            Party(key, dice.choice("xy"), there[n], tuple(dice.sample("abcde", 3))) for n, key in enumerate("abcde")
        ]
        problem = Problem((3,), (Hall("x", 1, 1), Hall("y", 1, 1)), tuple(members))
        pairs.append((fairness(problem, solve(problem)), _fairest(problem)))
    assert sum(ours == best for ours, best in pairs) >= 35
    assert sum(sum(ours) for ours, _ in pairs) >= 0.98 * sum(sum(best) for _, best in pairs)


def _fairest(problem: Problem) -> list[int]:
    """By trying all there are."""
    best: list[int] = []
    todo: list[tuple[list[Pair], dict[Pair, int]]] = [(list(problem.wanted()), {})]
    while todo:
        left, so_far = todo.pop()
        best = max(best, fairness(problem, so_far))
        for number, both in enumerate(left):
            for slot in range(3):
                more = so_far | {both: slot}
                if not faults(problem, more):
                    todo.append((left[number + 1 :], more))
    return best


def test_nobody_has_a_second_meeting_while_somebody_could_have_a_first() -> None:
    """Everybody wants a, who has two slots; b wants c as well, who has others to meet."""
    problem = everybody(5, 2, b="ac", c="a", d="a", e="b")
    counts = met(problem, solve(problem))
    assert counts == {"b": 1, "c": 1, "d": 1, "e": 1}


def test_first_wishes_come_first() -> None:
    found = solve(everybody(4, 1, a="dcb"))
    assert list(found) == [("a", "d")]


def test_who_says_no_is_not_met() -> None:
    problem = everybody(2, 2, a="b")
    assert solve(problem) == {("a", "b"): 0}
    refusing = replace(problem.parties[1], refuses=frozenset("a"))
    assert solve(replace(problem, parties=(problem.parties[0], refusing))) == {}


def test_between_halls_a_line_is_taken_at_both_ends() -> None:
    there = frozenset({0})
    parties = (
        Party("a", "x", there, ("b",)),
        Party("b", "y", there),
        Party("c", "x", there, ("d",)),
        Party("d", "y", there),
    )
    halls = (Hall("x", 0, 2), Hall("y", 0, 1))
    assert len(solve(Problem((1,), halls, parties))) == 1
    assert faults(Problem((1,), halls, parties), {("a", "b"): 0, ("c", "d"): 0}) == [
        "('y', 'line') has not 2 in slot 0"
    ]


def test_after_two_meetings_comes_a_pause_but_lunch_is_one() -> None:
    problem = replace(everybody(6, 5, a="bcdef"), streak=2)
    assert len(solve(problem)) == 4
    assert most(problem, problem.parties[0]) == 4
    assert len(solve(replace(problem, runs=(2, 1, 2)))) == 5


@pytest.mark.parametrize(
    ("there", "streak", "many"),
    [
        ({0, 1, 2, 3, 4}, 0, 5),
        ({0, 1, 2, 3, 4}, 1, 3),
        ({0, 1, 2, 3, 4}, 2, 4),
        ({0, 2, 4}, 1, 3),
        ({3, 4}, 1, 1),
        ({8, 7}, 1, 1),
        ({0, 1, 3, 4, 6}, 2, 5),
        ({4, 5}, 1, 2),
        (set(), 1, 0),
    ],
)
def test_the_most_that_one_can_have(there: set[int], streak: int, many: int) -> None:
    """Between the fifth slot and the sixth is a break."""
    problem = replace(everybody(1, 0), runs=(5, 5), streak=streak)
    assert most(problem, Party("z", "x", frozenset(there))) == many


def test_a_chain_of_meetings_moves_for_one_more() -> None:
    """The classic case of edge colouring: a and b are both busy in another slot, and what b has must move."""
    problem = everybody(4, 2, a="cb", b="d")
    first = replace(problem.parties[2], there=frozenset({0}))
    found = solve(replace(problem, parties=(*problem.parties[:2], first, problem.parties[3])))
    assert found == {("a", "b"): 1, ("a", "c"): 0, ("b", "d"): 0}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({("a", "b"): 0, ("a", "c"): 0}, "a meets two at one time"),
        ({("a", "z"): 0}, "are not both there"),
        ({("a", "b"): 9}, "a is not there in slot 9"),
        ({("a", "b"): 0, ("a", "c"): 1, ("b", "c"): 2}, "a has no pause"),
    ],
)
def test_faults_are_told(wrong: Mapping[Pair, int], sentence: str) -> None:
    problem = replace(everybody(3, 3), streak=1)
    assert any(sentence in fault for fault in faults(problem, wrong))


def test_a_problem_names_what_is_wrong_with_it() -> None:
    alone = Party("a", "x", frozenset())
    with pytest.raises(ValueError, match="one key"):
        Problem((1,), (Hall("x", 1),), (alone, alone))
    with pytest.raises(ValueError, match="no hall x"):
        Problem((1,), (Hall("y", 1),), (alone,))


@given(problems(), st.data())
@settings(max_examples=250, deadline=None)
def test_after_a_change_as_many_meetings_stay_as_can(problem: Problem, data: st.DataObject) -> None:
    always = frozenset(range(sum(problem.runs)))
    every = replace(problem, parties=tuple(replace(party, there=always) for party in problem.parties))
    roomy = replace(every, halls=tuple(Hall(key, 3, 2) for key in "xyz"))
    before = data.draw(st.one_of(st.just(dict(sorted(solve(problem).items())[:8])), _timetables(roomy)))
    changed = data.draw(_changes(problem if not faults(problem, before) else roomy))
    after = repair(changed, before)
    assert faults(changed, after) == []
    stayed = sum(after.get(both) == slot for both, slot in before.items())
    some = chain.from_iterable(combinations(before.items(), size) for size in range(len(before) + 1))
    assert stayed == max(len(few) for few in some if not faults(changed, dict(few)))
    for both in set(changed.wanted()) - set(after):
        assert all(faults(changed, {**after, both: slot}) for slot in range(sum(changed.runs)))


@st.composite
def _timetables(draw: st.DrawFn, problem: Problem) -> dict[Pair, int]:
    """One that holds, good or not: with meetings that nobody wishes any more, and slots that nobody would have chosen."""
    keys, found = sorted(problem.by_key), dict[Pair, int]()
    slots = st.integers(0, sum(problem.runs) - 1)
    for both in draw(st.lists(st.sampled_from(list(combinations(keys, 2))), max_size=12, unique=True)):
        more = {**found, both: draw(slots)}
        if len(found) < 7 and not faults(problem, more):
            found = more
    return found


@st.composite
def _changes(draw: st.DrawFn, problem: Problem) -> Problem:
    """Somebody is gone, somebody comes later, somebody says no, there are fewer tables and lines."""
    keys = sorted(problem.by_key)
    gone, late, shy = (draw(st.sampled_from([*keys, ""])) for _ in range(3))
    begins, no = draw(st.integers(0, 2)), draw(st.sampled_from(keys))
    parties = [party for party in problem.parties if party.key != gone]
    for number, party in enumerate(parties):
        there = frozenset(slot for slot in party.there if slot >= begins or party.key != late)
        refuses = party.refuses | ({no} if party.key == shy else set())
        parties[number] = replace(party, there=there, refuses=refuses)
    less = [(draw(st.integers(0, 3)), draw(st.integers(0, 2))) for _ in problem.halls]
    halls = [Hall(h.key, min(h.tables, t), min(h.lines, n)) for h, (t, n) in zip(problem.halls, less, strict=True)]
    return replace(problem, parties=tuple(parties), halls=tuple(halls))


def test_when_one_cancels_nobody_else_is_moved_and_the_place_is_filled() -> None:
    problem = everybody(4, 1, a="b", c="a", d="a")
    before = solve(problem)
    after = repair(replace(problem, parties=tuple(p for p in problem.parties if p.key != "b")), before)
    assert before == {("a", "b"): 0} or len(before) == 1
    assert after == {pair("a", "c"): 0}


def test_of_meetings_that_are_too_many_the_fewest_go() -> None:
    """A line is gone in each of four halls; two meetings use them all, and the third stays."""
    there = frozenset({0})
    parties = tuple(Party(key, hall, there) for key, hall in zip("abcdef", "wxxyyz", strict=True))
    halls = tuple(Hall(key, 0, lines) for key, lines in {"w": 0, "x": 1, "y": 1, "z": 0}.items())
    before = {("a", "b"): 0, ("c", "d"): 0, ("e", "f"): 0}
    assert repair(Problem((1,), halls, parties), before) == {("c", "d"): 0}


def test_nobody_is_moved_for_who_comes_new() -> None:
    """Ahead of the meeting c could meet a, and a could meet b later: a first timetable has both, one that holds is kept."""
    problem = everybody(3, 2, a="b", c="a")
    problem = replace(problem, parties=(*problem.parties[:2], replace(problem.parties[2], there=frozenset({0}))))
    assert solve(problem) == {("a", "b"): 1, ("a", "c"): 0}
    assert repair(problem, {("a", "b"): 0}) == {("a", "b"): 0}
    assert repair(problem, {("a", "b"): 1}) == {("a", "b"): 1, ("a", "c"): 0}


def test_where_pauses_are_asked_for_afterwards_somebody_gets_one() -> None:
    problem = everybody(4, 3, a="bcd")
    before = {("a", "b"): 0, ("a", "c"): 1, ("a", "d"): 2}
    assert repair(problem, before) == before
    after = repair(replace(problem, streak=2), before)
    assert after == {("a", "b"): 0, ("a", "c"): 1} and not faults(replace(problem, streak=2), after)


def test_of_meetings_that_are_too_many_those_of_who_has_most_met_go() -> None:
    there = frozenset({0, 1})
    wishes = {"a": "bc", "d": "e"}
    parties = [Party(key, "x", there, tuple(wishes.get(key, ""))) for key in "abcde"]
    problem = Problem((2,), (Hall("x", 1),), tuple(parties))
    before = {("a", "b"): 0, ("d", "e"): 0, ("a", "c"): 1}
    assert repair(problem, before) == {("a", "c"): 1, ("d", "e"): 0}


def test_of_meetings_that_are_too_many_those_that_nobody_wishes_any_more_go_first() -> None:
    there = frozenset({0})
    parties = (Party("a", "x", there), Party("b", "x", there), Party("c", "x", there, ("d",)), Party("d", "x", there))
    problem = Problem((1,), (Hall("x", 1),), parties)
    assert repair(problem, {("a", "b"): 0, ("c", "d"): 0}) == {("c", "d"): 0}
    swapped = replace(
        problem, parties=(replace(parties[0], wishes=("b",)), parties[1], replace(parties[2], wishes=()), parties[3])
    )
    assert repair(swapped, {("a", "b"): 0, ("c", "d"): 0}) == {("a", "b"): 0}


def test_no_meeting_goes_twice() -> None:
    """Two halls lose both their lines: that would be two meetings of these two halls, of which there is one."""
    there = frozenset({0})
    parties = tuple(Party(key, hall, there) for key, hall in zip("abcdef", "xyxzyz", strict=True))
    halls = (Hall("x", 0, 0), Hall("y", 0, 0), Hall("z", 0, 2))
    before = {("a", "b"): 0, ("c", "d"): 0, ("e", "f"): 0}
    assert repair(Problem((1,), halls, parties), before) == {}
