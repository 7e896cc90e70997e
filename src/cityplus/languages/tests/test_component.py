"""The component `{% multilingual %}`: the reader's version, how it came to be, the original beside it."""

from __future__ import annotations

import re

import pytest
from django.template import Context, Template
from django.utils import translation

from cityplus.languages.text import Text, Version


def show(text: Text | None, reader: str, tag: str = "{% multilingual text %}") -> str:
    with translation.override(reader):
        return Template("{% load languages %}" + tag).render(Context({"text": text}))


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def versions(state: str, by: str = "") -> Text:
    return Text("ar", {"ar": Version("البحر *الكبير*."), "en": Version("The *great* sea.", state, by)})


def test_a_machine_s_version_says_so_and_names_its_original() -> None:
    html = show(versions("machine"), "en")
    assert "Translated from Arabic by machine, not yet reviewed" in words(html)
    assert "state-machine" in html


def test_a_reviewed_version_says_that_a_person_read_it() -> None:
    html = show(versions("reviewed", "The Sharjah desk"), "en")
    assert "Translated from Arabic, reviewed by a person" in words(html)
    assert "The Sharjah desk" in html
    assert "by machine" not in html


def test_a_second_version_of_the_author_says_so() -> None:
    assert "Written by the author beside the Arabic original" in words(show(versions("author"), "en"))


def test_the_original_in_the_reader_s_language_needs_no_words_about_it() -> None:
    html = show(versions("machine"), "ar")
    assert "<details" not in html
    assert "state" not in html
    assert '<div class="text-read" lang="ar" dir="rtl"><p>البحر <em>الكبير</em>.</p>' in html


def test_the_original_alone_tells_readers_of_another_language() -> None:
    text = Text.of("bg", bg="Към морето.")
    html = show(text, "nl", "{% multilingual text 'story' %}")
    assert 'lang="bg" dir="ltr"' in html
    assert "state-original" in html
    assert "Bulgaars" in html  # its name in the reader's language
    assert 'class="text story"' in html


def test_a_near_relative_is_not_called_another_language() -> None:
    html = show(Text.of("zh-Hant", zh_Hant="到海邊去。"), "zh-hans")
    assert 'lang="zh-Hant"' in html
    assert "state-original" not in html


def test_every_version_says_its_language_and_direction() -> None:
    html = show(versions("machine"), "en")
    assert '<div class="text-read" lang="en" dir="ltr">' in html
    side, version = re.findall(r'<div class="text-side[^"]*" lang="([\w-]+)" dir="(\w+)">', html)
    assert side == ("ar", "rtl")
    assert version == ("en", "ltr")


def test_both_stand_side_by_side() -> None:
    html = show(versions("machine"), "en")
    sides = html[html.index('<div class="text-sides">') :]
    assert "<p>البحر <em>الكبير</em>.</p>" in sides
    assert "<p>The <em>great</em> sea.</p>" in sides
    assert sides.index("البحر") < sides.index("great")


def test_names_of_languages_stand_in_the_page_s_language() -> None:
    html = show(versions("machine"), "fr")
    assert "arabe" in html
    assert "anglais" in html
    assert '<p class="text-side-name" lang="fr">' in html


def test_words_cannot_break_out() -> None:
    html = show(Text.of("en", en="<script>alert(1)</script>"), "en")
    assert "<script" not in html
    assert "&lt;script" in html


@pytest.mark.parametrize("text", [Text(), None])
def test_nothing_shows_nothing(text: Text | None) -> None:
    assert show(text, "en").strip() == ""
    assert show(text, "en", "{{ text|plain }}{{ text|inline }}{{ text|native }}{{ text|second_name }}") == ""


@pytest.mark.parametrize(
    ("reader", "filters", "html"),
    [
        ("nl", "plain", "Den Haag"),
        ("ja", "plain", "The Hague"),
        ("nl", "inline", "Den Haag"),
        ("ja", "inline", '<bdi lang="en" dir="ltr">The Hague</bdi>'),
        ("ar", "native", '<bdi lang="nl" dir="ltr">Den Haag</bdi>'),
        ("en", "second_name", "The Hague"),
        ("nl", "second_name", ""),
        ("nl", "names", '<bdi lang="nl" dir="ltr">Den Haag</bdi>'),
        ("en", "names", '<bdi lang="nl" dir="ltr">Den Haag</bdi><span class="second-name"> The Hague</span>'),
        ("fr", "second_name", '<bdi lang="en" dir="ltr">The Hague</bdi>'),
    ],
)
def test_short_names(reader: str, filters: str, html: str) -> None:
    names = Text.of("nl", nl="Den Haag", en="The Hague")
    assert show(names, reader, "{{ text|" + filters + " }}") == html


def test_a_name_is_escaped() -> None:
    names = Text.of("nl", nl="<b>", en="a & b")
    assert show(names, "en", "{{ text|plain }} {{ text|native }}") == (
        'a &amp; b <bdi lang="nl" dir="ltr">&lt;b&gt;</bdi>'
    )


def test_a_version_that_its_original_has_left_behind_says_so_in_a_quiet_word() -> None:
    stale = Text(
        "ar", {"ar": Version("البحر", at="2026-11-22"), "en": Version("The sea.", "reviewed", at="2026-11-01")}
    )
    fresh = stale.with_version("en", Version("The sea.", "reviewed", at="2026-11-23"))
    assert "The original was changed since" in words(show(stale, "en"))
    assert "reviewed by a person" in words(show(stale, "en"))
    assert "changed since" not in words(show(fresh, "en"))
    assert "changed since" not in words(show(stale, "ar"))
