"""Choosing a theme."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.parametrize("theme", ["night", "day", "system"])
def test_a_theme_is_remembered_and_the_page_shown_again(stranger: Client, theme: str) -> None:
    answer = stranger.post("/theme/", {"theme": theme, "next": "/nl/cities/?country=NL"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/nl/cities/?country=NL")
    cookie = answer.cookies["theme"]
    assert cookie.value == theme
    assert cookie["max-age"] == 365 * 24 * 3600
    assert cookie["samesite"] == "Lax"


def test_the_theme_reaches_the_page(stranger: Client, db: None) -> None:
    assert b'data-theme="night"' in stranger.get("/about/").content
    stranger.post("/theme/", {"theme": "day"})
    assert b'data-theme="day"' in stranger.get("/about/").content


@pytest.mark.parametrize("theme", ["", "pink", "night ", "<script>"])
def test_what_is_no_theme_is_refused_and_changes_nothing(stranger: Client, theme: str) -> None:
    answer = stranger.post("/theme/", {"theme": theme, "next": "/"})
    assert answer.status_code == 400
    assert answer.content == b"theme is one of: night, day, system"
    assert not answer.cookies


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "\x08//evil.example",
        "https://testserver@evil.example/",
    ],
)
def test_nobody_is_sent_to_another_host(stranger: Client, back: str) -> None:
    answer = stranger.post("/theme/", {"theme": "day", "next": back})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_a_theme_is_posted(stranger: Client) -> None:
    answer = stranger.get("/theme/", {"theme": "day"})
    assert answer.status_code == 405
    assert not answer.cookies
