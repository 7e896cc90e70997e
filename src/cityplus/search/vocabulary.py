"""The words of all names, by kind: what beginnings and typing mistakes are looked up in.

A word carries the weight of its greatest item and the number of its items. Words that begin alike are taken by weight, so
that a short beginning means the words most likely meant, and the work stays bounded however many there are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from django.db import transaction

from cityplus.search import slips
from cityplus.search.engines import NEXT, engine, marks, rows_of, run_many
from cityplus.search.words import Term

OPENINGS = 16
"""Words that a beginning may stand for."""

_NEAR = 8
"""Words that a mistyped one may stand for."""

_SHARED = 200
"""Words with the same keys that are measured."""

_CHUNK = 10_000
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a word stands in names, and the weight of the greatest item it names."""

    items: int
    top: int

    @property
    def weight(self) -> int:
        """Its items count by doublings: ten thousand parks weigh more than one city of ten thousand."""
        return self.top + int(log2(1 + self.items) * 512)


def beginnings(kind: int, start: str) -> list[str]:
    """The weightiest words of a kind that begin so."""
    values: list[object] = [kind, start, start + _LAST, OPENINGS]
    same = "text >= %s AND text < %s"
    if len(start) <= 3:  # there is an index by weight for each of these lengths
        same, values = f"substr(text, 1, {len(start)}) = %s", [kind, start, OPENINGS]
    rows = rows_of(
        f"SELECT text FROM search_word WHERE kind = %s AND {same} ORDER BY weight DESC, text LIMIT %s",
        values,
    )
    return [text for (text,) in rows]


def meant(word: str) -> dict[str, int]:
    """The words that a mistyped one may have been meant as, with the number of mistakes; the nearest and weightiest."""
    most = slips.forgiven(word)
    if not most:
        return {}
    ids = engine().find("search_slip", [slips.keys(word)], _SHARED)
    if not ids:
        return {}
    rows = rows_of(f"SELECT text, max(weight) FROM search_word WHERE id IN {marks(ids)} GROUP BY text", ids)
    near = [(slips.mistakes(word, text, most), -weight, text) for text, weight in rows]
    return {text: distance for distance, _, text in sorted(near)[:_NEAR] if 0 < distance <= most}


def unknown(kinds: Iterable[int], terms: Sequence[Term]) -> list[Term]:
    """The terms that are a word of no name of these kinds: only they can be mistyped."""
    ids = {id_of(kind, form): term.text for kind in kinds for term in terms for form in term.forms}
    known = {ids[number] for (number,) in rows_of(f"SELECT id FROM search_word WHERE id IN {marks(ids)}", list(ids))}
    return [term for term in terms if term.text not in known]


def mistyped(kinds: Iterable[int], terms: Sequence[Term]) -> dict[str, dict[str, int]]:
    """For each mistyped term the words that it may have been meant as, with the number of mistakes."""
    return {term.text: near for term in unknown(kinds, terms) if (near := meant(term.text))}


def id_of(kind: int, text: str) -> int:
    """The number of a word, the same on every server and engine."""
    return int.from_bytes(hashlib.blake2b(f"{kind} {text}".encode(), digest_size=8).digest()) >> 1


def add(kind: int, tallies: Mapping[str, Tally]) -> None:
    """Count words that items got."""
    present = _present(kind, tallies)
    merged = {
        text: Tally(tally.items + here.items, max(tally.top, here.top)) if (here := present.get(text)) else tally
        for text, tally in tallies.items()
    }
    write(kind, {text: tally for text, tally in merged.items() if text not in present})
    run_many(
        "UPDATE search_word SET items = %s, top = %s, weight = %s WHERE id = %s",
        [(t.items, t.top, t.weight, id_of(kind, text)) for text, t in merged.items() if text in present],
    )


def take(kind: int, counts: Mapping[str, int]) -> None:
    """Count words that items lost; a word that names nothing any more is forgotten."""
    present = _present(kind, counts)
    left = {text: Tally(tally.items - counts[text], tally.top) for text, tally in present.items()}
    run_many(
        "UPDATE search_word SET items = %s, weight = %s WHERE id = %s",
        [(t.items, t.weight, id_of(kind, text)) for text, t in left.items() if t.items > 0],
    )
    if gone := [id_of(kind, text) for text, tally in left.items() if tally.items <= 0]:
        run_many("DELETE FROM search_word WHERE id = %s", [(number,) for number in gone])
        engine().drop("search_slip", gone)


def write(kind: int, tallies: Mapping[str, Tally], suffix: str = "") -> None:
    """Write words that are not there yet."""
    rows = sorted((id_of(kind, text), text, tally) for text, tally in tallies.items())
    columns = [(number, kind, text, tally.top, tally.items, tally.weight) for number, text, tally in rows]
    engine().load(f"search_word{suffix}", columns)
    engine().put("search_slip", ((number, slips.keys(text)) for number, text, _ in rows if slips.keys(text)), suffix)


def write_all(kinds: Mapping[int, Mapping[str, Tally]]) -> None:
    """Write the vocabulary of a rebuild."""
    everything = sorted((id_of(kind, text), kind, text) for kind, tallies in kinds.items() for text in tallies)
    for start in range(0, len(everything), _CHUNK):
        with transaction.atomic():
            for kind, texts in _by_kind(everything[start : start + _CHUNK]).items():
                write(kind, {text: kinds[kind][text] for text in texts}, NEXT)


def _by_kind(words: Iterable[tuple[int, int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for _, kind, text in words:
        found.setdefault(kind, []).append(text)
    return found


def _present(kind: int, texts: Collection[str]) -> dict[str, Tally]:
    if not texts:
        return {}
    ids = [id_of(kind, text) for text in texts]
    rows: list[tuple[str, int, int]] = []
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        rows += rows_of(f"SELECT text, items, top FROM search_word WHERE id IN {marks(part)}", part)
    return {text: Tally(items, top) for text, items, top in rows}
