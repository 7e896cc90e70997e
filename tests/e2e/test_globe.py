"""The globe of the home page: nine names that can be read, a way to each by keyboard, and rest for who wants it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import NO_WEBGL2, Open, is_uncovered

CITIES = ["shenzhen", "sharjah", "tsukuba", "liege", "plovdiv", "capetown", "brisbane", "seattle", "thehague"]
FRAMES = """
let now = 0;
window.requestAnimationFrame = (draw) => setTimeout(() => draw((now += {milliseconds})), 4);
"""
"""A clock of frames by which every machine keeps up, or none does."""
NAMES = """() => [...document.querySelectorAll("night-globe li a")].filter(a => !a.hasAttribute("data-behind")).map(a => {
  const {left, right, top, bottom} = a.getBoundingClientRect();
  return {name: a.dataset.handle, left, right, top, bottom};
})"""
Box = dict[str, float]


def overlaps(page: Page) -> list[str]:
    """Pairs of names that lie upon each other by more than a rounding."""
    names: list[Box] = page.evaluate(NAMES)

    def meet(one: Box, two: Box) -> bool:
        return (
            min(one["right"], two["right"]) - max(one["left"], two["left"]) > 1
            and min(one["bottom"], two["bottom"]) - max(one["top"], two["top"]) > 1
        )

    assert len(names) > 1
    return [f"{one['name']} and {two['name']}" for i, one in enumerate(names) for two in names[:i] if meet(one, two)]


def assert_clear(page: Page) -> None:
    """No name lies upon another, as soon as the picture that is on its way has been drawn."""
    for _ in range(50):
        if not overlaps(page):
            return
        next_picture(page)
    assert overlaps(page) == []


def next_picture(page: Page) -> None:
    """Wait until what has happened so far is drawn."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))")


@pytest.mark.parametrize("prefix", ["", "/ar", "/bg"])
@pytest.mark.parametrize("width", [1440, 390])
def test_tab_turns_to_each_city_and_no_name_covers_another(open_page: Open, width: int, prefix: str) -> None:
    page = open_page(f"{prefix}/", width=width)
    globe = page.locator("night-globe")
    expect(globe).to_have_attribute("data-state", "still")
    next_picture(page)
    assert_clear(page)
    expect(globe.locator("li a")).to_have_count(9)
    page.locator(".hero-words a").last.focus()
    reached = []
    for _ in CITIES:
        page.keyboard.press("Tab")
        next_picture(page)
        city = page.locator("night-globe a:focus")
        expect(city).to_have_css("opacity", "1")  # turned to, and its name is there
        expect(city).not_to_have_attribute("data-behind", "")
        expect(city).to_be_in_viewport(ratio=1)
        assert is_uncovered(city)
        assert_clear(page)
        reached.append(city.get_attribute("data-handle"))
    assert sorted(str(handle) for handle in reached) == sorted(CITIES)


def test_neighbours_are_both_named(open_page: Open) -> None:
    page = open_page("/")
    expect(page.locator("night-globe")).to_have_attribute("data-state", "still")
    for handle, other in (("thehague", "liege"), ("liege", "thehague")):
        page.locator(f"night-globe a[data-handle={handle}]").focus()
        page.keyboard.press("Shift+Tab")  # by keyboard, so that the Earth turns
        page.keyboard.press("Tab")
        next_picture(page)
        for name in (handle, other):
            expect(page.locator(f"night-globe a[data-handle={name}]")).not_to_have_attribute("data-behind", "")
        assert_clear(page)


def test_the_earth_can_be_stopped_and_started(open_page: Open) -> None:
    page = open_page("/", width=390, motion=True, init=FRAMES.format(milliseconds=16))
    globe, button = page.locator("night-globe"), page.locator(".globe-motion")
    expect(globe).to_have_attribute("data-state", "ready")
    expect(button).to_have_attribute("aria-label", "Let the Earth stand still")
    button.click()
    expect(globe).to_have_attribute("data-state", "still")
    expect(button).to_have_attribute("aria-label", "Let the Earth turn")
    button.focus()
    page.keyboard.press("Enter")
    expect(globe).to_have_attribute("data-state", "ready")


def test_it_turns_and_stands(open_page: Open) -> None:
    page = open_page("/", width=390, motion=True, init=FRAMES.format(milliseconds=16))
    expect(page.locator("night-globe")).to_have_attribute("data-state", "ready")
    where = "document.querySelector('[data-handle=thehague]').style.transform"
    at_first = page.evaluate(where)
    page.wait_for_function(f"before => {where} !== before", arg=at_first)
    page.locator(".globe-motion").click()
    expect(page.locator("night-globe")).to_have_attribute("data-state", "still")
    frames = "new Promise(done => { let left = 5; (function next() { left-- ? requestAnimationFrame(next) : done(%s); })(); })"
    assert page.evaluate(frames % where) == page.evaluate(frames % where)


def test_who_asked_for_less_motion_finds_it_still(open_page: Open) -> None:
    page = open_page("/", width=390, init=FRAMES.format(milliseconds=16))
    expect(page.locator("night-globe")).to_have_attribute("data-state", "still")
    page.locator(".globe-motion").click()  # it may be asked for all the same
    expect(page.locator("night-globe")).to_have_attribute("data-state", "ready")


def test_a_machine_that_cannot_keep_up_gets_a_still_picture(open_page: Open) -> None:
    page = open_page("/", width=390, motion=True, init=FRAMES.format(milliseconds=90))
    expect(page.locator("night-globe")).to_have_attribute("data-state", "still")


@pytest.mark.parametrize("width", [1440, 390])
def test_without_webgl2_it_is_a_list(open_page: Open, width: int) -> None:
    page = open_page("/", width=width, init=NO_WEBGL2)
    globe = page.locator("night-globe")
    expect(globe).to_have_attribute("data-state", "unsupported")
    expect(globe.locator("canvas")).to_have_count(0)
    for link in globe.locator("li a").all():
        expect(link).to_be_visible()
        assert is_uncovered(link)
    globe.locator("a", has_text="Liège").click()
    expect(page.locator("h1")).to_contain_text("Liège")
