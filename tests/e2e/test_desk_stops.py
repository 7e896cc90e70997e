"""The stops of a draft: put in order by keyboard and by pointer, placed by search, coordinates and taps; their ways drawn; files."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, FilePayload, Locator, Page, expect
from tests.e2e.conftest import NO_WEBGL2, PASSWORD, Running
from tests.e2e.test_axe import AXE, COLOURS, TAGS, look

EDITOR, OWNER = "thehague-editor", "thehague-owner"
NAMES = ("Hofvijver", "Vredespaleis", "Pier")
PLACES = ((52.0807, 4.3124), (52.0866, 4.2955), (52.1170, 4.2795))
SAVED = "Everything is saved."

Desk = Callable[..., Page]


def gpx(name: str, count: int = 3) -> bytes:
    places = zip(NAMES[:count], PLACES, strict=False)
    points = "".join(f'<wpt lat="{lat}" lon="{lon}"><name>{stop}</name></wpt>' for stop, (lat, lon) in places)
    head = f"<metadata><name>{name}</name></metadata>"
    return f'<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="test">{head}{points}</gpx>'.encode()


@pytest.fixture(scope="module")
def keys(running: Running, browser: Browser) -> dict[str, Any]:
    """The cookies of two of the team, signed in once."""
    found = {}
    for name in (EDITOR, OWNER):
        with browser.new_context() as context:
            page = context.new_page()
            page.goto(f"{running.address}/account/session/")
            page.get_by_label("Name or e-mail").fill(name)
            page.get_by_label("Password").fill(PASSWORD)
            page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
            expect(page.get_by_role("heading", level=1)).to_have_text(name)
            found[name] = context.storage_state()
    return found


@pytest.fixture
def draft(running: Running, browser: Browser, keys: dict[str, Any]) -> str:
    """The address of the stops of a new draft of three stops."""
    with browser.new_context(storage_state=keys[EDITOR]) as context:
        page = context.new_page()
        page.goto(f"{running.address}/account/")
        token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
        name = f"walk-{uuid.uuid4().hex[:8]}"
        file = FilePayload(name="walk.gpx", mimeType="application/gpx+xml", buffer=gpx(name))
        answer = page.request.post(
            f"{running.address}/@thehague/routes/",
            multipart={"csrfmiddlewaretoken": token, "language": "nl", "file": file},
            headers={"Referer": page.url},
        )
        assert answer.status == 201, answer.text()
    return f"/desk/@thehague/routes/{name}/stops/"


@pytest.fixture
def at_desk(browser: Browser, network: str, keys: dict[str, Any]) -> Iterator[Desk]:
    """``at_desk(path, who, width=1440, script=True, init="")``: a page in a browser of this person's own. What it throws fails the test."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "ERR_INTERNET_DISCONNECTED" not in message.text:
            troubles.append(message.text)

    def open_(path: str, who: str = EDITOR, *, width: int = 1440, script: bool = True, init: str = "") -> Page:
        context = browser.new_context(
            storage_state=keys[who],
            viewport={"width": width, "height": 844 if width < 600 else 1000},
            java_script_enabled=script,
            reduced_motion="reduce",
            has_touch=width < 600,
        )
        if init:
            context.add_init_script(init)
        contexts.append(context)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(network + path, wait_until="load")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not troubles, troubles


def names(page: Page) -> Locator:
    return page.locator(".stop-row .stop-name")


def row(page: Page, name: str) -> Locator:
    return page.locator(".stop-row", has=page.locator(".stop-name", has_text=name))


def saved(page: Page) -> None:
    expect(page.locator(".editor-said")).to_have_text(SAVED)


def said(page: Page) -> Locator:
    return page.locator("[data-said]")


def open_map(page: Page, count: int = 3) -> Locator:
    page.locator(".map-switch").click()
    markers = page.locator(".map-stop")
    expect(markers).to_have_count(count)
    return markers


def tap(page: Page, across: float, down: float) -> None:
    """Tap the map at a share of its width and height."""
    box = page.locator(".map-frame canvas").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] * down)


def test_stops_are_put_in_order_by_keyboard_alone(at_desk: Desk, draft: str) -> None:
    page = at_desk(draft)
    before = row(page, "Pier").locator(".stop-way").inner_text()
    page.locator(".stop-words").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # over “Move up”, which has nowhere to go
    expect(row(page, "Hofvijver").locator('[name="down"]')).to_be_focused()
    page.keyboard.press("Enter")
    expect(names(page)).to_have_text(["Vredespaleis", "Hofvijver", "Pier"])
    expect(said(page)).to_have_text("Hofvijver is now number 2 of 3.")
    expect(row(page, "Hofvijver").locator('[name="down"]')).to_be_focused()
    page.keyboard.press("Space")
    expect(names(page)).to_have_text(["Vredespaleis", "Pier", "Hofvijver"])
    expect(row(page, "Pier").locator(".stop-way")).not_to_have_text(before)  # the legs are those of the new order
    row(page, "Hofvijver").locator(".stop-more > summary").press("Enter")
    number = page.get_by_label("Move to number").last
    number.fill("1")
    number.press("Enter")
    expect(names(page)).to_have_text(["Hofvijver", "Vredespaleis", "Pier"])
    saved(page)
    page.reload()
    expect(names(page)).to_have_text(["Hofvijver", "Vredespaleis", "Pier"])


def test_a_place_is_looked_up_and_becomes_a_stop(at_desk: Desk, draft: str) -> None:
    page = at_desk(draft)
    field = page.locator("#stop-q")
    field.fill("madurodam")
    expect(page.locator(".stops-add .place").first).to_contain_text("Madurodam")
    expect(said(page)).to_contain_text("found.")
    field.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(names(page)).to_have_text([*NAMES, "Madurodam"])
    expect(row(page, "Madurodam").locator(".stop-words")).to_be_focused()
    expect(row(page, "Madurodam").locator(".stop-at")).to_have_text(re.compile(r"52\.\d{5}, 4\.\d{5}"))
    saved(page)
    expect(row(page, "Madurodam").locator(".stop-way")).to_contain_text("reckoned")
    row(page, "Madurodam").locator(".stop-more > summary").click()  # what is new can be changed at once
    place = row(page, "Madurodam").locator('input[name^="q:"]')
    place.fill("52°06'N 4°18'E")
    place.press("Enter")
    expect(row(page, "Madurodam").locator(".stop-at")).to_have_text("52.10000, 4.30000")
    row(page, "Madurodam").locator('[name="up"]').click()
    saved(page)
    page.reload()
    expect(names(page)).to_have_text(["Hofvijver", "Vredespaleis", "Madurodam", "Pier"])
    expect(row(page, "Madurodam").locator(".stop-at")).to_have_text("52.10000, 4.30000")


def test_a_stop_is_taken_out_and_brought_back(at_desk: Desk, draft: str) -> None:
    page = at_desk(draft)
    row(page, "Vredespaleis").locator(".stop-more > summary").click()
    row(page, "Vredespaleis").locator('[name="remove"]').click()
    expect(names(page)).to_have_text(["Hofvijver", "Pier"])
    expect(row(page, "Pier").locator(".stop-words")).to_be_focused()
    saved(page)
    page.locator("[data-undo] button").click()
    expect(names(page)).to_have_text(list(NAMES))
    saved(page)
    page.reload()
    expect(names(page)).to_have_text(list(NAMES))
    expect(row(page, "Vredespaleis").locator(".stop-at")).to_have_text("52.08660, 4.29550")


def test_a_row_is_dragged_by_its_grip(at_desk: Desk, draft: str) -> None:
    page = at_desk(draft)
    row(page, "Pier").locator("[data-grip]").hover()
    page.mouse.down()
    box = row(page, "Hofvijver").bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 40, steps=8)
    page.mouse.move(box["x"] + 20, box["y"] + 5, steps=4)
    page.mouse.up()
    expect(names(page)).to_have_text(["Pier", "Hofvijver", "Vredespaleis"])
    saved(page)
    page.reload()
    expect(names(page)).to_have_text(["Pier", "Hofvijver", "Vredespaleis"])


def test_the_map_comes_when_it_is_opened_and_asks_nobody_else(at_desk: Desk, draft: str, network: str) -> None:
    page = at_desk(draft)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    assert not page.evaluate(
        "performance.getEntriesByType('resource').filter(e => /maplibre|pmtiles/.test(e.name)).length"
    )
    open_map(page)
    expect(page.locator(".maplibregl-ctrl-attrib")).to_contain_text("Sketch map: coastline only")
    assert {urlsplit(url).netloc for url in asked if urlsplit(url).scheme != "blob"} == {urlsplit(network).netloc}


def test_markers_are_dragged_and_moved_by_the_arrow_keys(at_desk: Desk, draft: str) -> None:
    page = at_desk(draft)
    markers = open_map(page)
    at = row(page, "Vredespaleis").locator(".stop-at")
    markers.nth(1).hover()
    page.mouse.down()
    page.mouse.move(700, 500, steps=5)
    box = page.locator(".map-frame").bounding_box()
    assert box
    page.mouse.move(box["x"] + 80, box["y"] + 90, steps=8)
    page.mouse.up()
    expect(at).not_to_have_text("52.08660, 4.29550")
    saved(page)
    marker = page.locator('.map-stop[data-key="hofvijver"]')
    marker.focus()
    page.keyboard.press("ArrowUp")
    expect(row(page, "Hofvijver").locator(".stop-at")).to_have_text("52.08075, 4.31240")
    page.keyboard.press("Shift+ArrowRight")
    expect(row(page, "Hofvijver").locator(".stop-at")).to_have_text("52.08075, 4.31313")
    expect(marker).to_be_focused()
    saved(page)
    moved = at.inner_text()
    page.reload()
    expect(row(page, "Hofvijver").locator(".stop-at")).to_have_text("52.08075, 4.31313")
    expect(at).to_have_text(moved)


def test_a_tap_adds_a_stop_or_places_one(at_desk: Desk, draft: str) -> None:
    page = at_desk(draft)
    open_map(page)
    tap(page, 0.3, 0.3)
    page.get_by_role("button", name="Add a stop here").click()
    expect(page.locator(".map-stop")).to_have_count(4)
    expect(names(page).last).to_have_text("without a name")
    page.locator("#stop-q").fill("Haringkar")
    page.get_by_role("button", name="Add it without a place").click()
    expect(row(page, "Haringkar").locator(".stop-at")).to_have_text("No place yet")
    row(page, "Haringkar").locator(".stop-more > summary").click()
    row(page, "Haringkar").get_by_role("button", name="Tap its place on the map").click()
    expect(page.locator(".map-bar")).to_contain_text("Tap the place of Haringkar.")
    tap(page, 0.7, 0.4)
    expect(page.locator(".map-stop")).to_have_count(5)
    expect(row(page, "Haringkar").locator(".stop-at")).to_have_text(re.compile(r"52\.\d+, 4\.\d+"))
    saved(page)
    page.reload()
    expect(names(page)).to_have_text([*NAMES, "without a name", "Haringkar"])
    expect(row(page, "Haringkar").locator(".stop-at")).not_to_have_text("No place yet")


def test_a_way_is_drawn_point_by_point(at_desk: Desk, draft: str) -> None:
    page = at_desk(draft)
    open_map(page)
    row(page, "Pier").locator(".stop-more > summary").click()
    row(page, "Pier").get_by_role("button", name="Draw the way on the map").click()
    bar = page.locator(".map-bar")
    for count, place in enumerate(((0.4, 0.3), (0.5, 0.4), (0.6, 0.5)), 1):
        tap(page, *place)
        expect(bar).to_contain_text(f"Points: {count}")
    bar.get_by_role("button", name="Undo the last point").click()
    bar.get_by_role("button", name="Take the middle of the map").click()
    expect(bar).to_contain_text("Points: 3")
    bar.get_by_role("button", name="Finish the way").click()
    expect(said(page)).to_have_text("The way to Pier is drawn with 3 points.")
    expect(row(page, "Pier").locator(".stop-way")).to_contain_text("as it is drawn")
    row(page, "Pier").locator('[name="up"]').click()  # it begins elsewhere now
    expect(row(page, "Pier").locator(".stop-way")).to_contain_text("reckoned")
    expect(row(page, "Pier").locator('[name="clear"]')).to_be_hidden()
    row(page, "Pier").locator(".stop-points > summary").click()  # the same by hand
    row(page, "Pier").locator("textarea").fill("52.09, 4.29\n52°06'N 4°17'E")
    row(page, "Pier").get_by_role("button", name="Draw this way").click()
    expect(row(page, "Pier").locator(".stop-way")).to_contain_text("as it is drawn")
    expect(row(page, "Pier").locator("textarea")).to_have_value("52.09000, 4.29000\n52.10000, 4.28333")


def test_a_file_is_brought_in(at_desk: Desk, draft: str) -> None:
    page = at_desk(draft)
    page.get_by_role("link", name="Bring in a file").click()
    page.get_by_label("File").set_input_files(
        {"name": "more.gpx", "mimeType": "application/gpx+xml", "buffer": gpx("more", 2)}
    )
    page.get_by_role("button", name="Bring the stops in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 stops are in the draft")
    page.goto(page.url.partition("/file/")[0] + "/stops/")
    expect(names(page)).to_have_text([*NAMES, "Hofvijver", "Vredespaleis"])


def test_what_somebody_else_moves_is_seen(at_desk: Desk, draft: str) -> None:
    page, other = at_desk(draft), at_desk(draft, OWNER)
    expect(names(page)).to_have_text(list(NAMES))
    row(other, "Pier").locator('[name="up"]').click()
    saved(other)
    expect(names(page)).to_have_text(["Hofvijver", "Pier", "Vredespaleis"])
    row(page, "Pier").locator('[name="up"]').click()
    expect(names(other)).to_have_text(["Pier", "Hofvijver", "Vredespaleis"])


def test_without_a_network_one_goes_on_and_nothing_is_lost(at_desk: Desk, draft: str) -> None:
    page = at_desk(draft)
    page.context.set_offline(True)
    row(page, "Pier").locator('[name="up"]').click()
    page.locator("#stop-q").fill("52.1, 4.3")
    page.locator("#stop-q").press("Enter")
    expect(names(page)).to_have_count(4)
    row(page, "without a name").locator('[name="up"]').click()
    expect(page.locator(".editor-said")).to_contain_text("No connection.")
    page.context.set_offline(False)
    saved(page)
    expect(row(page, "without a name").locator(".stop-way")).to_contain_text("reckoned")
    page.reload()
    expect(names(page)).to_have_text(["Hofvijver", "Pier", "without a name", "Vredespaleis"])


def test_without_a_script_the_buttons_do_it(at_desk: Desk, draft: str) -> None:
    page = at_desk(draft, script=False)
    row(page, "Pier").locator('[name="up"]').click()
    expect(names(page)).to_have_text(["Hofvijver", "Pier", "Vredespaleis"])
    page.locator("#stop-q").fill("52.1, 4.3")
    page.locator("#stop-q").press("Enter")
    expect(names(page)).to_have_count(4)
    page.locator("#stop-q").fill("madurodam")
    page.get_by_role("button", name="Look it up").click()
    page.locator(".place").first.click()
    expect(names(page).last).to_have_text("Madurodam")
    row(page, "Pier").locator(".stop-more > summary").click()
    row(page, "Pier").locator('[name="remove"]').click()
    expect(names(page)).to_have_count(4)
    page.get_by_role("button", name="Bring the stop back").click()
    expect(names(page).nth(1)).to_have_text("Pier")
    expect(page.locator(".map-switch")).to_be_hidden()


def test_without_webgl_the_list_does_all(at_desk: Desk, draft: str) -> None:
    page = at_desk(draft, init=NO_WEBGL2)
    page.locator(".map-switch").click()
    expect(page.locator(".map-failed")).to_have_text("The map cannot be shown here. The list does all that it does.")
    row(page, "Pier").locator('[name="up"]').click()
    saved(page)


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_on_a_phone_it_fits_and_is_accessible(at_desk: Desk, draft: str, prefix: str) -> None:
    page = at_desk(prefix + draft, width=390)
    page.locator(".map-switch").tap()
    expect(page.locator(".map-stop")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    small = page.locator(
        ".stop-moves button, .map-bar button, .map-switch, .stops-add button, .stop-grip"
    ).evaluate_all(
        "all => all.filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect()).filter(b => b.width < 44 || b.height < 44).length"
    )
    assert small == 0
    row(page, "Hofvijver").locator('[name="down"]').tap()
    expect(names(page)).to_have_text(["Vredespaleis", "Hofvijver", "Pier"])
    for summary in page.locator(".stop-more > summary").all():
        summary.tap()
    page.evaluate(AXE.read_text())
    found, passes = look(page, TAGS)
    page.evaluate("document.documentElement.dataset.theme = 'day'")
    by_day, _ = look(page, COLOURS)
    assert not found + by_day, "\n".join(found + by_day)
    assert passes > 15
