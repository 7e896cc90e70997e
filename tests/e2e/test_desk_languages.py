"""A translator of The Hague writes Chinese beside Dutch: saved while typing, warned by the glossary, reviewed; in Arabic too, and
without script."""

from __future__ import annotations

import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from tests.e2e.conftest import DAY, PASSWORD, Running
from tests.e2e.test_axe import AXE, COLOURS, TAGS, look

MEI, EDITOR = "thehague-translator", "thehague-editor"
DESK = "/desk/@thehague/languages/"
DJANGO = """
import django; django.setup()
from cityplus.cities.models import City, Member
from cityplus.drafts import Edit, mark
from cityplus.drafts.models import Draft
from cityplus.languages.text import Text
from cityplus.people.models import Person
from cityplus.routes.models import Route, Stop
from cityplus.translation.models import Term
city = City.objects.select_related("actor").get(actor__handle="thehague")
"""
CAST = f"""
person, made = Person.objects.get_or_create(username={MEI!r})
if made: person.set_password({PASSWORD!r}); person.save()
Member.objects.get_or_create(person=person, city=city, defaults={{"role": "translator"}})
other = City.objects.get(actor__handle="shenzhen")
words = dict(source_language="nl", source="Vredespaleis", target_language="zh-Hans", target="和平宫")
Term.keep(city, other, by={MEI!r}, **words)
"""
ROUTE = """
route = Route.objects.create(city=city, slug={slug!r}, title=Text.of("nl", nl={title!r}), summary=Text.of("nl", nl="Kort."), mode="walk")
Stop.objects.create(route=route, number=1, slug="vredespaleis", title=Text.of("nl", nl="Vredespaleis"), lat=52.09, lon=4.3,
                    story=Text.of("nl", nl="Het Vredespaleis aan het plein.", en="The palace."))
"""
CHANGE = """
draft = Draft.on("route", Route.objects.get(slug={slug!r}).pk, city.actor)
path = "stops/vredespaleis/story/nl"
draft.edit([Edit(path, mark(draft.does.shape.at(path).value(draft.document)), "Een ander verhaal.")], by="thehague-editor")
"""

Desk = Callable[..., Page]


def on_the_server(running: Running, code: str) -> None:
    env = running.env | {"DJANGO_SETTINGS_MODULE": "cityplus.config.settings"}
    subprocess.run([sys.executable, "-c", DJANGO + code], env=env, check=True)


@pytest.fixture(scope="module")
def session(running: Running, browser: Browser) -> Any:
    """The cookies of the translator, who is made here and signed in once."""
    on_the_server(running, CAST)
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{running.address}/account/session/")
        page.get_by_label("Name or e-mail").fill(MEI)
        page.get_by_label("Password").fill(PASSWORD)
        page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(MEI)
        return context.storage_state()


@pytest.fixture
def at_desk(browser: Browser, running: Running, session: Any) -> Iterator[Desk]:
    """``at_desk(path, width=1440, script=True, theme="night")``: a page in a browser of the translator's. What it throws fails the
    test."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_(path: str, *, width: int = 1440, script: bool = True, theme: str = "night") -> Page:
        context = browser.new_context(
            storage_state=session, viewport={"width": width, "height": 900}, java_script_enabled=script,
            reduced_motion="reduce", has_touch=width < 600,
        )  # fmt: skip
        context.add_cookies([{"name": "theme", "value": theme, "url": running.address}])
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"{path}: {error}"))
        page.on("console", lambda said: troubles.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(f"{running.address}{path}")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not troubles, troubles


@pytest.fixture
def slug(running: Running, session: Any) -> Iterator[str]:
    """The name of a new route in Dutch with one stop, which nobody has published."""
    name = f"vrede-{uuid.uuid4().hex[:6]}"
    on_the_server(running, ROUTE.format(slug=name, title=f"Naar de vrede {name}"))
    yield name
    on_the_server(running, f"Route.objects.filter(slug={name!r}).delete()")


def sides(slug: str, tag: str = "zh-Hans", prefix: str = "") -> str:
    return f"{prefix}/desk/@thehague/routes/{slug}/languages/{tag}/"


def row(page: Page, path: str) -> Locator:
    return page.locator(".side", has=page.locator(f'[data-path="{path}"]'))


def test_chinese_is_written_beside_dutch_and_reviewed(at_desk: Desk, slug: str) -> None:
    page = at_desk(f"{DESK}?lang=zh-Hans")
    piece = page.locator(".queue-piece", has_text=slug)
    expect(piece).to_contain_text("4 missing")
    piece.get_by_role("link").click()
    story = row(page, "stops/vredespaleis/story/zh-Hans")
    expect(story).to_contain_text("Het Vredespaleis aan het plein.")
    words = story.get_by_label("Simplified Chinese")
    assert words.get_attribute("lang") == "zh-Hans"
    words.fill("广场旁的和平殿。")
    expect(page.locator(".editor-said")).to_have_text("Everything is saved.")
    expect(story.locator(".side-warning")).to_contain_text("The glossary says “和平宫” for “Vredespaleis”")
    expect(page.locator(".sides-count")).to_contain_text("1 of 4 done")
    words.fill("广场旁的和平宫。")
    expect(story.locator(".side-warning")).to_have_count(0)
    expect(story.locator(".state")).to_have_text("written by a person")
    words.press_sequentially("走吧。")
    story.get_by_role("button", name="Mark as reviewed").click()  # at once, before it has been saved by itself
    expect(page.locator(".message.success")).to_contain_text("1 text was saved")
    page.goto(page.url.split("?")[0])
    story = row(page, "stops/vredespaleis/story/zh-Hans")
    expect(story.locator(".state")).to_have_text("reviewed by a person")
    expect(story.locator(".side-head")).to_contain_text(MEI)
    expect(story.get_by_label("Simplified Chinese")).to_have_value("广场旁的和平宫。走吧。")


def test_what_its_original_left_behind_is_found_still_right(at_desk: Desk, running: Running, slug: str) -> None:
    page = at_desk(sides(slug))
    story = row(page, "stops/vredespaleis/story/zh-Hans")
    story.get_by_label("Simplified Chinese").fill("和平宫的故事。")
    expect(story.locator(".state")).to_have_text("written by a person")
    on_the_server(running, CHANGE.format(slug=slug))
    page.reload()
    expect(story.locator(".state")).to_have_text("the original was changed since")
    expect(page.locator(".sides-count")).to_contain_text("1 outdated")
    story.get_by_role("button", name="Still right").click()
    expect(story.locator(".state")).to_have_text("written by a person")
    expect(story.get_by_role("button", name="Still right")).to_have_count(0)


def test_by_keyboard_alone(at_desk: Desk, slug: str) -> None:
    page = at_desk(sides(slug))
    page.get_by_role("link", name="To the first that needs work").focus()
    page.keyboard.press("Enter")
    title = row(page, "title/zh-Hans")
    for _ in range(6):
        page.keyboard.press("Tab")
        if title.get_by_label("Simplified Chinese").evaluate("field => field === document.activeElement"):
            break
    page.keyboard.type("通往和平")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Save")
    page.keyboard.press("Enter")
    expect(page.locator(".editor-said")).to_have_text("Everything is saved.")
    expect(title.locator(".state")).to_have_text("written by a person")


def test_without_script_it_is_a_form(at_desk: Desk, slug: str) -> None:
    page = at_desk(sides(slug), script=False)
    row(page, "title/zh-Hans").get_by_label("Simplified Chinese").fill("通往和平")
    row(page, "stops/vredespaleis/story/zh-Hans").get_by_label("Simplified Chinese").fill("和平殿。")
    page.get_by_role("button", name="Save all").last.click()
    expect(page.locator(".message.success")).to_contain_text("2 texts were saved")
    expect(page.locator(".sides-count")).to_contain_text("2 of 4 done")
    expect(page.locator(".side-warning")).to_have_count(1)
    row(page, "title/zh-Hans").get_by_role("button", name="Mark as reviewed").click()
    expect(row(page, "title/zh-Hans").locator(".state")).to_have_text("reviewed by a person")


def test_a_file_goes_to_an_agency_and_comes_back(at_desk: Desk, slug: str, tmp_path: Any) -> None:
    page = at_desk(sides(slug))
    with page.expect_download() as download:
        page.get_by_role("link", name="PO", exact=True).click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    text = path.read_text()
    path.write_text(text.replace('msgid "Kort."\nmsgstr ""', 'msgid "Kort."\nmsgstr "短。"'))
    page.get_by_label("A file with translations").set_input_files(path)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The file was brought in")
    page.get_by_role("link", name="To the texts").click()
    expect(row(page, "summary/zh-Hans").get_by_label("Simplified Chinese")).to_have_value("短。")


def test_in_arabic_on_a_phone(at_desk: Desk, slug: str) -> None:
    page = at_desk(sides(slug, "ar", "/ar"), width=390)
    assert page.locator("html").get_attribute("dir") == "rtl"
    story = row(page, "stops/vredespaleis/story/ar")
    assert story.locator(".side-words").get_attribute("dir") == "ltr"
    words = story.locator("textarea")
    assert words.get_attribute("dir") == "rtl"
    words.fill("قصر السلام في الساحة.")
    expect(story.locator(".state-author")).to_be_visible()
    original, version = story.locator(".side-original").bounding_box(), story.locator(".side-version").bounding_box()
    assert original and version
    assert original["y"] + original["height"] <= version["y"], "one above the other"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(("prefix", "width"), [("", 1440), ("/ar", 390)])
def test_axe_finds_nothing(at_desk: Desk, slug: str, prefix: str, width: int) -> None:
    for path in (f"{prefix}{DESK}", f"{prefix}{DESK}glossary/", sides(slug, "zh-Hans", prefix)):
        page = at_desk(path, width=width)
        page.evaluate(AXE.read_text())
        found, passed = look(page, TAGS)
        assert not found, (path, found)
        assert passed > 20
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", DAY)
        found, _ = look(page, COLOURS)
        assert not found, (path, found)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
