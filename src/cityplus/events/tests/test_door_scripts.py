"""Lists, badges and tickets with names of every script, read back from the PDF."""

from __future__ import annotations

import io
import unicodedata
from itertools import pairwise
from typing import Any

import pytest
from conftest import sign_in
from django.test import Client
from pypdf import PdfReader

from cityplus.cities.models import City
from cityplus.events.doors import lettering
from cityplus.events.models import Event, Registration, Venue
from cityplus.events.tests.door_cast import guest, open_house
from cityplus.languages.text import Text
from cityplus.people.models import Person

CONSOLE = "/@thehague/events/meeting/console/"
NAMES = {
    "김서연": "korean",
    "สมชาย ใจดี": "thai",
    "प्रिया शर्मा": "devanagari",
    "דוד כהן": "hebrew",
    "ნინო ბერიძე": "georgian",
    "Արամ": "armenian",
    "龔煒凃": "rare",
    "Ελένη Παππά": "serif",
    "Nguyễn Thị Hằng": "serif",
}
NOTE = "〓 stands for a letter that is in none of our fonts. Please write it by hand."


@pytest.fixture
def venue(thehague: City) -> Venue:
    return open_house(thehague, capacity=0).venues.get()


@pytest.fixture
def desk(owner: Person) -> Client:
    return sign_in(owner)


def read(desk: Client, venue: Venue, kind: str) -> tuple[str, set[str]]:
    """The words of all pages in one line, and the fonts in which they are set."""
    paper = desk.get(f"{CONSOLE}halls/{venue.pk}/{kind}-1.pdf")
    assert paper.status_code == 200
    pages = PdfReader(io.BytesIO(paper.content)).pages
    resources: list[Any] = [page["/Resources"] for page in pages]
    fonts = {font.get_object()["/BaseFont"] for one in resources for font in one["/Font"].values()}
    return " ".join(" ".join(page.extract_text() for page in pages).split()), {name[8:] for name in fonts}


@pytest.mark.parametrize("kind", ["names", "badges"])
def test_names_of_many_scripts_are_set_in_fonts_of_ours(desk: Client, venue: Venue, kind: str) -> None:
    for name in NAMES:
        guest(venue, name)
    words, fonts = read(desk, venue, kind)
    assert {f"CityPlus-book-{font}" for font in NAMES.values() if font != "serif"} <= fonts
    assert all(font.startswith("CityPlus-") for font in fonts), f"a font that is not ours is in {fonts}"
    for name in NAMES:
        assert letters(name) <= letters(words), f"{name} is not whole on the paper"
    for name in ("김서연", "ნინო ბერიძე", "Արամ", "龔煒凃", "Ελένη Παππά", "Nguyễn Thị Hằng"):
        assert name in words
    assert "〓" not in words
    assert NOTE not in desk.get(CONSOLE).content.decode()


def letters(words: str) -> set[str]:
    return {letter for letter in words if unicodedata.category(letter)[0] == "L"}


def test_what_no_font_has_is_marked_and_the_organisers_are_told_of_whom(desk: Client, venue: Venue) -> None:
    row = guest(venue, "王㛃")
    guest(venue, "Ana Vos")
    for kind in ("names", "badges"):
        words, _fonts = read(desk, venue, kind)
        assert "王〓" in words and "Ana Vos" in words
        assert (NOTE in words) is (kind == "names"), "a badge has no room for it"
    shown = desk.get(CONSOLE).content.decode()
    assert f"{NOTE} <bdi>王㛃</bdi></p>" in shown
    row.refresh_from_db()
    assert row.name == "王㛃" == Registration.objects.get(pk=row.pk).name


@pytest.mark.parametrize("word", ["สมชายใจดีแสนสุขเกษมสันต์นิรันดร์", "क्षत्रियविश्वविद्यालयमहोत्सवप्रतिनिधि", "द्ध" * 12])
def test_long_words_are_not_parted_within_a_letter(word: str) -> None:
    parts = lettering.fitting(word).split("\u200b")
    assert len(parts) > 1 and "".join(parts) == word
    for before, after in pairwise(parts):
        assert unicodedata.category(after[0])[0] != "M" and unicodedata.combining(before[-1]) != 9
        assert before[-1] not in "เแโใไ"


def test_a_badge_has_the_titles_that_find_room_whole(desk: Client, venue: Venue, thehague: City) -> None:
    guest(venue, "Ana Vos")
    Venue.objects.filter(pk=venue.pk).update(city=thehague)  # its language is that of a title
    names = Text.of("en", en="Two halls", nl="Een heel lange titel " * 30 + "tot hier", ar="قاعتان")
    Event.objects.filter(pk=venue.event_id).update(title=names)
    paper = desk.get(f"/ar{CONSOLE}halls/{venue.pk}/badges-1.pdf")
    words = PdfReader(io.BytesIO(paper.content)).pages[0].extract_text()
    assert "Two halls" in words and letters("قاعتان") <= letters(unicodedata.normalize("NFKC", words))
    assert "tot hier" not in words and "lange" not in words
