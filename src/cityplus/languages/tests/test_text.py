"""The multilingual text as a value: its original, its versions, its reader."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityplus.languages.tags import LanguageError
from cityplus.languages.text import STATES, Text, Version

SEA = Text.of("nl", nl="Naar zee", en="To the sea", zh_Hans="到海边去")

tags = st.sampled_from(["en", "nl", "zh-Hans", "zh-Hant", "ar", "ja", "fr", "bg", "pt-BR", "es-419", "sr-Latn-RS"])
versions = st.builds(
    Version,
    text=st.text(max_size=40),
    state=st.sampled_from(STATES),
    by=st.text(max_size=20),
    at=st.sampled_from(["", "2026-11-22", "2026-11-22T10:00:00+00:00"]),
)


@st.composite
def texts(draw: st.DrawFn) -> Text:
    held = draw(st.dictionaries(tags, versions, max_size=5))
    return Text(draw(st.sampled_from(sorted(held))), held) if held else Text()


def test_words_of_the_original_are_its_authors_and_the_others_a_machines() -> None:
    assert {tag: version.state for tag, version in SEA.versions.items()} == {
        "nl": "author",
        "en": "machine",
        "zh-Hans": "machine",
    }
    assert SEA.languages == ["nl", "en", "zh-Hans"]
    assert str(SEA) == "Naar zee"


def test_an_empty_text_is_false_and_reads_as_nothing() -> None:
    assert not Text()
    assert str(Text()) == ""
    assert Text().read(["en"]) is None
    assert Text().in_language("en") == ""


def test_a_text_without_its_original_is_refused() -> None:
    with pytest.raises(LanguageError, match=r"the original \(nl\) is missing; there is only en, fr"):
        Text("nl", {"fr": Version("a"), "en": Version("b")})
    with pytest.raises(LanguageError, match="not said"):
        Text("", {"en": Version("b")})


@pytest.mark.parametrize("tag", ["EN", "english", "zh_Hans", "zh-hans", "", "nl\n", "e", "zh-Hans-"])
def test_a_malformed_tag_is_refused(tag: str) -> None:
    with pytest.raises(LanguageError, match="is not a language tag"):
        Text(tag, {tag: Version("words")})


def test_a_state_or_a_time_that_is_none_is_refused() -> None:
    with pytest.raises(LanguageError, match="“approved” is not a state"):
        Version("words", "approved")
    with pytest.raises(LanguageError, match="“yesterday” is not a date"):
        Version("words", at="yesterday")


@pytest.mark.parametrize(
    ("preferred", "language"),
    [
        (["en"], "en"),
        (["fr", "zh-Hans"], "zh-Hans"),  # the second wish before English
        (["zh-Hant"], "zh-Hans"),  # a near relative
        (["nl-BE"], "nl"),
        (["ja"], "en"),  # English when nothing fits
        ([], "en"),
    ],
)
def test_the_version_that_suits_a_reader(preferred: list[str], language: str) -> None:
    reading = SEA.read(preferred)
    assert reading is not None
    assert reading.language == language
    assert reading.text == SEA.versions[language].text


def test_the_original_when_there_is_no_english_either() -> None:
    text = Text.of("bg", bg="Към морето", fr="Vers la mer")
    reading = text.read(["ja"])
    assert reading is not None
    assert reading.is_original
    assert reading.text == "Към морето"


def test_a_reading_of_a_version_brings_the_original_with_it() -> None:
    reading = SEA.read(["en"])
    assert reading is not None
    assert not reading.is_original
    assert reading.original == Version("Naar zee", "author")
    assert reading.original_language == "nl"
    own = SEA.read(["nl"])
    assert own is not None
    assert own.is_original
    assert own.original is None


def test_the_direction_is_that_of_the_version_read() -> None:
    text = Text.of("ar", ar="إلى البحر", en="To the sea")
    arabic, english = text.read(["ar"]), text.read(["en"])
    assert arabic is not None
    assert english is not None
    assert (arabic.dir, english.dir) == ("rtl", "ltr")


@pytest.mark.parametrize("state", ["author", "reviewed"])
def test_a_machine_never_overwrites_a_person(state: str) -> None:
    text = Text("nl", {"nl": Version("Naar zee"), "en": Version("Seawards", state)})
    with pytest.raises(LanguageError, match=f"the en version is {state}: a machine does not overwrite it"):
        text.with_version("en", Version("To the sea", "machine"))
    assert text.versions["en"].text == "Seawards"


def test_a_machine_may_write_what_is_missing_or_a_machines() -> None:
    text = SEA.with_version("fr", Version("Vers la mer", "machine"))
    text = text.with_version("fr", Version("Jusqu’à la mer", "machine"))
    assert text.in_language("fr") == "Jusqu’à la mer"
    assert "fr" not in SEA.versions  # the old value is as it was


def test_a_person_may_overwrite_everything_and_the_first_version_is_the_original() -> None:
    reviewed = SEA.with_version("en", Version("Down to the sea", "reviewed", "The Hague desk"))
    assert reviewed.versions["en"].by == "The Hague desk"
    first = Text().with_version("ja", Version("海へ"))
    assert first.original == "ja"


@given(texts())
def test_what_is_stored_is_what_comes_back(text: Text) -> None:
    stored = json.loads(json.dumps(text.as_json()))
    assert Text.from_json(stored) == text


@given(texts(), st.lists(tags, max_size=3))
def test_every_text_has_something_for_every_reader(text: Text, preferred: list[str]) -> None:
    reading = text.read(preferred)
    assert (reading is None) == (not text)
    if reading:
        assert reading.version == text.versions[reading.language]
        assert (reading.original is None) == reading.is_original


@given(texts(), tags, versions)
def test_no_step_of_a_machine_loses_words_of_a_person(text: Text, tag: str, version: Version) -> None:
    try:
        after = text.with_version(tag, version)
    except LanguageError:
        return
    for kept, before in text.versions.items():
        if before.state != "machine" and version.state == "machine":
            assert after.versions[kept] == before


def test_nothing_stored_is_an_empty_text() -> None:
    assert Text.from_json(None) == Text.from_json({}) == Text()


@pytest.mark.parametrize(
    "value",
    [{"versions": {}}, {"original": "en"}, {"original": "en", "versions": {"en": {"words": "x"}}}, ["en"], "en"],
)
def test_what_has_another_shape_is_refused(value: object) -> None:
    with pytest.raises(LanguageError, match="has the shape"):
        Text.from_json(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("original", "version", "outdated"),
    [
        ("2026-11-22", "2026-11-21", True),
        ("2026-11-22T10:00:00+00:00", "2026-11-22", True),  # a day without an hour is its beginning, in UTC
        ("2026-11-22T10:00:00+00:00", "2026-11-22T12:30:00+02:00", False),  # half an hour later, in another zone
        ("2026-11-22", "2026-11-22", False),
        ("", "2026-11-21", False),
        ("2026-11-22", "", False),
    ],
)
def test_a_version_is_outdated_when_its_original_changed_after_it(original: str, version: str, outdated: bool) -> None:
    text = Text("nl", {"nl": Version("Naar zee", at=original), "en": Version("To the sea", "reviewed", at=version)})
    reading = text.read(["en"])
    assert reading is not None
    assert text.is_outdated("en") == reading.outdated == outdated
    assert not text.is_outdated("nl"), "an original is never behind itself"
    assert not text.is_outdated("fr"), "nor is what is not there"
