"""Seven languages, two directions: nothing overflows, everything says which language it is in."""

from __future__ import annotations

import re

import pytest
from tests.e2e.conftest import Open

CODES = {"": "en", "/zh-hans": "zh-Hans", "/ar": "ar", "/ja": "ja", "/fr": "fr", "/bg": "bg", "/nl": "nl"}
PAGES = ["/", "/cities/", "/@sharjah/", "/@thehague/routes/22-destinations/", "/@shenzhen/routes/5-landmarks/stops/5/"]


@pytest.mark.parametrize("prefix", CODES)
def test_no_page_overflows_at_390(open_page: Open, network: str, prefix: str) -> None:
    page = open_page(prefix + PAGES[0], width=390)
    for path in PAGES:
        page.goto(network + prefix + path)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{prefix + path} is {wide} px too wide"


@pytest.mark.parametrize("prefix", CODES)
def test_every_page_says_its_language_and_direction(open_page: Open, prefix: str) -> None:
    page = open_page(prefix + "/@liege/")
    html = page.locator("html")
    assert html.get_attribute("lang") == CODES[prefix]
    assert html.get_attribute("dir") == ("rtl" if prefix == "/ar" else "ltr")
    assert page.locator("h1 bdi").get_attribute("lang") == "fr"
    assert page.locator("link[rel=alternate][hreflang]").count() == 8


def test_arabic_runs_from_the_right(open_page: Open) -> None:
    page = open_page("/ar/cities/")
    logo, sign_in = page.locator(".logo").bounding_box(), page.locator(".sign-in").bounding_box()
    assert logo and sign_in and logo["x"] > sign_in["x"]


@pytest.mark.parametrize("prefix", [p for p in CODES if p])
def test_no_english_sentence_is_left_in_the_interface(open_page: Open, prefix: str) -> None:
    """Words of the frame and of the home page that are English in English must differ in every other language."""
    english = open_page("/").locator(".nav, .hero-words, .band-head, .sign-in").all_inner_texts()
    other = open_page(prefix + "/").locator(".nav, .hero-words, .band-head, .sign-in").all_inner_texts()
    lines = {line.strip() for text in english for line in text.splitlines() if re.search(r"[a-z]{3}", line)}
    left = {line.strip() for text in other for line in text.splitlines()} & lines
    # “Routes” is a word of French and Dutch too, and “Conversation” one of French.
    assert left <= {"Routes", "routes", "Conversation"}
