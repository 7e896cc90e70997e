"""Words as the index knows them: one tokenizer for both engines, all scripts, for what is indexed and what is asked.

Folding makes alike what people type alike: width, case, diacritics (é, ł, й), Arabic vowel signs, tatweel and the forms
of alef, katakana and hiragana, digits of any script. Scripts that write no spaces between words (Chinese, Japanese, Thai,
Lao, Khmer, Burmese) become pairs of neighbouring characters.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

VERSION = 1
"""Raise it whenever the same text gives other tokens than before: the next ``cityplus migrate`` builds the index anew."""

LONGEST = 32
"""Characters of a token; what is longer is cut, in the index and in the question alike."""

_MARKS = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u06d6-\u06ed]")
_PAIRED = (
    "\u3005-\u3007\u3041-\u309f\u30fc\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\u0e01-\u0e4e\u0e80-\u0ece\u1000-\u103f\u1780-\u17d3"
)
"""Written without spaces: Han, kana, Thai, Lao, Burmese, Khmer."""

_SIGNS = "".join(chr(c) for c in range(0x300, 0x1D00) if unicodedata.category(chr(c))[0] == "M")
_LETTERS = str.maketrans(
    {
        **dict(zip("łøđħıŧæœþðŋə", ["l", "o", "d", "h", "i", "t", "ae", "oe", "th", "d", "n", "e"], strict=True)),
        **dict(zip("ٱىةکیھہ", "ايهكيهه", strict=True)),
        "\u0640": None,  # tatweel only makes a word longer
        **{chr(katakana): chr(katakana - 0x60) for katakana in range(0x30A1, 0x30F7)},
        **{chr(zero + n): str(n) for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50) for n in range(10)},
    }
)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]")
_TOKEN = re.compile(f"([{_PAIRED}]+)|([^\\W_{_PAIRED}](?:[^\\W_{_PAIRED}]|[{_SIGNS}])*)")
_ARTICLE = re.compile("^[وفبك]?ال(?=.{3})")


def fold(text: str) -> str:
    """The text with everything made alike that people type alike."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold()
    bare_letters = _MARKS.sub("", unicodedata.normalize("NFD", plain))
    return unicodedata.normalize("NFC", bare_letters.translate(_LETTERS))


def bare(word: str) -> str:
    """An Arabic word without its article, and what is joined to that: السلام and والسلام are سلام. Others as they are."""
    return _ARTICLE.sub("", word)


def tokens(text: str) -> list[str]:
    """The tokens of a text in their order: its words, and the pairs of its runs."""
    found: list[str] = []
    for run, word in _TOKEN.findall(fold(text)):
        if word:
            found.append(word[:LONGEST])
        else:
            found += _pairs(run)
    return found


def index_tokens(text: str) -> set[str]:
    """What a text is indexed by: its tokens, Arabic words also without their article, and the last character of each run,
    so that every character of a run begins a token and one character alone can be found."""
    found: set[str] = set()
    for run, word in _TOKEN.findall(fold(text)):
        if word:
            found |= {word[:LONGEST], bare(word[:LONGEST])}
        else:
            found |= {*_pairs(run), run[-1]}
    return found


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a question. ``forms`` stand for it as they are; an ``open`` one may also be the beginning of a word."""

    text: str
    forms: tuple[str, ...]
    open: bool


def terms(text: str, most: int = 8) -> list[Term]:
    """The terms of a question in their order, each once; what comes after the eighth is not asked for.

    A letter alone is the beginning of a word at the end of a question only, where a word may still be coming.
    """
    found: dict[str, Term] = {}
    for run, word in _TOKEN.findall(fold(text)):
        if word:
            cut = word[:LONGEST]
            found.setdefault(cut, Term(cut, tuple(dict.fromkeys((cut, bare(cut)))), True))
        else:
            for pair in _pairs(run):
                found.setdefault(pair, Term(pair, (pair,), len(run) == 1))
        if len(found) >= most:
            break
    asked = list(found.values())[:most]
    return [replace(term, open=False) if _is_letter(term) and term is not asked[-1] else term for term in asked]


def _is_letter(term: Term) -> bool:
    return len(term.text) == 1 and not re.match(f"[{_PAIRED}]", term.text)
