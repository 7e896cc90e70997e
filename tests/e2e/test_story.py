"""The story of a route with its script: one stop at a time, and everything that shows where one is keeps in step."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.e2e.conftest import SHENZHEN, THE_HAGUE, Open, is_uncovered

THUMB = 44  # CSS pixels


def step(page: Page, by: int) -> Locator:
    """The button that leads to the next stop (1) or the previous one (-1)."""
    return page.locator(f'.story-step[data-step="{by}"]')


def expect_at(page: Page, number: int) -> None:
    """The reader stands at this stop, by every sign: star, list, bar, address, keyboard."""
    for signs in (".story-sky svg", ".story-list"):
        here = page.locator(f'{signs} [aria-current="step"]')
        expect(here).to_have_count(1)
        expect(here).to_have_attribute("data-stop", str(number))
    expect(page.locator(".story-count")).to_contain_text(f"{number}")
    expect(page.locator(f"#stop-{number}-title")).to_be_focused()
    expect(page.locator(f"#stop-{number}-title")).to_be_in_viewport()
    page.wait_for_function("number => location.hash === `#stop-${number}`", arg=number)


def test_the_buttons_lead_on_and_back(open_page: Open) -> None:
    page = open_page(SHENZHEN)
    step(page, 1).click()
    expect_at(page, 1)
    step(page, 1).click()
    expect_at(page, 2)
    step(page, -1).click()
    expect_at(page, 1)
    expect(step(page, -1)).to_have_attribute("aria-disabled", "true")
    step(page, -1).click(force=True)  # Playwright would wait until it is enabled
    page.wait_for_function("() => location.hash === '#stop-1'")


def test_the_last_stop_is_the_end(open_page: Open) -> None:
    page = open_page(SHENZHEN)
    page.locator('.story-list [data-stop="5"]').click()
    expect_at(page, 5)
    expect(step(page, 1)).to_have_attribute("aria-disabled", "true")


@pytest.mark.parametrize(
    ("prefix", "on", "back"), [("", "ArrowRight", "ArrowLeft"), ("/ar", "ArrowLeft", "ArrowRight")]
)
def test_arrow_keys_follow_the_script(open_page: Open, prefix: str, on: str, back: str) -> None:
    page = open_page(prefix + SHENZHEN)
    for key, number in ((on, 1), (on, 2), (on, 3), (back, 2)):
        page.keyboard.press(key)
        expect_at(page, number)


def test_arrow_keys_in_a_player_belong_to_the_player(open_page: Open) -> None:
    page = open_page(SHENZHEN)
    line = page.locator(".sound-line").first
    line.focus()
    page.keyboard.press("ArrowRight")
    expect(line).to_be_focused()


def test_the_buttons_work_by_keyboard_alone(open_page: Open) -> None:
    page = open_page(SHENZHEN)
    step(page, 1).focus()
    page.keyboard.press("Enter")
    expect_at(page, 1)


def test_stars_and_list_lead_to_their_stop(open_page: Open) -> None:
    page = open_page(THE_HAGUE)
    page.locator('.story-list [data-stop="9"]').click()
    expect_at(page, 9)
    page.locator('.story-sky svg [data-stop="4"] .sketch-disc').click()
    expect_at(page, 4)


def test_who_scrolls_is_followed(open_page: Open) -> None:
    page = open_page(SHENZHEN)
    page.locator("#stop-3 .prose").evaluate("prose => scrollTo(0, scrollY + prose.getBoundingClientRect().top - 200)")
    expect(page.locator('.story-list [aria-current="step"]')).to_have_attribute("data-stop", "3")
    expect(page.locator('.story-sky svg [aria-current="step"]')).to_have_attribute("data-stop", "3")
    page.wait_for_function("() => location.hash === '#stop-3'")
    assert page.evaluate("document.activeElement === document.body"), "scrolling does not take the keyboard away"


def test_an_address_with_a_stop_opens_there(open_page: Open) -> None:
    page = open_page(THE_HAGUE + "#stop-12")
    expect(page.locator("#stop-12-title")).to_be_in_viewport()
    expect(page.locator('.story-list [aria-current="step"]')).to_have_attribute("data-stop", "12")


def test_one_player_at_a_time(open_page: Open) -> None:
    page = open_page(THE_HAGUE)
    buttons = page.locator(".sound-button")
    playing = "() => [...document.querySelectorAll('audio')].map(audio => !audio.paused).join()"
    buttons.nth(0).click()
    page.wait_for_function(f"{playing} === 'true,false,false'")
    buttons.nth(1).click()
    page.wait_for_function(f"{playing} === 'false,true,false'")
    expect(page.locator("sound-player[playing]")).to_have_count(1)
    expect(buttons.nth(0)).to_have_attribute("aria-label", re.compile("^Play: "))
    expect(buttons.nth(1)).to_have_attribute("aria-label", re.compile("^Pause: "))


def test_the_bar_of_a_phone_is_reachable_and_covers_nothing_that_is_aimed_at(open_page: Open) -> None:
    page = open_page(SHENZHEN, width=390)
    expect(page.locator(".story-bar")).to_be_hidden()  # before the first stop it would only stand in the way
    page.locator("#stop-1-title").scroll_into_view_if_needed()
    page.locator("#stop-1 .prose").evaluate("prose => scrollTo(0, scrollY + prose.getBoundingClientRect().top - 300)")
    targets = [step(page, -1), page.locator(".story-where"), step(page, 1)]
    for target in targets:
        expect(target).to_be_in_viewport(ratio=1)
        box = target.bounding_box()
        assert box and box["width"] >= THUMB and box["height"] >= THUMB, box
    page.wait_for_function("() => document.getAnimations().every(a => a.playState !== 'running')")
    assert all(is_uncovered(target) for target in targets)
    step(page, 1).tap()
    expect_at(page, 2)
    assert is_uncovered(page.locator("#stop-2-title a")), "the strip or the bar lies upon the heading"


def test_the_sky_of_a_phone_opens_and_closes(open_page: Open) -> None:
    page = open_page(SHENZHEN, width=390)
    page.locator("#stop-2 .prose").evaluate("prose => scrollTo(0, scrollY + prose.getBoundingClientRect().top - 300)")
    where, entries = page.locator(".story-where"), page.locator(".story-list")
    expect(where).to_have_attribute("aria-expanded", "false")
    expect(entries).to_be_hidden()
    where.tap()
    expect(where).to_have_attribute("aria-expanded", "true")
    expect(entries).to_be_visible()
    for entry in entries.locator("a").all():
        box = entry.bounding_box()
        assert box and box["height"] >= THUMB, box
    page.keyboard.press("Escape")
    expect(entries).to_be_hidden()
    where.tap()
    entries.locator('[data-stop="4"]').tap()
    expect(entries).to_be_hidden()
    expect_at(page, 4)


@pytest.mark.parametrize("prefix", ["", "/ar"])
@pytest.mark.parametrize("width", [1440, 390])
def test_no_link_or_button_of_a_stop_is_covered(open_page: Open, width: int, prefix: str) -> None:
    page = open_page(prefix + SHENZHEN, width=width)
    page.wait_for_function("() => document.querySelector('route-story.is-live')")
    for target in page.locator(".stop :is(a, button, summary):visible").all():
        target.evaluate("element => element.scrollIntoView({block: 'center'})")
        assert is_uncovered(target), target.evaluate("element => element.outerHTML.slice(0, 120)")
