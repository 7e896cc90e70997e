"""Agreed words: whether a text has them, and which of them a version lacks."""

from __future__ import annotations

import pytest

from cityplus.translation.glossary import Pair, has, lacking, named, spans

PALACE = Pair("Vredespaleis", "和平宫")


@pytest.mark.parametrize(
    ("text", "term", "language", "found"),
    [
        ("Naar het Vredespaleis.", "Vredespaleis", "nl", True),
        ("Naar het *Vredespaleis*, dan verder", "vredespaleis", "nl", True),  # whatever the case, and among marks
        ("_Vredespaleis_", "Vredespaleis", "nl", True),
        ("Het Vredespaleistuintje", "Vredespaleis", "nl", False),  # within a longer word it is another one
        ("Den\u00a0Haag\nligt", "den haag ligt", "nl", True),  # spaces of any kind
        ("’s-Gravenhage", "'s-Gravenhage", "nl", True),
        ("CAFÉ", "cafe\u0301", "fr", True),  # one letter or two
        ("Straße", "STRASSE", "de", True),
        ("我们去海牙和平宫。", "和平宫", "zh-Hans", True),
        ("平和の宮殿", "和平宫", "ja", False),
        ("Ｐｉｅｒ に行く", "pier", "ja", True),
        ("الطريق إلى قصر السلام", "قصر السلام", "ar", True),
        ("وبقصر السلام", "قصر السلام", "ar", True),  # small words are written together with the next
        ("قَصْر السَّلام", "قصر السلام", "ar", True),  # with its vowels or without
        ("Дворецът на мира", "Дворец", "bg", False),
        ("anything", " ", "nl", False),
        ("", "Pier", "nl", False),
    ],
)
def test_a_text_has_a_term_as_its_language_writes_words(text: str, term: str, language: str, found: bool) -> None:
    assert has(text, term, language) == found


def test_a_version_that_lacks_the_agreed_word_is_told() -> None:
    assert lacking("Bij het Vredespaleis.", "nl", "在和平殿旁。", "zh-Hans", [PALACE]) == [PALACE]
    assert lacking("Bij het Vredespaleis.", "nl", "在和平宫旁。", "zh-Hans", [PALACE]) == []
    assert lacking("Bij de zee.", "nl", "在海边。", "zh-Hans", [PALACE]) == []


def test_of_a_term_within_a_longer_one_the_longer_counts() -> None:
    city, station = Pair("Den Haag", "海牙"), Pair("Den Haag Centraal", "海牙中央车站")
    assert lacking("Vanaf Den Haag Centraal.", "nl", "从中央车站出发。", "zh-Hans", [city, station]) == [station]
    both = lacking("Den Haag Centraal in Den Haag.", "nl", "…", "zh-Hans", [city, station])
    assert both == [station, city]


def test_of_several_agreed_words_one_is_enough() -> None:
    pairs = [Pair("Den Haag", "海牙"), Pair("Den Haag", "海牙市")]
    assert named("In Den Haag", "nl", pairs) == pairs
    assert lacking("In Den Haag", "nl", "在海牙市", "zh-Hans", pairs) == []
    assert lacking("In Den Haag", "nl", "在鹿特丹", "zh-Hans", pairs) == pairs


def test_places_of_terms_do_not_overlap_and_are_letter_for_letter() -> None:
    pairs = [Pair("Den Haag", "海牙"), Pair("Den Haag Centraal", "海牙中央车站")]
    text = "Den Haag Centraal, den haag, Den Haag!"
    assert [(text[start:end], pair.there) for start, end, pair in spans(text, pairs, "nl")] == [
        ("Den Haag Centraal", "海牙中央车站"),
        ("Den Haag", "海牙"),
    ]
    assert spans("[.*]", [Pair(".*", "x")], "nl") == [(1, 3, Pair(".*", "x"))]
