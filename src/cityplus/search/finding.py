"""Search, as pages and the API use it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from cityplus.lib.geo import Point
from cityplus.search import index, vocabulary
from cityplus.search.asking import QueryError, check_words, read_after
from cityplus.search.candidates import NONE, Widening
from cityplus.search.engines import first
from cityplus.search.items import Found, ranks_of_kind
from cityplus.search.ranking import Asked, Hit, rank
from cityplus.search.words import Term, terms


@dataclass(frozen=True, slots=True)
class Results:
    """Hits, the best first. ``next`` goes into ``after`` for those that follow, and is empty at the end. ``meant`` is the
    question as it was understood, where that is not as it was typed."""

    hits: Sequence[Hit] = ()
    next: str = ""
    meant: str = ""


def find(
    q: str,
    *,
    language: str = "en",
    kinds: Collection[str] | None = None,
    near: Point | None = None,
    limit: int = 20,
    after: str = "",
) -> Results:
    """Find what is public by its names and texts in any language, or what is near a place, or both.

    ``language`` is the reader's BCP 47 tag. ``kinds`` are names such as ``city``, all when None. At most 200 of each kind
    are ranked, so lists end there. Without words and without a place nothing is found. Both engines give the same hits in
    the same order, as long as not more than 200 of a kind fit.

    Raises:
        QueryError: the question is too long, a kind is not known, or ``after`` is not from a list of hits.
    """
    asked = terms(check_words(q))
    position = read_after(after)
    wanted = _kinds(kinds)
    if not asked and near is None:
        return Results()
    widenings = [Widening(kind, asked, near) for kind in wanted]
    found = [widening.plain() for widening in widenings]
    slips: dict[str, dict[str, int]] = {}
    if asked and sum(map(len, found)) < NONE:
        slips = vocabulary.mistyped([kind.order for kind in wanted], asked)
        if slips:
            found = [widening.forgiving(slips) for widening in widenings]
    distances = {word: mistakes for words in slips.values() for word, mistakes in words.items()}
    how = Asked(asked, distances, language, near)
    hits = [hit for widening, items in zip(widenings, found, strict=True) for hit in rank(items, how, widening.place)]
    hits = sorted((hit for hit in hits if position is None or hit.key < position), key=lambda h: h.key, reverse=True)
    page = hits[: max(1, limit)]
    end = f"{page[-1].score}.{page[-1].item.rank}" if len(hits) > len(page) else ""
    return Results(page, end, _meant(asked, slips, page))


def _kinds(names: Collection[str] | None) -> list[index.Kind]:
    there = index.kinds()
    for name in names or ():
        if name not in there:
            raise QueryError(f"“{name}” cannot be searched for; there are {', '.join(there)}")
    return [kind for name, kind in there.items() if names is None or name in names]


def _meant(asked: Sequence[Term], slips: dict[str, dict[str, int]], hits: Sequence[Hit]) -> str:
    """The question with each mistyped word as the best hit has it."""
    if not slips or not hits:
        return ""
    present = {token for name in hits[0].item.names for token in name.tokens.split(" ")}
    words = []
    for term in asked:
        near = [word for word in slips.get(term.text, ()) if word in present]
        words.append(term.text if term.text in present or not near else near[0])
    return " ".join(words) if words != [term.text for term in asked] else ""


def others(q: str, most: int = 6) -> list[str]:
    """Questions to try when this one found nothing: each of its words as it may have been meant, and each alone."""
    asked = terms(check_words(q))
    found: dict[str, None] = {}
    for term in asked:
        near = list(vocabulary.meant(term.text))[:2]
        known = any(term.text in vocabulary.beginnings(kind.order, term.text) for kind in index.kinds().values())
        for word in [*near, *([term.text] if known and len(asked) > 1 else [])]:
            found.setdefault(word)
    return list(found)[:most]


def places(most: int = 9) -> list[Found]:
    """The greatest items of the first kind: cities, to search near them."""
    for kind in index.kinds().values():
        low, high = ranks_of_kind(kind.order)
        return [item for item in index.fetch(first(low, high, most)) if item.point]
    return []
