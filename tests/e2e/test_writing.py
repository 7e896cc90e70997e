"""Writing in a real browser: two languages and pictures, a moment, a change; by thumb, in Arabic, and without a script."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, FilePayload, Page, expect
from tests.e2e.conftest import DAY, PASSWORD
from tests.e2e.test_axe import AXE, COLOURS, TAGS, look

NEW = "/posts/new/?as=thehague"


class Write:
    """Opens a page as an editor of The Hague; remembers what browsers complain of, but for forms that are refused, as they are to be."""

    def __init__(self, browser: Browser, network: str) -> None:
        self.browser, self.network = browser, network
        self.troubles: list[str] = []

    def __call__(self, path: str = NEW, *, width: int = 1440, script: bool = True) -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script, reduced_motion="reduce"
        )
        page = context.new_page()
        page.on("console", self.note)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.goto(f"{self.network}/account/session/")
        page.locator("input[name=login]").fill("thehague-editor")
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(re.compile("/account/$"))
        page.goto(self.network + path)
        return page

    def note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 400" not in message.text:
            self.troubles.append(message.text)


@pytest.fixture
def write(browser: Browser, network: str) -> Iterator[Write]:
    made = Write(browser, network)
    yield made
    for context in list(browser.contexts):
        context.close()
    assert not made.troubles


def picture(name: str) -> FilePayload:
    out = io.BytesIO()
    Image.new("RGB", (900, 600), tuple(os.urandom(3))).save(out, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def tomorrow() -> str:
    return (datetime.now(ZoneInfo("Europe/Amsterdam")) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")


def add_language(page: Page, tag: str) -> None:
    page.locator("#more").select_option(tag)
    page.locator("button[value=language]").click()
    expect(page.locator(f"#text-{tag}")).to_be_visible()


def add_pictures(page: Page, *names: str) -> None:
    page.locator("#at-file").set_input_files([picture(name) for name in names])
    expect(page.locator(".write-medium")).to_have_count(len(names), timeout=60_000)


def test_two_languages_and_two_pictures_are_posted_changed_and_read_as_they_were(write: Write) -> None:
    page = write()
    first = page.locator("textarea[id^=text-]").get_attribute("lang") or ""
    page.locator(f"#text-{first}").fill("De zee is terug #scheveningen")
    expect(page.locator("[data-kept]")).to_have_text("Kept as a draft")
    add_language(page, "fr")
    tabs = page.get_by_role("tab")
    expect(tabs).to_have_count(2)
    tabs.nth(1).press("Home")
    expect(tabs.nth(0)).to_be_focused()
    expect(page.locator(f"#text-{first}")).to_have_value("De zee is terug #scheveningen")
    tabs.nth(0).press("ArrowRight")
    page.locator("#text-fr").fill("La mer est revenue #scheveningen")
    add_pictures(page, "golf.jpg", "pier.jpg")
    page.get_by_role("button", name="Post", exact=True).last.click()
    expect(page.get_by_role("alert").first).to_contain_text("Describe picture 1")
    expect(page.locator(".write-troubles")).to_be_focused()
    for number, area in enumerate(page.locator(".write-medium textarea").all()):
        area.fill(f"Description {number}")
    page.get_by_role("button", name="Post", exact=True).last.click()
    page.wait_for_url(re.compile(r"/@thehague/posts/\d+/$"))
    expect(page.locator(".post-media-2")).to_be_visible()
    expect(page.locator(".post").first).to_contain_text("De zee is terug")

    page.goto(f"{page.url}versions/new/")
    page.locator(f"#text-{first}").fill("De zee is weer terug #scheveningen")
    page.get_by_role("button", name="Save the change").click()
    page.wait_for_url(re.compile(r"/@thehague/posts/\d+/$"))
    page.goto(f"{page.url}versions/")
    expect(page.locator(".version")).to_have_count(2)
    expect(page.locator(".version").nth(1)).to_contain_text("De zee is terug")
    expect(page.locator(".version").nth(1)).to_contain_text("thehague-editor")


def test_a_post_waits_for_its_moment_on_two_clocks_until_somebody_says_no(write: Write) -> None:
    page = write()
    page.locator("textarea[id^=text-]").fill("Morgen om deze tijd")
    page.get_by_text("Post it at a moment").click()
    page.locator("#due").fill(tomorrow())
    expect(page.locator("#at-due own-time").last).to_contain_text("On your own clock")
    page.get_by_role("button", name="Set the moment").click()
    page.wait_for_url(re.compile("/posts/drafts/$"))
    sheet = page.locator(".sheet", has_text="Morgen om deze tijd")
    expect(sheet).to_contain_text("UTC+")
    expect(sheet.locator("own-time")).to_contain_text("On your own clock")
    sheet.get_by_role("button", name="Not at that moment").click()
    expect(page.get_by_role("heading", name="Begun")).to_be_visible()
    page.locator(".sheet", has_text="Morgen om deze tijd").get_by_role("button", name="Throw away").click()
    expect(page.locator(".sheet", has_text="Morgen om deze tijd")).to_have_count(0)


def test_without_a_script_everything_can_be_done(write: Write) -> None:
    page = write(script=False)
    first = page.locator("textarea[id^=text-]").get_attribute("lang") or ""
    page.locator(f"#text-{first}").fill("Zee of duinen?")
    add_language(page, "bg")
    page.locator("#text-bg").fill("Море или дюни?")
    page.get_by_role("button", name="Add a poll").click()
    page.get_by_role("button", name="One more answer").click()
    for number, words in enumerate(("Zee", "Duinen", "Pier")):
        for tag in (first, "bg"):
            page.locator(f"#option-{number}-{tag}").fill(f"{words} {tag}")
    page.locator("#at-file").set_input_files(picture("duin.jpg"))
    page.get_by_role("button", name="Send the file").click()
    for area in page.locator(".write-medium textarea").all():
        area.fill("Een duin")
    expect(page.locator(f"#text-{first}")).to_have_value("Zee of duinen?")
    expect(page.locator("#option-2-bg")).to_have_value("Pier bg")
    page.get_by_role("button", name="Post", exact=True).last.click()
    page.wait_for_url(re.compile(r"/@thehague/posts/\d+/$"))
    expect(page.locator(".poll-answer")).to_have_count(3)
    expect(page.locator(".post-media-1")).to_be_visible()


@pytest.mark.parametrize(
    ("prefix", "width"),
    [("", 1440), ("/ar", 390), ("/zh-hans", 390), ("/bg", 320)],
    ids=["wide", "arabic", "chinese", "narrow"],
)
def test_axe_finds_nothing_where_one_writes(write: Write, prefix: str, width: int) -> None:
    page = write(f"{prefix}{NEW}", width=width)
    add_language(page, "fa")
    page.locator("button[value=poll]").click()
    add_pictures(page, "a.jpg")
    page.locator("#at-due summary").click()
    page.locator(".write-who details summary").click()
    assert fits(page)
    assert clean(page) == []
    page.locator("button[value=post]").last.click()
    expect(page.locator(".write-troubles")).to_be_focused()
    assert clean(page) == []
    page.goto(re.sub(r"/posts/new/.*", "/posts/drafts/", page.url))
    assert fits(page)
    assert clean(page) == []


def fits(page: Page) -> bool:
    """Whether the page scrolls down alone."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def clean(page: Page) -> list[str]:
    """What axe finds by night and by day."""
    page.evaluate(AXE.read_text())
    by_night, passes = look(page, TAGS)
    page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", DAY)
    by_day, _ = look(page, COLOURS)
    assert passes > 15, "axe looked at next to nothing"
    return by_night + by_day
