"""A real browser is counted when somebody sees the page: once, without a cookie, and without JavaScript too."""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route
from tests.e2e.conftest import Running

AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 e2e/"
"""Chromium says that it is headless, and is then no person. Each visit adds something, to be a person of its own."""
HIDDEN = """
window.shown = false;
Object.defineProperty(document, "visibilityState", {get: () => window.shown ? "visible" : "hidden"});
"""
AHEAD = "window.ahead = true; Object.defineProperty(document, 'prerendering', {get: () => window.ahead});"
BEACON = "**/live/views/**"

Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, network: str) -> Iterator[Visit]:
    """``visit(init="", script=True, agent=AGENT)``: a page of a person whom this network has not seen today."""
    with contextlib.ExitStack() as stack:

        def visit_(*, init: str = "", script: bool = True, agent: str = "") -> Page:
            context = browser.new_context(
                base_url=network, user_agent=agent or AGENT + secrets.token_hex(4), java_script_enabled=script
            )
            stack.callback(context.close)
            if init:
                context.add_init_script(init)
            return context.new_page()

        yield visit_


def views(running: Running) -> int:
    """All views of the network, read past the server."""
    path = Path(running.env["CITYPLUS_DATA"]) / "cityplus.sqlite3"
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        row = db.execute("SELECT views FROM pulse_total WHERE kind = 'network' AND language = ''").fetchone()
    return int(row[0]) if row else 0


def test_a_page_is_counted_once_and_a_reload_is_not(visit: Visit, running: Running) -> None:
    before = views(running)
    page = visit()
    with page.expect_response(BEACON) as told:
        page.goto("/about/")
    assert told.value.status == 204
    assert views(running) == before + 1
    with page.expect_response(BEACON) as told:
        page.reload()
    assert told.value.status == 204
    assert views(running) == before + 1
    with page.expect_response(BEACON):
        page.goto("/nl/@thehague/")
    assert views(running) == before + 2
    assert page.context.cookies() == []


def test_the_beacon_carries_the_token_and_no_cookie(visit: Visit, network: str) -> None:
    page = visit()
    page.context.add_cookies([{"name": "theme", "value": "day", "url": network}])
    with page.expect_request(BEACON) as asked:
        page.goto("/about/")
    assert asked.value.post_data == page.locator("page-view").get_attribute("data-token")
    assert "cookie" not in asked.value.all_headers()


def test_without_a_script_a_picture_is_counted(visit: Visit, running: Running) -> None:
    before = views(running)
    page = visit(script=False)
    with page.expect_response(BEACON) as told:
        page.goto("/about/")
    assert (told.value.status, told.value.headers["content-type"]) == (200, "image/gif")
    assert views(running) == before + 1


@pytest.mark.parametrize(
    ("init", "turn"),
    [
        (HIDDEN, "() => { window.shown = true; document.dispatchEvent(new Event('visibilitychange')); }"),
        (AHEAD, "() => { window.ahead = false; document.dispatchEvent(new Event('prerenderingchange')); }"),
    ],
    ids=["in a tab behind", "drawn in advance"],
)
def test_what_nobody_sees_waits_until_somebody_does(visit: Visit, running: Running, init: str, turn: str) -> None:
    before = views(running)
    page = visit(init=init)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if "/live/views/" in request.url else None)
    page.goto("/about/", wait_until="networkidle")
    assert not asked
    with page.expect_response(BEACON):
        page.evaluate(turn)
    assert views(running) == before + 1


def test_what_could_not_be_taken_is_sent_again(visit: Visit, running: Running) -> None:
    before = views(running)
    page = visit()
    refused: list[str] = []

    def busy(route: Route) -> None:
        if refused:
            route.continue_()
        else:
            refused.append(route.request.post_data or "")
            route.fulfill(status=503, headers={"Retry-After": "1"}, body="later")

    page.route(BEACON, busy)
    with page.expect_response(lambda answer: "/live/views/" in answer.url and answer.status == 204) as told:
        page.goto("/about/")
    assert [told.value.request.post_data] == refused
    assert views(running) == before + 1


def test_a_browser_that_says_it_is_headless_is_no_person(visit: Visit, running: Running) -> None:
    before = views(running)
    page = visit(agent=AGENT.replace("Chrome", "HeadlessChrome"))
    with page.expect_response(BEACON) as told:
        page.goto("/about/")
    assert told.value.status == 204
    assert views(running) == before
