"""A text in several languages says how it came to be, and shows its original, alone and side by side."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Open

STOP = "/@thehague/routes/22-destinations/stops/13/"
STATES = {
    "machine": "Translated from Dutch by machine, not yet reviewed",
    "reviewed": "Translated from Dutch, reviewed by a person",
    "author": "Written by the author beside the Dutch original",
    "original": "In the original Dutch; there is no version in your language yet",
}


def story(page: Page) -> str:
    return page.locator("article.stop > .text.prose > .text-read").inner_text()


def test_a_version_says_how_it_came_to_be(open_page: Open) -> None:
    page = open_page("/zh-hans" + STOP)
    text = page.locator("article.stop > .text.prose")
    expect(text.locator("> .text-read")).to_have_attribute("lang", "zh-Hans")
    state = text.locator("summary .state")
    expect(state).to_be_visible()
    expect(state).to_contain_text("荷兰语")


def test_the_original_comes_side_by_side_and_alone(open_page: Open) -> None:
    page = open_page("/zh-hans" + STOP)
    text = page.locator("article.stop > .text.prose")
    version = story(page)
    text.locator("summary").focus()
    page.keyboard.press("Enter")
    original, translated = text.locator(".text-side").all()
    expect(original).to_have_attribute("lang", "nl")
    expect(translated).to_have_attribute("lang", "zh-Hans")
    expect(original).to_be_visible()
    expect(translated).to_contain_text(version.split("\n")[0])
    one, two = original.bounding_box(), translated.bounding_box()
    assert one and two and abs(one["y"] - two["y"]) < 2 and one["x"] + one["width"] <= two["x"] + 1
    expect(text.locator("> .text-read")).to_be_hidden()  # not thrice on one page
    text.locator(".text-alone").click()
    expect(translated).to_be_hidden()
    expect(original).to_be_visible()


def test_on_a_phone_they_stand_one_below_the_other(open_page: Open) -> None:
    page = open_page("/zh-hans" + STOP, width=390)
    text = page.locator("article.stop > .text.prose")
    text.locator("summary").click()
    original, translated = text.locator(".text-side").all()
    one, two = original.bounding_box(), translated.bounding_box()
    assert one and two and one["y"] + one["height"] <= two["y"] + 1


def test_who_reads_the_original_is_told_nothing(open_page: Open) -> None:
    page = open_page("/nl" + STOP)
    text = page.locator("article.stop > .text.prose")
    expect(text.locator("> .text-read")).to_have_attribute("lang", "nl")
    expect(text.locator(".state, details")).to_have_count(0)


def test_the_design_page_shows_every_state(open_page: Open) -> None:
    page = open_page("/design/")
    for side in ("night", "day"):
        for state, words in STATES.items():
            sign = page.locator(f"#texts-{side} > .plain-list .state-{state}")
            expect(sign).to_have_text(words)
            expect(sign).to_be_visible()
        sample = page.locator(f"#texts-{side} > .text.prose")
        expect(sample.locator("> .text-read")).to_have_text("The sea begins where the tram ends.")
        expect(sample.locator("summary .state-machine")).to_be_visible()


def test_a_city_speaks_right_to_left_beside_its_left_to_right_version(open_page: Open) -> None:
    page = open_page("/fr/@sharjah/")
    text = page.locator(".city-profile .text")
    text.locator("summary").click()
    original, translated = text.locator(".text-side").all()
    assert [side.get_attribute("lang") for side in (original, translated)] == ["ar", "fr"]
    assert [side.evaluate("side => getComputedStyle(side).direction") for side in (original, translated)] == [
        "rtl",
        "ltr",
    ]


@pytest.mark.parametrize(("prefix", "language"), [("", "en"), ("/ja", "en"), ("/bg", "en"), ("/zh-hans", "zh-Hans")])
def test_who_has_no_version_gets_the_next_best(open_page: Open, prefix: str, language: str) -> None:
    """The stops are in Dutch, English and Chinese: others read English, and are told that it is a version."""
    page = open_page(prefix + STOP)
    text = page.locator("article.stop > .text.prose")
    expect(text.locator("> .text-read")).to_have_attribute("lang", language)
    expect(text.locator("summary .state")).to_be_visible()
