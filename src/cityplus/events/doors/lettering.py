"""Names as the press sets them: in the direction of their own letters, and never so long that they run into what is beside them."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.utils.translation import gettext as _

from cityplus.languages.tags import reader_tag
from cityplus.web.press import in_language, line
from cityplus.web.printable import MARK

LONGEST = 20
"""Letters of a word that are set in one piece."""
_LONG = re.compile(rf"[^\s\u0600-\u08ff\ufb50-\ufefc]{{{LONGEST + 1},}}")
"""Words that are longer; not those of Arabic, whose letters a break would part."""
_BEFORE = frozenset("เแโใไ")
"""Thai vowels that are written before the letter with which they are said."""
_VIRAMA = 9
"""The combining class of signs that tie a letter to the next."""


def fitting(words: str) -> str:
    """With places in long words at which they may be broken. They are of no width, and are not seen."""
    return _LONG.sub(lambda found: _parted(found[0]), words)


def _parted(word: str) -> str:
    parts = [""]
    for letter in word:
        if len(parts[-1]) >= LONGEST // 2 and _begins(letter, parts[-1][-1]):
            parts.append("")
        parts[-1] += letter
    return "\u200b".join(parts)


def _begins(letter: str, before: str) -> bool:
    """Whether a line may begin with this letter: it is no sign of the one before, nor tied to it."""
    alone = unicodedata.category(letter)[0] != "M" and letter not in "\u200c\u200d"
    return alone and unicodedata.combining(before) != _VIRAMA and before not in _BEFORE


def set_in(words: str, tag: str) -> dict[str, Any]:
    """Words in one line, with their language, that break where they must."""
    found = line(words, tag)
    return {**found, "text": fitting(found["text"])}


def of_person(name: str) -> dict[str, Any]:
    """The name of a person, of which nobody knows the language: its first letter says from where it is read."""
    strong = next((kind for kind in map(unicodedata.bidirectional, name) if kind in {"L", "R", "AL"}), "L")
    rtl = strong != "L"
    about = in_language(reader_tag())
    if about["rtl"] != rtl:
        about = in_language({"L": "en", "R": "he", "AL": "ar"}[strong])
    return {**about, "text": fitting(line(name, "en")["text"])}


def note(*printed: Any) -> str:
    """What whoever holds the paper is told of the marks on it; nothing where there are none."""
    return (
        _("〓 stands for a letter that is in none of our fonts. Please write it by hand.")
        if MARK in str(printed)
        else ""
    )
