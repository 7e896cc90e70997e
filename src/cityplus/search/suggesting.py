"""Suggestions while typing: names alone, a few of the best, of every kind."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from cityplus.languages.tags import direction
from cityplus.search import index, vocabulary
from cityplus.search.asking import check_words
from cityplus.search.candidates import Widening
from cityplus.search.items import Name
from cityplus.search.ranking import Asked, Hit, rank
from cityplus.search.words import terms

_MOST = 40
"""Items of a kind that are ranked."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A hit as a line: the name that was typed, and beside it the reader's, or the thing's own when that was typed."""

    hit: Hit
    name: Name
    beside: Name | None

    @property
    def kind(self) -> str:
        return self.hit.item.kind

    def as_json(self) -> dict[str, str]:
        """With addresses in the language of the page in hand."""
        line = {
            "kind": self.kind,
            "label": str(index.kinds()[self.kind].label),
            "name": self.name.text,
            "language": self.name.language,
            "dir": direction(self.name.language),
            "url": self.hit.item.get_absolute_url(),
        }
        if self.beside:
            line |= {"beside": self.beside.text, "besideLanguage": self.beside.language}
        return line


def suggest(
    q: str, language: str = "en", limit: int = 8, *, kinds: Collection[str] | None = None
) -> Sequence[Suggestion]:
    """What a question that is being typed may become, the best first. Typing mistakes are forgiven when nothing fits. ``kinds`` are
    names such as ``city``, all when None.

    Raises:
        QueryError: the question is too long.
    """
    asked = terms(check_words(q))
    if not asked:
        return []
    meant = index.signed(q)
    wanted = [
        kind
        for name, kind in index.kinds().items()
        if (meant is None or name in meant) and (kinds is None or name in kinds)
    ]
    if not wanted:
        return []
    widenings = [Widening(kind, asked, most=_MOST) for kind in wanted]
    found = [widening.plain(texts=False) for widening in widenings]
    slips: dict[str, dict[str, int]] = {}
    if not any(found):
        slips = vocabulary.mistyped([widening.kind.order for widening in widenings], asked)
        found = [widening.forgiving(slips, texts=False) for widening in widenings] if slips else found
    distances = {word: mistakes for words in slips.values() for word, mistakes in words.items()}
    how = Asked(asked, distances, language)
    hits = [hit for widening, items in zip(widenings, found, strict=True) for hit in rank(items, how, widening.place)]
    hits.sort(key=lambda hit: hit.key, reverse=True)
    return [_suggestion(hit, language) for hit in hits[:limit]]


def _suggestion(hit: Hit, language: str) -> Suggestion:
    readers, own = hit.item.name_for(language), hit.item.own_name
    beside = readers if readers.text != hit.name.text else own
    return Suggestion(hit, hit.name, beside if beside.text != hit.name.text else None)
