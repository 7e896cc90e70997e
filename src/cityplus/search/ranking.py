"""What a hit scores: the same small sum for both engines, in whole numbers. The rules stand in words in ``docs/search.md``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2

from cityplus.lib.geo import Point, distance
from cityplus.search.items import NO_LANGUAGE, WEIGHTS, Found, Name
from cityplus.search.words import Term, bare

EXACT, BEGINNING, LONGER, SLIP, ELSEWHERE = 100, 60, 30, 40, 10
"""For a term: a word of the name; its beginning, and more the nearer it comes to the whole; a word once mistyped; a word
that stands only in other texts."""

WHOLE, FIRST = 40, 20
"""The question is the whole name, or how the name begins."""

READERS, RELATED, OWN, ENGLISH = 12, 8, 10, 2
"""The name is in the reader's language, in a near relative, in the city's own; or in English, which most can read."""

KINDS = {0: 12, 1: 4}
"""What the first kinds (cities, routes) are given before the others."""

SIZE, NEARNESS = 12, 6


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the ranking needs it: its terms, the words that mistyped ones may stand for with their mistakes, the
    reader's language, and where the reader is."""

    terms: Sequence[Term]
    slips: Mapping[str, int]
    language: str
    near: Point | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """An item with its score, the name that fits best, and how many metres away it is (None when nobody asked)."""

    item: Found
    score: int
    name: Name
    metres: float | None

    @property
    def key(self) -> tuple[int, int]:
        """Hits are listed by this, the greatest first: among equals the larger, then the older one."""
        return self.score, self.item.rank


def rank(items: Sequence[Found], asked: Asked, place: int) -> list[Hit]:
    """The items of the kind in this place, the best first."""
    return sorted((_hit(item, asked, place) for item in items), key=lambda hit: hit.key, reverse=True)


def _hit(item: Found, asked: Asked, place: int) -> Hit:
    metres = distance(asked.near, item.point) if asked.near and item.point else None
    if not asked.terms:
        return Hit(item, -int(metres or 0), item.name_for(asked.language), metres)
    name, words = max(
        ((name, _name_score(name, asked)) for name in item.names), key=lambda pair: pair[1]
    )  # the first of equals: its own name
    if words <= ELSEWHERE or name.language == NO_LANGUAGE:
        name = item.name_for(asked.language)
    score = words + KINDS.get(place, 0) + item.weight * SIZE // WEIGHTS
    if metres is not None:
        score -= min(120, int(NEARNESS * log2(1 + metres / 1000)))
    return Hit(item, score, name, metres)


def _name_score(name: Name, asked: Asked) -> int:
    tokens = name.tokens.split(" ")
    scores = [_term_score(term, tokens, asked.slips) for term in asked.terms]
    score = sum(scores) // len(scores)
    if max(scores) == ELSEWHERE:
        return score  # nothing of the question stands in this name, so neither its language nor its length matters
    texts = [term.text for term in asked.terms]
    if tokens == texts:
        score += WHOLE
    elif name.tokens.startswith(" ".join(texts)):
        score += FIRST
    score -= min(12, 2 * max(0, len(tokens) - len(texts)))
    return score + _language_score(name, asked.language)


def _term_score(term: Term, tokens: Sequence[str], slips: Mapping[str, int]) -> int:
    best = ELSEWHERE
    for token in tokens:
        for form in term.forms:
            if form in (token, bare(token)):
                return EXACT
            if term.open and (token.startswith(form) or bare(token).startswith(form)):
                best = max(best, BEGINNING + LONGER * len(form) // len(token))
        if token in slips:
            best = max(best, SLIP * 2 // (1 + slips[token]))
    return best


def _language_score(name: Name, language: str) -> int:
    score = OWN if name.own else 0
    if name.language == language:
        return score + READERS
    if name.language.partition("-")[0] == language.partition("-")[0]:
        return score + RELATED
    return score + (ENGLISH if name.language == "en" else 0)
