"""The socket of this room, and keeping the index true: a room plugs in what can be found, and the journal says when."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.functional import Promise

from cityplus import journal
from cityplus.lib.geo import Point
from cityplus.search import vocabulary
from cityplus.search.engines import engine, marks, rows_of, run_many
from cityplus.search.items import Found, Item, Name, rank_of, weight_of
from cityplus.search.vocabulary import Tally
from cityplus.search.words import index_tokens

if TYPE_CHECKING:
    from cityplus.journal.models import Entry

Model = TypeVar("Model", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of the items of a kind: all of a city, or of one thing in it, or a single one."""

    handle: str
    parent: int | None = None
    object_id: int | None = None


class Source(Protocol):
    """What a room knows of one kind. Only what everybody may see is an item."""

    def everything(self) -> Iterator[Item]:
        """All items there are, fetched in parts."""

    def within(self, scope: Scope) -> Iterable[Item]:
        """The items of a part."""

    def touched(self, entry: Entry) -> Scope | Sequence[Scope] | None:
        """Which part, or parts, an entry of the journal may have changed."""

    def seen_by(self, person: Any, ids: Sequence[int]) -> Mapping[int, Any]:
        """Those of these objects that a visitor may see, with what :attr:`Kind.template` shows of them."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of things that can be found. ``order`` is its place among the kinds, 0 to 63, and part of what is stored;
    ``template`` shows a hit on the page, with ``object`` and ``hit``; ``verbs`` are those of the journal that touch it. A question
    that begins with its ``sign`` (``@``, ``#``) is for kinds with that sign alone."""

    name: str
    order: int
    label: str | Promise
    template: str
    verbs: tuple[str, ...]
    sign: str = ""


_kinds: dict[str, Kind] = {}
_sources: dict[str, Source] = {}


def plug(kind: Kind, source: Source) -> None:
    """Have a kind of things found, from ``apps.ready()``.

    Raises:
        ValueError: another kind has this place among the kinds.
    """
    if other := next((k.name for k in _kinds.values() if k.order == kind.order and k.name != kind.name), ""):
        raise ValueError(f"{kind.name} and {other} both want place {kind.order} among the kinds of search")
    _kinds[kind.name], _sources[kind.name] = kind, source

    @journal.subscribe(f"search.{kind.name}", *kind.verbs)
    def follow(entry: Entry) -> None:
        touched = source.touched(entry)
        for scope in dict.fromkeys([touched] if isinstance(touched, Scope) else touched or ()):
            refresh(kind, scope)


def in_parts(rows: QuerySet[Model], size: int = 500) -> Iterator[Model]:
    """All rows by their key, a part at a time: nothing stays open in the database while others write."""
    last = 0
    while part := list(rows.filter(pk__gt=last).order_by("pk")[:size]):
        yield from part
        last = part[-1].pk


def kinds() -> dict[str, Kind]:
    """All kinds by name, the first one first."""
    return dict(sorted(_kinds.items(), key=lambda pair: pair[1].order))


def signed(q: str) -> list[str] | None:
    """The kinds for which a question is by its first sign; None for one without."""
    return [name for name, kind in kinds().items() if kind.sign and kind.sign == q.lstrip()[:1]] or None


def source_of(name: str) -> Source:
    return _sources[name]


def refresh(kind: Kind, scope: Scope) -> int:
    """Make the index of a part equal to what its source says; returns how many items were written or taken away."""
    items = {item.object_id: item for item in source_of(kind.name).within(scope)}
    with transaction.atomic():
        there = _present(kind, scope, items)
        changed = [item for item in items.values() if there.get(item.object_id, (0, 0))[1] != item.digest()]
        gone = [rank for object_id, (rank, _) in there.items() if object_id not in items]
        old = [there[item.object_id][0] for item in changed if item.object_id in there]
        _drop(kind, [*gone, *old])
        _put(kind, changed)
    return len(gone) + len(changed)


def _present(kind: Kind, scope: Scope, items: Mapping[int, Item]) -> dict[int, tuple[int, int]]:
    """The items of a part as the index has them: rank and digest by object. Also those that came into it from another."""
    where, values = "handle = %s", [kind.order, scope.handle]
    for column, value in (("parent", scope.parent), ("object_id", scope.object_id)):
        if value is not None:
            where, values = f"{where} AND {column} = %s", [*values, value]
    rows = rows_of(f"SELECT object_id, rank, digest FROM search_item WHERE kind = %s AND {where}", values)
    ids = sorted(items)
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        rows += rows_of(
            f"SELECT object_id, rank, digest FROM search_item WHERE kind = %s AND object_id IN {marks(part)}",
            [kind.order, *part],
        )
    return {object_id: (rank, digest) for object_id, rank, digest in rows}


def _put(kind: Kind, items: Sequence[Item]) -> None:
    ranked = [(rank_of(kind.order, item.weight, item.object_id), item) for item in items]
    engine().load("search_item", [row(kind, rank, item) for rank, item in ranked])
    engine().put("search_title", ((rank, item.by_title()) for rank, item in ranked))
    engine().put("search_text", ((rank, item.by_text()) for rank, item in ranked))
    vocabulary.add(kind.order, tally(ranked))


def _drop(kind: Kind, ranks: Sequence[int]) -> None:
    if not ranks:
        return
    lost: Counter[str] = Counter()
    for found in fetch(ranks):
        lost.update({token for name in found.names for token in index_tokens(name.text)})
    vocabulary.take(kind.order, lost)
    run_many("DELETE FROM search_item WHERE rank = %s", [(rank,) for rank in ranks])
    for table in ("search_title", "search_text"):
        engine().drop(table, ranks)


def tally(ranked: Iterable[tuple[int, Item]], into: dict[str, Tally] | None = None) -> dict[str, Tally]:
    """The words of the names of these items; of items of one kind."""
    counts = {} if into is None else into
    for rank, item in ranked:
        weight = weight_of(rank)
        for token in item.title_tokens:
            here = counts.get(token)
            counts[token] = Tally(here.items + 1, max(here.top, weight)) if here else Tally(1, weight)
    return counts


_COLUMNS = ("rank", "kind", "object_id", "handle", "url_name", "url_args", "names", "lat", "lon")


def row(kind: Kind, rank: int, item: Item) -> tuple[object, ...]:
    """The row of an item in ``search_item``."""
    lat, lon = (item.point.lat, item.point.lon) if item.point else (None, None)
    args = json.dumps(item.url_args, separators=(",", ":"))
    where = (kind.order, item.object_id, item.handle, item.parent)
    return rank, *where, item.url_name, args, item.names_json, lat, lon, item.digest()


def fetch(ranks: Sequence[int]) -> list[Found]:
    """Items by their ranks, in their order; those that are not there any more are left out."""
    names = {kind.order: kind.name for kind in _kinds.values()}
    rows: dict[int, Found] = {}
    for start in range(0, len(ranks), 500):
        part = ranks[start : start + 500]
        for row in rows_of(f"SELECT {', '.join(_COLUMNS)} FROM search_item WHERE rank IN {marks(part)}", part):
            found = dict(zip(_COLUMNS, row, strict=True))
            if found["kind"] in names:
                rows[found["rank"]] = _found(names[found["kind"]], found)
    return [rows[rank] for rank in ranks if rank in rows]


def _found(kind: str, row: Mapping[str, Any]) -> Found:
    names = tuple(Name(tag, text, tokens, bool(own)) for tag, text, tokens, own in json.loads(row["names"]))
    point = Point(row["lat"], row["lon"]) if row["lat"] is not None and row["lon"] is not None else None
    args = tuple(json.loads(row["url_args"]))
    return Found(row["rank"], kind, row["object_id"], row["handle"], row["url_name"], args, names, point)
