"""The drawing of cards: every language, every letter of the sample, the mirrored layout, long names."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageStat

from cityplus.languages.tags import UI_LANGUAGES, check_tag
from cityplus.web import cards
from cityplus.web.cardpages import digest
from cityplus.web.cards import HEAVIEST, HEIGHT, MARGIN, ROOM, WIDTH, Card, draw, markup
from cityplus.web.lettering import NOT_FIRST, NOT_LAST, Style, Words, dotted, fit, missing, pieces, runs, width, wrap
from cityplus.web.skies import Star

CONTENT = Path(__file__).parents[4] / "content"
NAMES = {
    "en": "The Hague", "zh-Hans": "海牙", "ar": "لاهاي", "ja": "ハーグ", "fr": "La Haye", "bg": "Хага", "nl": "Den Haag",
}  # fmt: skip
CARD = Card("en", Words("Den Haag", "nl"), Words("The Hague", "en"), Words("A court by a pond", "en"))
TITLE = Style("serif", 100, 106, "#fff")


def opened(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg))


def said(words: Words, kind: str = "serif") -> str:
    return "".join(piece for _, piece in runs(words, kind))


@pytest.mark.parametrize("tag", [language.tag for language in UI_LANGUAGES])
def test_every_language_draws(tag: str) -> None:
    card = Card(tag, Words(NAMES[tag], tag), Words("Den Haag", "nl"), Words("22 · 17", tag), Words("9", tag))
    body = draw(card, Image.effect_noise((1440, 1080), 90))
    assert opened(body).size == (WIDTH, HEIGHT)
    assert opened(body).format == "JPEG"
    assert len(body) <= HEAVIEST


def test_the_same_card_is_drawn_the_same() -> None:
    assert draw(CARD) == draw(replace(CARD))


def test_whatever_is_on_a_card_is_in_its_digest() -> None:
    others = [
        replace(CARD, tag="nl"),
        replace(CARD, title=Words("Den Haag", "en")),
        replace(CARD, second=None),
        replace(CARD, hue=76),
        replace(CARD, picture="0123"),
        replace(CARD, stars=(Star(Words("Liège", "fr"), 50.6, 5.6),)),
    ]
    assert len({digest(card) for card in [CARD, *others]}) == 7


def test_a_new_design_is_in_the_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest(CARD)
    monkeypatch.setattr("cityplus.web.cardpages.DESIGN", cards.DESIGN + 1)
    assert digest(CARD) != before


def light_of(jpeg: bytes) -> tuple[float, float]:
    """Mean brightness of the left and the right third."""
    grey = opened(jpeg).convert("L")
    halves = grey.crop((0, 0, 400, HEIGHT)), grey.crop((800, 0, WIDTH, HEIGHT))
    return ImageStat.Stat(halves[0]).mean[0], ImageStat.Stat(halves[1]).mean[0]


def test_languages_from_the_right_mirror_the_card() -> None:
    picture = Image.new("RGB", (1440, 1080), "white")
    left, right = light_of(draw(CARD, picture))
    assert left < 40
    assert right > 150
    left, right = light_of(draw(replace(CARD, tag="ar"), picture))
    assert right < 40
    assert left > 150


def test_a_latin_name_on_an_arabic_card_ends_at_the_right_margin() -> None:
    ink = opened(draw(replace(CARD, tag="ar", line=None, second=None))).convert("L").crop((600, 150, WIDTH, HEIGHT))
    box = ink.point(lambda value: 255 * (value > 200)).getbbox()
    assert box is not None
    assert abs(600 + box[2] - (WIDTH - MARGIN)) < 12


def test_a_sky_has_its_stars_on_the_side_of_the_picture() -> None:
    stars = (Star(Words("Den Haag", "nl"), 52.1, 4.3), Star(Words("深圳", "zh-Hans"), 22.5, 114.1))
    sky = replace(CARD, stars=stars, ties=((0, 1),))
    left, right = light_of(draw(sky))
    assert left < right
    left, right = light_of(draw(replace(sky, tag="ar")))
    assert right < left


def test_a_sky_may_hold_a_single_star() -> None:
    assert draw(replace(CARD, stars=(Star(Words("Den Haag", "nl"), 52.1, 4.3),)))


def texts_of_the_sample() -> Iterator[tuple[str, str]]:
    for path in sorted(CONTENT.glob("**/*.yaml")):
        page: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        for key in ("names", "title", "tagline"):
            yield from (page.get(key) or {}).items()


def test_our_fonts_have_every_letter_of_the_sample() -> None:
    texts = list(texts_of_the_sample())
    assert len(texts) > 100
    assert {(check_tag(tag), text): missing(text, tag) for tag, text in texts if missing(text, tag)} == {}


def test_a_name_that_our_fonts_cannot_write_makes_way_for_the_readers() -> None:
    assert missing("ᚠᚢᚦᚨᚱᚲ") == set("ᚠᚢᚦᚨᚱᚲ")
    drawing = markup(Card("en", Words("ᚠᚢᚦᚨᚱᚲ", "gmq"), Words("Futhark", "en")))
    assert drawing.count("Futhark") == 1
    assert "ᚠ" not in drawing


def test_letters_that_no_font_has_are_left_out() -> None:
    assert said(Words("Den Haag 🌊 ᚠ!", "nl")) == "Den Haag  !"


@pytest.mark.parametrize(
    ("text", "tag", "fonts"),
    [
        ("Den Haag", "nl", ["serif"]),
        ("Пловдив", "en", ["serif"]),
        ("Пловдив, град", "bg", ["serif-bg"]),
        ("海牙二十二站：22 km", "zh-Hans", ["chinese"]),
        ("つくば 22", "ja", ["japanese"]),
        ("22 محطة · 17 س (The Hague)", "ar", ["arabic"]),
        ("Naar 深圳 en الشارقة", "nl", ["serif", "chinese", "serif", "arabic"]),
        ("Ha\u0323nô\u0309i", "en", ["serif"]),
    ],
)
def test_every_run_has_a_font_of_its_script(text: str, tag: str, fonts: list[str]) -> None:
    assert [font.name for font, _ in runs(Words(text, tag), "serif")] == fonts


def test_european_lines_break_at_spaces_only() -> None:
    assert pieces("Den Haag in 22\u00a0haltes") == ["Den ", "Haag ", "in ", "22\u00a0haltes"]


def test_chinese_breaks_anywhere_but_at_its_points_and_numbers() -> None:
    assert pieces("海牙，“门”17站") == ["海", "牙，", "“门”17站"]


@given(st.text(alphabet="ab 海牙、「」（）。·\u00a0\u3000あー１2", max_size=40))
def test_no_letter_is_lost_and_no_line_begins_or_ends_wrongly(text: str) -> None:
    parts = pieces(text)
    assert "".join(parts) == text
    for before, after in pairwise(parts):
        broken_at_space = before[-1] in " \u3000"
        assert broken_at_space or (after[0] not in NOT_FIRST and before[-1] not in NOT_LAST)


def test_lines_are_of_nearly_one_length() -> None:
    lines = wrap(Words("A court by a pond, eleven kilometres of beach", "en"), TITLE.sized(31), 500, 3)
    assert [line.text for line in lines] == ["A court by a pond, eleven", "kilometres of beach"]


def test_a_point_at_the_end_of_a_line_goes() -> None:
    facts = dotted(["twenty-two\u00a0destinations", "seventeen\u00a0hours"])
    lines = wrap(Words(facts, "en"), TITLE.sized(31), 400, 3)
    assert [line.text[-1] for line in lines] == ["s", "s"]


@pytest.mark.parametrize(
    "words",
    [
        Words("Tweeëntwintig bestemmingen, van het Spui tot de zee", "nl"),
        Words("二十二站：从市政厅走到海边，再走到灯塔下面看日落", "zh-Hans"),
        Words("اثنتان وعشرون وجهة، من سباو إلى البحر", "ar"),
        Words("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", "cy"),
        Words("word " * 60, "en"),
    ],
)
def test_long_names_shrink_and_wrap_within_their_room(words: Words) -> None:
    style, lines = fit(words, TITLE, (104, 84, 62, 42), ROOM, 3)
    assert 1 <= len(lines) <= 3
    assert style.size < 104
    assert all(width(line, style) <= ROOM for line in lines)


def test_what_does_not_fit_at_all_is_cut_with_an_ellipsis() -> None:
    _, lines = fit(Words("word " * 60, "en"), TITLE, (104, 42), ROOM, 3)
    assert lines[-1].text.endswith("…")


def test_a_chinese_name_is_rather_smaller_than_torn() -> None:
    style, lines = fit(Words("海牙二十二站", "zh-Hans"), TITLE, (100, 92, 84, 76), ROOM, 3)
    assert (style.size, len(lines)) == (76, 1)


def test_a_heavy_picture_makes_no_heavy_card() -> None:
    assert len(draw(CARD, Image.effect_noise((1440, 1080), 255))) <= HEAVIEST


def test_markup_in_a_name_stays_words() -> None:
    assert "&lt;b&gt;" in markup(replace(CARD, title=Words("<b>", "en")))


def test_the_card_in_words() -> None:
    assert CARD.alt == "Den Haag. The Hague. A court by a pond"
    assert replace(CARD, second=Words("Den Haag", "nl")).alt == "Den Haag. A court by a pond"
