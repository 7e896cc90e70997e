"""Which version of a text a reader gets, and how they ask for it."""

from __future__ import annotations

import pytest
from django.test import Client

from cityplus.api.tests.conftest import ROOT, Ask, Network


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [
        ("", "", "en"),
        ("", "nl", "nl"),
        ("", "nl-BE,nl;q=0.9,en;q=0.5", "nl"),
        ("", "fr", "en"),
        ("", "fr, nl;q=0.3, en;q=0.1", "nl"),
        ("", "zh-CN", "zh-Hans"),
        ("", "nonsense;q=x, ,;;, *", "en"),
        ("?language=nl", "en", "nl"),
        ("?language=zh-Hant", "", "zh-Hans"),
        ("?language=fr", "nl", "nl"),
    ],
)
def test_the_best_version(ask: Ask, query: str, header: str, language: str) -> None:
    tagline = ask(f"cities/thehague{query}", language=header)["tagline"]
    assert tagline["original"] == "nl"
    assert tagline["read"]["language"] == language
    assert "versions" not in tagline


def test_every_version_with_how_it_came_to_be(ask: Ask) -> None:
    tagline = ask("cities/thehague?languages=all&language=en")["tagline"]
    assert tagline["read"] == {"language": "en", "text": "Peace by the sea", "state": "reviewed"}
    assert tagline["versions"] == {
        "nl": {"text": "Vrede aan zee", "state": "author", "by": "The desk", "at": None},
        "en": {"text": "Peace by the sea", "state": "reviewed", "by": "The desk", "at": "2026-11-22"},
        "zh-Hans": {"text": "海滨和平", "state": "machine", "by": None, "at": None},
    }


def test_the_answer_says_its_languages(network: Network) -> None:
    def spoken(path: str, header: str) -> str:
        return Client().get(f"{ROOT}/{path}", headers={"accept-language": header}).headers["Content-Language"]

    assert spoken("cities/shenzhen", "zh-Hans") == "zh-Hans, en"  # its strength is told in English alone
    assert spoken("cities/shenzhen", "en") == "en"
    assert spoken("cities/thehague/routes/to-the-sea/stops", "nl") == "nl"


def test_the_page_is_in_the_reader_s_language(ask: Ask) -> None:
    assert ask("cities/thehague", language="zh-CN")["url"] == "http://localhost:8000/zh-hans/@thehague/"
    assert ask("cities/thehague", language="fi")["url"] == "http://localhost:8000/@thehague/"


def test_a_kept_answer_is_for_readers_of_its_language(ask: Ask) -> None:
    for _ in range(2):
        assert ask("cities/thehague", language="nl")["names"]["read"]["text"] == "Den Haag"
        assert ask("cities/thehague", language="en")["names"]["read"]["text"] == "The Hague"
