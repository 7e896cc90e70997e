"""Addresses in seven languages, and the frame that every page has from them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cityplus.languages.tags import UI_LANGUAGES
from cityplus.web.addresses import absolute, bare, in_language
from cityplus.web.context import frame

codes = st.sampled_from([language.code for language in UI_LANGUAGES])
paths = st.text(alphabet="/nlarzh-sjbgfx@.", max_size=20).map(lambda rest: f"/{rest}")


@pytest.mark.parametrize(
    ("path", "code", "address"),
    [
        ("/cities/", "nl", "/nl/cities/"),
        ("/nl/cities/", "en", "/cities/"),
        ("/nl/cities/", "zh-hans", "/zh-hans/cities/"),
        ("/", "ar", "/ar/"),
        ("/ar/", "en", "/"),
        ("/ar", "en", "/"),
        ("/nlx/", "ja", "/ja/nlx/"),
        ("/en/", "en", "/en/"),  # English has no prefix
    ],
)
def test_the_same_page_in_another_language(path: str, code: str, address: str) -> None:
    assert in_language(path, code) == address


@given(paths, codes, codes)
def test_languages_can_be_changed_back_and_forth(path: str, one: str, other: str) -> None:
    assert bare(in_language(bare(path), one)) == bare(bare(path)) or one == "en"
    assert in_language(in_language("/cities/", one), other) == in_language("/cities/", other)


@given(paths, codes)
def test_no_path_leads_to_another_host(path: str, code: str) -> None:
    assert in_language(path, code).startswith("/")
    assert not in_language(path, code).startswith("//")


@pytest.mark.parametrize("path", ["/nl//evil.example/", "/ar///evil.example", "/nowhere//evil.example/"])
def test_a_page_that_is_not_there_offers_no_way_to_another_host(db: None, stranger: Client, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 404
    assert b'href="//' not in answer.content
    assert b'value="//' not in answer.content


def test_the_full_address(settings: pytest.FixtureRequest) -> None:
    assert absolute("/cities/") == "http://localhost:8000/cities/"


def framed(path: str, code: str, **cookies: str) -> dict[str, object]:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    request.COOKIES.update(cookies)
    with translation.override(code):
        return frame(request)


def test_the_frame_of_an_arabic_page() -> None:
    found = framed("/ar/cities/", "ar")
    assert (found["page_tag"], found["page_dir"]) == ("ar", "rtl")
    assert found["canonical"] == "http://localhost:8000/ar/cities/"
    current = [item["language"].tag for item in found["page_languages"] if item["current"]]  # type: ignore[attr-defined]
    assert current == ["ar"]


def test_the_frame_names_the_page_in_all_seven_languages() -> None:
    alternates = dict(framed("/nl/@thehague/", "nl")["alternates"])  # type: ignore[call-overload]
    assert list(alternates) == [language.tag for language in UI_LANGUAGES]
    assert alternates["en"] == "http://localhost:8000/@thehague/"
    assert alternates["zh-Hans"] == "http://localhost:8000/zh-hans/@thehague/"


def test_the_navigation_says_where_one_is() -> None:
    items = framed("/fr/routes/", "fr")["navigation"]
    assert [item["url"] for item in items if item["current"]] == ["/fr/routes/"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("chosen", "theme"), [("day", "day"), ("system", "system"), ("night", "night"), ("", "night"), ("pink", "night")]
)
def test_the_theme_is_the_chosen_one_or_night(chosen: str, theme: str) -> None:
    assert framed("/", "en", theme=chosen)["theme"] == theme


def test_a_stranger_is_led_to_the_door() -> None:
    assert framed("/nl/", "nl")["account_url"] == "/nl/account/session/"
