"""Language tags: how we write them, what we know of them."""

from __future__ import annotations

import pytest

from cityplus.languages.tags import (
    UI_LANGUAGES,
    LanguageError,
    check_tag,
    direction,
    locale_of,
    name_of,
    tag_of,
)


@pytest.mark.parametrize("tag", ["en", "zh-Hans", "zh-Hant", "pt-BR", "es-419", "sr-Latn-RS", "fil"])
def test_well_formed(tag: str) -> None:
    assert check_tag(tag) == tag


@pytest.mark.parametrize(
    ("tag", "hint"), [("zh-hans", "zh-Hans"), ("zh_Hans", "zh-Hans"), ("ZH-HANS", "zh-Hans"), ("NL", "nl")]
)
def test_the_nearest_right_spelling_is_named(tag: str, hint: str) -> None:
    with pytest.raises(LanguageError, match=f"“{tag}” is not a language tag: write {hint}$"):
        check_tag(tag)


@pytest.mark.parametrize("tag", ["", "dutch", "x", "nl-", "nl\n", "zh-Hans-Hans", None, 5])
def test_without_a_right_spelling_none_is_invented(tag: str) -> None:
    with pytest.raises(LanguageError) as refusal:
        check_tag(tag)
    assert "write" not in str(refusal.value)


def test_the_seven_languages_of_the_first_members() -> None:
    assert [language.tag for language in UI_LANGUAGES] == ["en", "zh-Hans", "ar", "ja", "fr", "bg", "nl"]
    assert [language.tag for language in UI_LANGUAGES if language.rtl] == ["ar"]


def test_codes_become_tags() -> None:
    assert tag_of("zh-hans") == "zh-Hans"
    assert tag_of("nl") == "nl"
    assert tag_of("de") == "de"


@pytest.mark.parametrize(
    ("tag", "way"), [("ar", "rtl"), ("fa", "rtl"), ("ar-EG", "rtl"), ("zh-Hans", "ltr"), ("arn", "ltr")]
)
def test_direction(tag: str, way: str) -> None:
    assert direction(tag) == way


@pytest.mark.parametrize(
    ("tag", "reader", "name"),
    [
        ("nl", "fr", "néerlandais"),
        ("zh-Hans", "zh-Hans", "简体中文"),
        ("ja", "ar", "اليابانية"),
        ("bg", "nl", "Bulgaars"),
        ("pt-BR", "en", "Brazilian Portuguese"),
        ("qaa", "en", "qaa"),  # what CLDR does not know keeps its tag
    ],
)
def test_names_of_languages_for_their_readers(tag: str, reader: str, name: str) -> None:
    assert name_of(tag, reader) == name


def test_the_two_chinese_scripts_have_different_names() -> None:
    assert name_of("zh-Hant", "en") != name_of("zh-Hans", "en")
    assert "Traditional" in name_of("zh-Hant", "en")


def test_a_language_that_cldr_does_not_know_is_formatted_as_english() -> None:
    assert locale_of("qaa").language == "en"
    assert str(locale_of("zh-Hans")) == "zh_Hans_CN"
