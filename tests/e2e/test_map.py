"""The map of a route: it comes only when it is opened, keeps in step with the story, and asks nothing of anybody else."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect
from tests.e2e.conftest import NO_WEBGL2, SHENZHEN, Open


def open_map(page: Page) -> None:
    page.locator(".map-switch").click()
    expect(page.locator(".map-stop")).to_have_count(5)


def expect_marked(page: Page, number: int) -> None:
    """Map and list both say that this is the current stop."""
    expect(page.locator('.map-stop[aria-current="step"]')).to_have_attribute("aria-label", _begins(page, number))
    expect(page.locator('.story-list [aria-current="step"]')).to_have_attribute("data-stop", str(number))


def _begins(page: Page, number: int) -> str:
    title = page.locator(f'.story-list [data-stop="{number}"]').inner_text().strip()
    return f"{number}. {title}"


def test_the_map_comes_when_it_is_opened(open_page: Open, network: str) -> None:
    page = open_page(SHENZHEN)
    loaded = "performance.getEntriesByType('resource').map(entry => entry.name)"
    before = page.evaluate(loaded)
    assert not [url for url in before if "maplibre" in url or ".pmtiles" in url or "/view-" in url]
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_map(page)
    expect(page.locator(".maplibregl-ctrl-attrib")).to_contain_text("Sketch map: coastline only")
    page.locator(".map-zoom-in").click()
    page.locator(".map-stop").nth(2).click()
    expect_marked(page, 3)
    kinds = ("/view-", "maplibre-gl-worker", ".pmtiles")
    assert all(any(kind in url for url in asked) for kind in kinds), asked
    assert {urlsplit(url).netloc for url in asked if urlsplit(url).scheme != "blob"} == {urlsplit(network).netloc}


def test_map_and_story_keep_in_step(open_page: Open) -> None:
    page = open_page(SHENZHEN)
    page.locator('.story-list [data-stop="2"]').click()
    open_map(page)
    expect_marked(page, 2)  # it opens where one stands
    page.locator('.story-step[data-step="1"]').click()
    expect_marked(page, 3)
    page.locator(".map-stop").nth(4).click()
    expect_marked(page, 5)
    expect(page.locator("#stop-5-title")).to_be_in_viewport()
    expect(page.locator("#stop-5-title")).to_be_focused()


def test_the_stars_come_back(open_page: Open) -> None:
    page = open_page(SHENZHEN)
    switch, stars = page.locator(".map-switch"), page.locator(".story-sky .constellation")
    expect(switch).to_have_text("Open the map", use_inner_text=True)
    open_map(page)
    expect(switch).to_have_attribute("aria-pressed", "true")
    expect(stars).to_be_hidden()
    switch.click()
    expect(stars).to_be_visible()
    expect(page.locator(".map-frame")).to_be_hidden()


def test_a_browser_without_webgl2_gets_a_sentence_and_the_list(open_page: Open) -> None:
    page = open_page(SHENZHEN, init=NO_WEBGL2)
    page.locator(".map-switch").click()
    expect(page.locator(".map-frame [role=status]")).to_have_text(
        "The map cannot be shown here. The list has every stop."
    )
    page.locator('.story-list [data-stop="3"]').click()
    expect(page.locator("#stop-3-title")).to_be_focused()
