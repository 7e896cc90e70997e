"""Typing mistakes are measured rightly, and words one mistake apart share a key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplus.search.slips import LONG, SHORTEST, forgiven, keys, mistakes

WORD = st.text("abcdeсаду", min_size=SHORTEST, max_size=14)


@pytest.mark.parametrize(
    ("typed", "meant", "count"),
    [
        ("plovdif", "plovdiv", 1),
        ("shenzen", "shenzhen", 1),
        ("vrdeespaleis", "vredespaleis", 1),
        ("vredespalies", "vredespaleis", 1),
        ("vreespalies", "vredespaleis", 2),
        ("mauritshuis", "mauritshuis", 0),
        ("hague", "hagen", 2),
    ],
)
def test_mistakes_are_counted(typed: str, meant: str, count: int) -> None:
    assert mistakes(typed, meant, 2) == mistakes(meant, typed, 2) == count


def test_more_than_may_be_is_said_and_no_more() -> None:
    assert mistakes("amsterdam", "rotterdam", 2) == 3
    assert mistakes("aaaa", "bbbbbbbbbbbbbbbbb", 1) == 2


def test_short_words_are_not_forgiven() -> None:
    assert (forgiven("pie"), forgiven("pier"), forgiven("p" * LONG)) == (0, 1, 2)
    assert keys("pie") == set()


def test_numbers_are_not_forgiven() -> None:
    assert forgiven("1913") == 0
    assert keys("1913") == set()


@given(WORD, st.integers(0, 13), st.sampled_from("bcdxд"))
def test_a_word_shares_a_key_with_what_is_one_mistake_away(word: str, place: int, letter: str) -> None:
    place %= len(word)
    missing = word[:place] + word[place + 1 :]
    more = word[:place] + letter + word[place:]
    wrong = word[:place] + letter + word[place + 1 :]
    exchanged = word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
    for typed in (missing, more, wrong, exchanged):
        if len(typed) >= SHORTEST:
            assert keys(typed) & keys(word), typed
            assert mistakes(typed, word, 1) <= 1
