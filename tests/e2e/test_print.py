"""A route on paper: a booklet in the colours of the day, whatever theme is on the screen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import DAY, NIGHT, SHENZHEN, THE_HAGUE, Open

LUMINANCE = """element => {
  const [r, g, b] = getComputedStyle(element).%s.match(/[\\d.]+/g).map(Number);
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
}"""


def outline(pdf: bytes) -> set[str]:
    """The titles in a PDF's table of contents, without spaces; the words on its pages lie in subset fonts."""
    wide = [bytes.fromhex(found.decode()).decode("utf-16") for found in re.findall(rb"/Title <([0-9A-F]+)>", pdf)]
    plain = [found.decode("latin-1") for found in re.findall(rb"/Title \(((?:[^()\\]|\\.)*)\)", pdf)]
    return {squeezed(title) for title in [*wide, *(re.sub(r"\\(.)", r"\1", title) for title in plain)]}


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_a_route_is_a_booklet_of_all_its_stops(open_page: Open) -> None:
    page = open_page(THE_HAGUE)
    titles = [squeezed(title) for title in page.locator(".stop-title").all_text_contents()]
    pdf = page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
    assert len(titles) == 22
    assert len(re.findall(rb"/Type /Page\b", pdf)) > 3
    assert set(titles) - outline(pdf) == set()


@pytest.mark.parametrize("theme", [NIGHT, DAY])
def test_paper_is_white_and_ink_is_dark(open_page: Open, theme: str) -> None:
    page = open_page(SHENZHEN, theme=theme)
    page.emulate_media(media="print")
    for ground in ("html", ".route-head", ".story-sky"):
        light = page.locator(ground).first.evaluate(
            "element => { const c = getComputedStyle(element).backgroundColor.match(/[\\d.]+/g).map(Number);"
            " return c[3] === 0 ? 255 : Math.min(...c.slice(0, 3)); }"
        )
        assert light > 230, ground
    for ink in (".route-title h1", ".stop-title >> nth=0", ".stop .prose >> nth=0", ".practical-list dd >> nth=0"):
        assert page.locator(ink).first.evaluate(LUMINANCE % "color") < 0.25, ink


def test_what_only_a_screen_needs_stays_on_the_screen(open_page: Open) -> None:
    page = open_page(SHENZHEN)
    page.emulate_media(media="print")
    for part in (".header", ".footer", ".skip", ".story-bar", ".story-list", ".map-switch", ".film", ".sound-button"):
        expect(page.locator(part).first).to_be_hidden()
    for part in (".route-title h1", ".paper-only", ".practical-list", ".constellation", ".stop .prose", ".stop-facts"):
        expect(page.locator(part).first).to_be_visible()
    expect(page.locator(".paper-only")).to_contain_text("/@shenzhen/routes/5-landmarks/")


def test_paper_of_a_phone_is_not_cut(open_page: Open) -> None:
    page = open_page("/ar" + SHENZHEN, width=390)
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
