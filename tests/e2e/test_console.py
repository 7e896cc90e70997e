"""The console in a real browser: by keyboard alone and from right to left, live on two screens, and without script."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.e2e.conftest import PASSWORD, Open
from tests.e2e.test_axe import AXE, TAGS, look

OFFICE = "foundation"
MOST_TABS = 120


def enter(page: Page) -> None:
    page.get_by_role("textbox").first.wait_for()
    page.locator("input[name=login]").fill(OFFICE)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(OFFICE)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there; a control that no Tab reaches is none for who has no mouse."""
    expect(page.locator(selector).first).to_be_visible()  # of the page that comes, not of the one that goes
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no Tab leads to {selector}")


@pytest.fixture
def console(open_page: Open, network: str) -> Page:
    """The console of the trial, in Arabic, opened by keyboard alone."""
    page = open_page("/account/session/")
    enter(page)
    page.goto(f"{network}/ar/office/ceremonies/")
    tab_to(page, ".plan-trial button")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/ar/ceremonies/[0-9]+/console/"))
    if page.locator("#resume").is_visible():  # what another test left
        page.locator("#resume").click()
    expect(page.locator("#hold")).to_be_visible()
    return page


@pytest.fixture
def second(browser: Browser, console: Page, network: str) -> Iterator[Page]:
    """Another operator, on a tablet."""
    context: BrowserContext = browser.new_context(viewport={"width": 820, "height": 1180}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{network}/account/session/")
    enter(page)
    page.goto(console.url.replace("/ar/", "/"))
    yield page
    context.close()


def test_a_rehearsal_by_keyboard_alone_seen_live_by_the_other_operator(console: Page, second: Page) -> None:
    assert console.evaluate("document.documentElement.dir") == "rtl"
    state = second.locator(".console-state")
    expect(state).to_contain_text("Palms are taken")
    second.evaluate("window.untouched = true")

    tab_to(console, "#hold")
    console.keyboard.press("Enter")
    expect(state).to_contain_text("Held")
    tab_to(console, "#resume")
    console.keyboard.press("Enter")
    expect(state).to_contain_text("Palms are taken")

    tab_to(console, ".console-hand summary")
    console.keyboard.press("Enter")
    tab_to(console, ".console-hand[open] input[name=reason]")
    console.keyboard.type("Her arm is in a sling.")
    console.keyboard.press("Enter")
    expect(second.locator(".console-pressed")).to_contain_text("Her arm is in a sling.")
    expect(second.locator(".console-count")).to_contain_text("Guests: 1 of 3")

    tab_to(console, "#end")
    console.keyboard.press("Enter")
    expect(state).to_contain_text("Ended")
    assert second.evaluate("window.untouched"), "the other operator's page was never loaded anew"
    tab_to(console, "form[action$='wiping/'] button")
    console.keyboard.press("Enter")
    tab_to(console, ".console-sure button")
    console.keyboard.press("Enter")
    expect(console.locator(".console-pressed")).to_have_count(0)


def test_what_is_typed_stays_while_palms_come_in(console: Page, second: Page) -> None:
    second.locator(".console-hand summary").first.click()
    reason = second.locator(".console-hand input[name=reason]").first
    reason.press_sequentially("She is at the rail")
    with second.expect_response(lambda answer: answer.url.endswith("/console/")):
        tab_to(console, "#hold")
        console.keyboard.press("Enter")
    expect(console.locator("#resume")).to_be_visible()
    expect(reason).to_have_value("She is at the rail")
    expect(reason).to_be_focused()
    reason.blur()
    expect(second.locator("#resume")).to_be_visible()


def test_who_signs_out_elsewhere_loses_the_console_within_five_seconds(
    console: Page, second: Page, network: str
) -> None:
    expect(second.locator("#hold")).to_be_visible()
    elsewhere = second.context.new_page()
    elsewhere.goto(f"{network}/account/")
    elsewhere.get_by_role("button", name="Sign out").click()
    expect(elsewhere.locator(".header .sign-in")).to_have_text("Sign in")
    expect(second.get_by_role("alert")).to_have_text("You lead this ceremony no longer.", timeout=5_000)
    expect(second.locator("#console-live")).to_have_count(0)
    expect(console.locator("#hold")).to_be_visible()


def test_axe_finds_nothing_on_the_pages_of_teams(console: Page, network: str) -> None:
    ceremony = console.url.rstrip("/").split("/")[-2]
    plan = f"{network}/ar/office/ceremonies/{ceremony}/"
    for address in (console.url, plan, f"{plan}guests/", f"{plan}tickets/", f"{network}/office/ceremonies/new/"):
        for width in (390, 1280):
            console.set_viewport_size({"width": width, "height": 900})
            console.goto(address)
            console.evaluate(AXE.read_text())
            found, passed = look(console, TAGS)
            assert not found, (address, found)
            assert passed > 10
            assert console.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), (
                address
            )


def test_it_works_without_script(open_page: Open, console: Page, network: str) -> None:
    page = open_page("/account/session/", script=False)
    enter(page)
    page.goto(console.url.replace("/ar/", "/"))
    page.locator("#hold").click()
    expect(page.locator(".console-state")).to_contain_text("Held")
    page.locator("#resume").click()
    expect(page.locator(".console-state")).to_contain_text("Palms are taken")
