"""Timelines and threads in a real browser: marks without a new page, news that are offered, nothing without which it would not work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.e2e.hall import Hall
from tests.e2e.talk_deeds import PASSWORD
from tests.e2e.test_axe import AXE, COLOURS, TAGS, look

Enter = Callable[..., Page]


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A small network of its own in which something has been said."""
    hall = Hall(tmp_path_factory.mktemp("talk"), "talk_deeds")
    hall.start()
    yield hall
    hall.stop()


@pytest.fixture
def enter(browser: Browser, talk: Hall) -> Iterator[Enter]:
    """``enter(name, path, width=1440, theme="night", script=True)``: a page in a browser on which this person is signed in, or nobody. A test
    fails when a page logs an error or breaks its policy."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def enter_(name: str, path: str, *, width: int = 1440, theme: str = "night", script: bool = True) -> Page:
        size: Any = {"width": width, "height": 844 if width < 600 else 900}
        context = browser.new_context(
            viewport=size, java_script_enabled=script, reduced_motion="reduce", timezone_id="Asia/Tokyo"
        )
        context.add_cookies([{"name": "theme", "value": theme, "url": talk.address}])
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        if name:
            page.goto(f"{talk.address}/account/session/")
            page.locator("input[name=login]").fill(name)
            page.locator("input[name=password]").fill(PASSWORD)
            page.locator("main form button").first.click()
            page.wait_for_url(re.compile(r"/account/$"))
        page.goto(talk.address + path, wait_until="load")
        return page

    yield enter_
    for context in contexts:
        context.close()
    assert not troubles, troubles


def post_page(talk: Hall, what: str) -> str:
    return f"/@{'lin' if what == 'question' else 'thehague'}/posts/{talk.plan[what]}/"


def test_a_mark_stays_on_the_page_and_keeps_the_focus(enter: Enter, talk: Hall) -> None:
    page = enter("lin", "/home/")
    line = page.locator(f"#post-{talk.plan['reply']}")
    button = line.get_by_role("button", name="Favourite")
    expect(button).to_have_attribute("aria-pressed", "false")
    page.evaluate("window.here = true")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    expect(line.locator(".act-favourite + .act-count")).to_have_text(re.compile("^1"))
    assert page.evaluate("window.here"), "no new page"
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")


def test_without_a_script_one_comes_back_to_where_one_was(enter: Enter, talk: Hall) -> None:
    page = enter("lin", "/home/", script=False)
    number = talk.plan["reply"]
    for pressed in ("true", "false"):
        page.locator(f"#post-{number} .act-bookmark").click()
        assert page.url == f"{talk.address}/home/#post-{number}"
        expect(page.locator(f"#post-{number} .act-bookmark")).to_have_attribute("aria-pressed", pressed)
    page.goto(f"{talk.address}/posts/")
    page.get_by_role("link", name="Older posts").click()
    assert "before=" in page.url
    expect(page.locator(".timeline")).to_contain_text("kom je naar")


def test_what_is_posted_is_offered_to_whom_it_is_for(enter: Enter, talk: Hall) -> None:
    page = enter("lin", "/about/")
    with page.expect_response("**/live/posts/"):
        page.goto(f"{talk.address}/home/")
    other = enter("newcomer", "/posts/")
    elsewhere = enter("", "/@shenzhen/posts/")
    offer = page.locator("live-posts [role=status] button")
    first = page.locator(".timeline > li").first.inner_text()
    said = talk.deed("say")["post"]
    expect(offer).to_have_text("1 new post. Show it")
    assert page.locator(".timeline > li").first.inner_text() == first, "nothing moves unasked"
    talk.deed("say")
    expect(offer).to_have_text("2 new posts. Show them")
    expect(other.locator("live-posts [role=status] button")).to_have_text("2 new posts. Show them")
    expect(elsewhere.locator("live-posts [role=status] button")).to_have_count(0)
    page.wait_for_load_state()
    offer.click()
    expect(page.locator(f"#post-{said}")).to_contain_text("Said just now.")
    expect(offer).to_have_count(0)
    assert page.evaluate("document.activeElement.matches('.timeline > li:first-child')")


def test_a_content_note_and_an_original_open_by_keyboard(enter: Enter, talk: Hall) -> None:
    page = enter("", post_page(talk, "post"))
    text = page.locator(".post-whole .text-read")
    expect(text).to_be_hidden()
    page.locator(".post-note > summary").focus()
    page.keyboard.press("Enter")
    expect(text).to_be_visible()
    expect(page.get_by_text("Translated from Dutch by a machine")).to_be_visible()
    page.locator(".text-origin > summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".text-side[lang=nl]")).to_contain_text("kom je naar")


def test_a_moment_is_told_on_the_readers_clock_too(enter: Enter, talk: Hall) -> None:
    page = enter("", post_page(talk, "question"))
    expect(page.locator(".post-whole .moment-here")).to_contain_text("for you")
    without = enter("", post_page(talk, "question"), script=False)
    expect(without.locator(".post-whole time")).to_be_visible()
    expect(without.locator(".moment-here")).to_have_count(0)


def test_the_menu_of_a_post_leads_to_what_its_author_may_do(enter: Enter, talk: Hall) -> None:
    page = enter("femke", "/home/?as=thehague")
    page.goto(talk.address + post_page(talk, "reply"))
    page.locator(".post-whole .act-more > summary").click()
    expect(page.get_by_role("link", name="Delete")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Delete")).to_be_hidden()


LOOKS = [
    ("newcomer", "/home/", 1440), ("newcomer", "/ar/home/", 390), ("lin", "/home/", 390), ("lin", "/ar/home/", 1440),
    ("", "/posts/", 1440), ("", "/zh-hans/posts/", 390), ("lin", "/tags/notes/", 390), ("", "/@shenzhen/posts/", 1440),
    ("lin", "question", 1440), ("", "/ar question", 390), ("lin", "/home/bookmarks/", 390), ("femke", "/home/letters/", 1440),
    ("", "/@lin/", 390), ("", "/@thehague/", 390), ("lin", "favourites", 390),
]  # fmt: skip


@pytest.mark.parametrize(("name", "path", "width"), LOOKS)
def test_axe_finds_nothing(enter: Enter, talk: Hall, name: str, path: str, width: int) -> None:
    language, _, what = path.rpartition(" ")
    if what == "question":
        path = language + post_page(talk, "question")
    if what == "favourites":
        path = post_page(talk, "question") + "favourites/"
    page = enter(name, path, width=width)
    page.evaluate(AXE.read_text())
    found, passed = look(page, TAGS)
    assert not found, "\n".join(found)
    assert passed > 15
    page.evaluate("document.documentElement.dataset.theme = 'day'")
    found, _ = look(page, COLOURS)
    assert not found, "\n".join(found)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
