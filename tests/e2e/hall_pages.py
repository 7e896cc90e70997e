"""A hall with its pages in real browsers: the fixtures ``hall`` and ``enter``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.e2e.hall import Hall
from tests.e2e.hall_deeds import PASSWORD, STAGE

Enter = Callable[..., Page]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    hall = Hall(tmp_path / "network")
    hall.start()
    yield hall
    hall.stop()


@pytest.fixture
def enter(browser: Browser, hall: Hall) -> Iterator[Enter]:
    """``enter(path, width=…, base=…, leads=False)``: a page in a browser of its own; no script of it may fail."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def enter_(path: str, *, width: int = 390, base: str = "", leads: bool = False, script: bool = True) -> Page:
        height = 844 if width < 600 else 1080
        context = browser.new_context(
            viewport={"width": width, "height": height},
            has_touch=True,
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"{path}: {error}"))
        if leads:
            page.goto(hall.address + "/account/session/")
            page.get_by_label("Name or e-mail").fill(STAGE)
            page.get_by_label("Password").fill(PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url("**/account/**")
            expect(page.get_by_label("Password")).to_have_count(0)
        page.goto((base or hall.address) + path, wait_until="load")
        return page

    yield enter_
    for context in contexts:
        context.close()
    assert not troubles, troubles
