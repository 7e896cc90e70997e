"""The header in seven languages and at three widths, the tabs, and the workplace of a sample organisation, as a delegate sees it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import DAY, NIGHT, Open
from tests.e2e.test_axe import AXE, COLOURS, TAGS, look
from tests.e2e.test_joining import sign_in

PREFIXES = ["", "/zh-hans", "/ar", "/ja", "/fr", "/bg", "/nl"]
WORK = "/work/@sample_fengyan_drones/"
HEADER = """() => {
  const boxes = [".logo", ".nav a", ".header-tools > *"].flatMap(name => [...document.querySelectorAll(".header " + name)])
    .map(one => one.getBoundingClientRect()).filter(box => box.width);
  const over = (a, b, from, to) => Math.min(a[to], b[to]) - Math.max(a[from], b[from]) > 1;
  const meet = (a, b) => over(a, b, "left", "right") && over(a, b, "top", "bottom");
  return {
    ways: [...document.querySelectorAll(".header .nav a")].filter(one => one.offsetWidth).length,
    lines: new Set([...document.querySelectorAll(".header .nav a")].map(one => Math.round(one.getBoundingClientRect().top))).size,
    outside: boxes.filter(box => box.left < -1 || box.right > innerWidth + 1).length,
    meeting: boxes.filter((box, n) => boxes.slice(n + 1).some(other => meet(box, other))).length,
    wide: document.documentElement.scrollWidth > innerWidth,
  };
}"""
WELL = {"ways": 6, "lines": 1, "outside": 0, "meeting": 0, "wide": False}


def faults(page: Page) -> list[str]:
    """What axe finds on the page by night and by day."""
    page.evaluate(AXE.read_text())
    by_night, _ = look(page, TAGS)
    page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", DAY)
    by_day, _ = look(page, COLOURS)
    page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", NIGHT)
    return [*by_night, *by_day]


@pytest.mark.parametrize("who", ["", "thehague-owner"])
def test_the_header_fits_in_every_language(open_page: Open, network: str, who: str) -> None:
    page = open_page("/about/", width=1024)
    if who:
        sign_in(page, network, who)
    for prefix in PREFIXES:
        page.goto(f"{network}{prefix}/events/")
        for width in (1024, 1100, 1280, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(HEADER) == WELL, (prefix, width)


def test_on_a_phone_the_menu_has_all_ways(open_page: Open) -> None:
    page = open_page("/ar/opportunities/", width=390)
    page.locator(".menu-main > summary").click()
    menu = page.locator(".menu-main .menu-panel")
    for way in ("/ar/organisations/", "/ar/ceremonies/", "/ar/pulse/", "/ar/about/"):
        expect(menu.locator(f'a[href="{way}"]')).to_be_visible()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize(("prefix", "width"), [("", 1440), ("/ar", 390)])
def test_tabs_lead_from_opportunities_to_organisations(open_page: Open, prefix: str, width: int) -> None:
    page = open_page(f"{prefix}/opportunities/", width=width)
    page.locator(f'.tabs a[href="{prefix}/organisations/"]').click()
    expect(page.locator(".tabs [aria-current=page]")).to_have_attribute("href", f"{prefix}/organisations/")
    assert not faults(page)
    page.goto(page.url.replace("/organisations/", "/presenters/"))
    expect(page.locator(".tabs [aria-current=page]")).to_have_attribute("href", f"{prefix}/presenters/")
    assert not faults(page)


@pytest.mark.parametrize(("prefix", "width"), [("", 1440), ("/ar", 390)])
def test_a_delegate_finds_every_part_of_the_workplace(open_page: Open, network: str, prefix: str, width: int) -> None:
    page = open_page("/about/", width=width)
    sign_in(page, network, "fengyan-owner")
    page.goto(f"{network}{prefix}{WORK}")
    parts = page.locator(".frame-nav a").evaluate_all("links => links.map(one => one.getAttribute('href'))")
    assert [part.removeprefix(f"{prefix}{WORK}") for part in parts][3:] == [
        "delegates/", "opportunities/", "interests/", "suggestions/", "events/", "meetings/",
    ]  # fmt: skip
    for part in parts[4:]:
        page.goto(network + part)
        here = page.locator(".frame-nav [aria-current=page]")
        expect(here).to_have_attribute("href", part)
        expect(here).to_be_in_viewport(ratio=0.9)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), part
        assert not faults(page), part


def test_a_city_writes_its_opportunities_at_its_desk(open_page: Open, network: str) -> None:
    page = open_page("/about/")
    sign_in(page, network, "thehague-owner")
    page.goto(f"{network}/work/@thehague/opportunities/")
    expect(page.locator(".frame-nav [aria-current=page]")).to_have_text("Opportunities")
    assert not faults(page)
    page.goto(f"{network}/work/@thehague/opportunities/new/")
    assert not faults(page)
