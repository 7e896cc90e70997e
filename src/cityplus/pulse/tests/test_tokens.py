"""Tokens: nobody can make one but us, nor turn one into another."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from cityplus.pulse import NETWORK, Subject, tokens
from cityplus.pulse.tests.conftest import STOP

NOW = 1_764_000_000.0


def test_a_token_says_what_page_was_served() -> None:
    page = tokens.read(tokens.sign("stop", "zh-Hans", STOP, NOW), NOW)
    assert (page.name, page.language, page.own) == ("stop", "zh-Hans", "stop:9")
    assert page.counted == (*STOP, Subject("page", "stop"), NETWORK)


def test_a_page_about_nothing_smaller_is_its_own_subject() -> None:
    page = tokens.read(tokens.sign("about", "en", [], NOW), NOW)
    assert (page.own, page.counted) == ("page:about", (Subject("page", "about"), NETWORK))


def test_two_cities_of_one_country_count_for_it_once() -> None:
    pair = [Subject("tie", "1"), Subject("country", "NL"), Subject("country", "NL")]
    assert tokens.read(tokens.sign("pair", "en", pair, NOW), NOW).counted.count(Subject("country", "NL")) == 1


@pytest.mark.parametrize("late", [0, 3600, 23 * 3600])
def test_a_page_may_wait_for_a_day_to_be_seen(late: int) -> None:
    assert tokens.read(tokens.sign("about", "en", [], NOW), NOW + late).name == "about"


@pytest.mark.parametrize("off", [26 * 3600, 400 * 24 * 3600, -3 * 3600])
def test_a_token_of_another_time_is_refused(off: int) -> None:
    with pytest.raises(tokens.TokenError, match="has expired"):
        tokens.read(tokens.sign("about", "en", [], NOW), NOW + off)


def changed(good: str) -> list[str]:
    payload, _, signature = good.rpartition(".")
    other = tokens.sign("about", "en", [], NOW).rpartition(".")[2]
    return [
        "",
        ".",
        "x",
        payload,
        payload + ".",
        good.replace("stop:9", "stop:8"),
        good.replace("stop:9", "stop:-9"),
        good.replace(".en.", ".nl."),
        f"{payload}.city:1.{signature}",
        f"{payload}.{other}",
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        good + "A",
        good.upper(),
        "é" + good,
        good * 20,
        "1" * 100_000,
    ]


@pytest.mark.parametrize("number", range(16))
def test_a_changed_token_is_none_of_ours(number: int) -> None:
    wrong = changed(tokens.sign("stop", "en", STOP, NOW))
    assert len(wrong) == 16
    with pytest.raises(tokens.TokenError, match="not one of ours"):
        tokens.read(wrong[number], NOW)


def test_a_token_of_another_network_is_none_of_ours(settings: Settings) -> None:
    good = tokens.sign("about", "en", [], NOW)
    assert tokens.read(good, NOW)
    settings.SECRET_KEY = "another"
    with pytest.raises(tokens.TokenError, match="not one of ours"):
        tokens.read(good, NOW)


def test_pages_made_in_the_same_hour_carry_the_same_token() -> None:
    start = NOW // 3600 * 3600
    assert tokens.sign("about", "en", [], start) == tokens.sign("about", "en", [], start + 3599)


@pytest.mark.parametrize("name", ["a.b", "a/b", "a b", "", "ünder"])
def test_what_a_token_cannot_carry_is_said_when_it_is_made(name: str) -> None:
    with pytest.raises(ValueError, match="cannot stand in a token"):
        tokens.sign(name, "en", [], NOW)
