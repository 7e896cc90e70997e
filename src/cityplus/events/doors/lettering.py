"""Names as the press sets them: in the direction of their own letters, and never so long that they run into what is beside them."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from cityplus.languages.tags import reader_tag
from cityplus.web.press import in_language, line

LONGEST = 20
"""Letters of a word that are set in one piece."""
_LONG = re.compile(rf"[^\s\u0600-\u08ff\ufb50-\ufefc]{{{LONGEST + 1},}}")
"""Words that are longer; not those of Arabic, whose letters a break would part."""


def fitting(words: str) -> str:
    """With places in long words at which they may be broken. They are of no width, and are not seen."""
    return _LONG.sub(lambda found: _parted(found[0]), words)


def _parted(word: str) -> str:
    parts = [""]
    for letter in word:
        if len(parts[-1]) >= LONGEST // 2 and not unicodedata.combining(letter):
            parts.append("")
        parts[-1] += letter
    return "\u200b".join(parts)


def set_in(words: str, tag: str) -> dict[str, Any]:
    """Words in one line, with their language, that break where they must."""
    return {**line(words, tag), "text": fitting(" ".join(words.split()))}


def of_person(name: str) -> dict[str, Any]:
    """The name of a person, of which nobody knows the language: its first letter says from where it is read."""
    strong = next((kind for kind in map(unicodedata.bidirectional, name) if kind in {"L", "R", "AL"}), "L")
    rtl = strong != "L"
    about = in_language(reader_tag())
    if about["rtl"] != rtl:
        about = in_language("ar" if rtl else "en")
    return {**about, "text": fitting(" ".join(name.split()))}
