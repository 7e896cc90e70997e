"""Agreed words: whether a text has a term, and which of them a version lacks. Plain values, no database."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

_UNSPACED = {"zh", "ja", "th", "lo", "km", "my", "bo", "yue"}
"""Languages that put no space between words: there a term is found wherever its letters are."""
_SMALL_SIGNS = re.compile(
    r"[\u0610-\u061a\u064b-\u065f\u0670\u0640\u0591-\u05bd\u05bf-\u05c7\u00ad\u200b-\u200f\u2060]"
)
"""Vowel signs of Arabic and Hebrew, the stretching sign, and what is not seen: who writes leaves them out or not."""
_HEADS = {"ar": "(?:[وف]?(?:[بكل]?(?:ال)?|لل))", "he": "[והבכלמש]{0,3}"}
"""Small words that are written together with the next one."""
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "＇": "'"})


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """An agreed word: ``there`` is said in the other language for ``here``."""

    here: str
    there: str
    note: str = ""


def folded(words: str) -> str:
    """Words as they are compared: without case, in one form of letters, with single spaces."""
    plain = unicodedata.normalize("NFKC", words).translate(_APOSTROPHES)
    return " ".join(_SMALL_SIGNS.sub("", plain).casefold().split())


def has(text: str, term: str, language: str) -> bool:
    """Whether a text in a language has a term: as a whole word, or among others where the language parts no words."""
    pattern = _pattern(term, language)
    return bool(pattern and pattern.search(folded(text)))


def lacking(original: str, source: str, version: str, language: str, pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs whose term the original has and whose agreed word the version lacks. Of a term within a longer one only the longer
    counts; of several words agreed for one term one is enough."""
    present = named(original, source, pairs)
    said = {folded(pair.here) for pair in present if has(version, pair.there, language)}
    return [pair for pair in present if folded(pair.here) not in said]


def named(original: str, source: str, pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs whose term a text has, the longest first."""
    left = folded(original)
    found: list[Pair] = []
    known = {folded(pair.here) for pair in found}
    for pair in sorted(pairs, key=lambda pair: (-len(folded(pair.here)), pair)):
        if folded(pair.here) in known:
            found.append(pair)
            continue
        pattern = _pattern(pair.here, source)
        if pattern and pattern.search(left):
            found.append(pair)
            known.add(folded(pair.here))
            left = pattern.sub("\n", left)
    return found


@lru_cache(maxsize=4096)
def _pattern(term: str, language: str) -> re.Pattern[str] | None:
    words = folded(term)
    if not words:
        return None
    base = language.partition("-")[0]
    body = re.escape(words)
    if base in _UNSPACED:
        return re.compile(body)
    return re.compile(rf"(?<![^\W_]){_HEADS.get(base, '')}{body}(?![^\W_])")


def spans(text: str, pairs: Sequence[Pair], language: str) -> list[tuple[int, int, Pair]]:
    """Where a text as it is written has terms, letter for letter; no two overlap, and the longest wins. For what is put in their
    place before a machine reads the text; words that only fold to a term are left to it."""
    taken: list[tuple[int, int, Pair]] = []
    base = language.partition("-")[0]
    for pair in sorted(pairs, key=lambda pair: (-len(pair.here), pair)):
        body = re.escape(pair.here)
        pattern = body if base in _UNSPACED else rf"(?<![^\W_]){body}(?![^\W_])"
        for match in re.finditer(pattern, text):
            if all(match.end() <= start or match.start() >= end for start, end, _ in taken):
                taken.append((match.start(), match.end(), pair))
    return sorted(taken, key=lambda span: span[0])
