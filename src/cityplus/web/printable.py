"""Which letters the press can set: those of our fonts. In the place of others stands a mark, as printers have always put one, and whoever
prints is told; nothing is dropped, and no letter comes from a font that happens to be on the machine."""

from __future__ import annotations

import json
import unicodedata
from bisect import bisect_right
from functools import lru_cache

from cityplus.web.assets import AssetError
from cityplus.web.lettering import BUILT

MARK = "〓"


def lacking(words: str) -> str:
    """The letters that none of our fonts has, each once."""
    if words.isascii():
        return ""
    found = dict.fromkeys(unicodedata.normalize("NFC", words))
    return "".join(letter for letter in found if not _silent(letter) and not _has(letter))


def printable(words: str) -> str:
    """The words with a mark for each letter that is lacking; the signs that belong to one are in its mark."""
    gone = lacking(words)
    if not gone:
        return words
    found: list[str] = []
    for letter in unicodedata.normalize("NFC", words):
        if found and found[-1] == MARK and (unicodedata.category(letter)[0] == "M" or letter in "\u200c\u200d"):
            continue
        found.append(MARK if letter in gone else letter)
    return "".join(found)


def _silent(letter: str) -> bool:
    """Whether one does not see it: blanks, joiners, and what chooses between the forms of a letter."""
    return letter.isspace() or unicodedata.category(letter) in {"Cf", "Cc"} or 0xFE00 <= ord(letter) <= 0xFE0F


def _has(letter: str) -> bool:
    row = bisect_right(_firsts(), ord(letter)) - 1
    return row >= 0 and ord(letter) <= _rows()[row][1]


@lru_cache(maxsize=1)
def _rows() -> list[tuple[int, int]]:
    path = BUILT / "letters.json"
    if not path.exists():
        raise AssetError(f"{path} is missing; build the front end with: python tools/frontend.py")
    return [(first, last) for first, last in json.loads(path.read_text())]


@lru_cache(maxsize=1)
def _firsts() -> list[int]:
    return [first for first, _last in _rows()]
