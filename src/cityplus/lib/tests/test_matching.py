"""Suggestions: nothing counts but published rules, and all of them are told."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplus.lib.matching import ALONE, POINTS, Field, Level, Profile, Rule, reasons, suggest

SEA, DATA, SOFTWARE, LAW = Field("50", "H"), Field("63", "J"), Field("62", "J"), Field("69", "M")
fields = st.lists(
    st.sampled_from([SEA, DATA, SOFTWARE, LAW, Field("J", "J"), Field("H", "H")]), max_size=3, unique=True
).map(tuple)
profiles = st.builds(
    Profile,
    key=st.integers(0, 9).map(str),
    place=st.sampled_from(["", "thehague", "shenzhen"]),
    does=fields,
    offers=fields,
    seeks=fields,
    languages=st.lists(st.sampled_from(["nl", "en", "zh-Hans", "zh-Hant"]), max_size=2).map(tuple),
    size=st.sampled_from(["", "micro", "large"]),
    sizes=st.frozensets(st.sampled_from(["micro", "large"])),
)
many = st.lists(profiles, max_size=8, unique_by=lambda profile: profile.key)
said = st.dictionaries(st.integers(0, 9).map(str), st.sampled_from(Level))


def test_what_one_seeks_and_the_other_offers_counts_most() -> None:
    port = Profile("port", "thehague", (SEA,), offers=(SEA,), seeks=(SOFTWARE, LAW), languages=("nl", "en"))
    house = Profile(
        "house", "shenzhen", (SOFTWARE,), offers=(SOFTWARE,), seeks=(Field("H", "H"),), languages=("zh-Hans", "en")
    )
    assert [(reason.rule, reason.of, reason.points) for reason in reasons(port, house)] == [
        (Rule.GIVES_DIVISION, "62", 40),
        (Rule.TAKES_SECTION, "H", 20),
        (Rule.LANGUAGE, "en", 20),
        (Rule.ELSEWHERE, "shenzhen", 10),
    ]


def test_who_said_must_comes_before_who_said_want() -> None:
    me, eager, glad, silent = (Profile(key, does=(SEA,)) for key in ("me", "z", "y", "a"))
    found = suggest(me, [silent, glad, eager], mine={}, theirs={"z": Level.MUST, "y": Level.WANT})
    assert [suggestion.profile.key for suggestion in found] == ["z", "y", "a"]


@pytest.mark.parametrize(
    ("mine", "theirs", "why"),
    [
        ({"seeks": (SOFTWARE,)}, {"offers": (SOFTWARE,)}, [("gives-division", "62", 40)]),
        ({"seeks": (SOFTWARE,)}, {"offers": (DATA,)}, [("gives-section", "J", 20)]),
        ({"offers": (SEA,)}, {"seeks": (SEA,)}, [("takes-division", "50", 40)]),
        ({"offers": (SEA,)}, {"seeks": (Field("H", "H"),)}, [("takes-section", "H", 20)]),
        ({"does": (LAW, DATA)}, {"does": (DATA, LAW)}, [("same-division", "69", 10)]),
        ({"does": (SOFTWARE,)}, {"does": (DATA,)}, [("same-section", "J", 5)]),
        ({"does": (Field("J", "J"),)}, {"does": (Field("J", "J"),)}, [("same-section", "J", 5)]),
        ({"does": (DATA, LAW)}, {"does": (SOFTWARE, LAW)}, [("same-division", "69", 10)]),
        ({"languages": ("nl", "en")}, {"languages": ("en", "nl")}, [("language", "nl", 20)]),
        ({"languages": ("nl",)}, {"languages": ("en",)}, []),
        ({"place": "thehague"}, {"place": "shenzhen"}, [("elsewhere", "shenzhen", 10)]),
        ({"place": "thehague"}, {"place": "thehague"}, []),
        ({"place": "thehague"}, {"place": ""}, []),
        ({"place": ""}, {"place": "shenzhen"}, []),
        ({"sizes": frozenset({"small", "large"})}, {"size": "large"}, [("size", "large", 10)]),
        ({"sizes": frozenset({"small"})}, {"size": "large"}, []),
        ({"sizes": frozenset({""})}, {"size": ""}, []),
        ({"size": "large"}, {"sizes": frozenset({"large"})}, []),
    ],
)
def test_each_rule_holds_for_what_is_published_and_for_nothing_else(
    mine: dict[str, Any], theirs: dict[str, Any], why: list[tuple[str, str, int]]
) -> None:
    found = reasons(Profile("me", **mine), Profile("other", **theirs))
    assert [(reason.rule.value, reason.of, reason.points) for reason in found] == why


def test_reasons_are_told_with_the_weightiest_first() -> None:
    me = Profile("me", "thehague", does=(LAW,), offers=(LAW,), languages=("en",), sizes=frozenset({"small"}))
    other = Profile("other", "shenzhen", does=(LAW,), seeks=(LAW,), languages=("en",), size="small")
    found = reasons(me, other, said=Level.WANT)
    assert [reason.points for reason in found] == [40, 30, 20, 10, 10, 10]
    assert [reason.points for reason in reasons(me, other, said=Level.MUST)] == [60, 40, 20, 10, 10, 10]
    assert reasons(me, other, said=Level.NO) == reasons(me, other)


def test_a_common_language_is_no_reason_by_itself() -> None:
    me, other = Profile("me", languages=("en",)), Profile("other", languages=("en",))
    assert suggest(me, [other], mine={}, theirs={}) == []
    assert suggest(me, [other], mine={}, theirs={"other": Level.WANT})[0].score == 50


def test_scripts_and_regions_are_one_language_when_one_speaks() -> None:
    found = reasons(Profile("a", languages=("zh-Hans",)), Profile("b", languages=("zh-Hant",)))
    assert [reason.of for reason in found] == ["zh-Hans"]


@given(profiles, many, said, said)
def test_a_score_is_the_sum_of_what_is_told(
    me: Profile, others: list[Profile], mine: dict[str, Level], theirs: dict[str, Level]
) -> None:
    for suggestion in suggest(me, others, mine=mine, theirs=theirs):
        assert suggestion.score == sum(POINTS[reason.rule] for reason in suggestion.reasons)
        assert len({reason.rule for reason in suggestion.reasons}) == len(suggestion.reasons)
        assert any(reason.rule not in ALONE for reason in suggestion.reasons)


@given(profiles, many, said, said, st.randoms(use_true_random=False))
def test_the_order_is_total(
    me: Profile, others: list[Profile], mine: dict[str, Level], theirs: dict[str, Level], dice: random.Random
) -> None:
    first = suggest(me, others, mine=mine, theirs=theirs)
    dice.shuffle(others)
    assert suggest(me, others, mine=mine, theirs=theirs) == first
    places = [(-suggestion.score, suggestion.profile.key) for suggestion in first]
    assert places == sorted(set(places))


@given(profiles, many, said, said)
def test_nobody_is_suggested_who_was_decided_on_or_said_no(
    me: Profile, others: list[Profile], mine: dict[str, Level], theirs: dict[str, Level]
) -> None:
    keys = {suggestion.profile.key for suggestion in suggest(me, others, mine=mine, theirs=theirs)}
    assert me.key not in keys
    assert keys.isdisjoint(mine)
    assert keys.isdisjoint(key for key, level in theirs.items() if level == Level.NO)


@given(profiles, profiles)
def test_what_one_gives_the_other_takes(one: Profile, other: Profile) -> None:
    here, there = {reason.rule for reason in reasons(one, other)}, {reason.rule for reason in reasons(other, one)}
    assert (Rule.GIVES_DIVISION in here) == (Rule.TAKES_DIVISION in there)
    assert (Rule.SAME_DIVISION in here) == (Rule.SAME_DIVISION in there)
    assert (Rule.LANGUAGE in here) == (Rule.LANGUAGE in there)
