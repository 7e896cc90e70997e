"""Building the whole index anew, beside the one in use: searches and writes go on meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from django.db import transaction

from cityplus import journal
from cityplus.search import flows, index, vocabulary
from cityplus.search.engines import NEXT, engine
from cityplus.search.index import Kind
from cityplus.search.items import Item, rank_of, ranks_of_kind
from cityplus.search.vocabulary import Tally
from cityplus.search.words import VERSION

Tell = Callable[[str], None]
_CHUNK = 1000
"""Items a transaction."""


def rebuild(tell: Tell = lambda _: None) -> int:
    """Build the index from what every source says, then put it in the place of the one in use; returns how many items.

    What happens while it is built is told to the new index by the journal afterwards. A rebuild that is ended before it is
    done changes nothing.
    """
    kinds = index.kinds()
    return build({kind: index.source_of(name).everything() for name, kind in kinds.items()}, tell, all_flows=True)


def rebuild_if_outdated(tell: Tell = lambda _: None) -> bool:
    """Rebuild when the index was made by another version of the tokenizer, or never; returns whether it was."""
    from cityplus.search.models import Build  # noqa: PLC0415 - models load after apps

    if Build.objects.filter(version=VERSION).exists():
        return False
    rebuild(tell)
    return True


def build(everything: Mapping[Kind, Iterable[Item]], tell: Tell = lambda _: None, *, all_flows: bool = False) -> int:
    """Build the index from these items, and from all that flows."""
    started_at = journal.latest_id()
    with transaction.atomic():
        engine().clear_next()
        engine().create(NEXT)
    words: dict[int, dict[str, Tally]] = {}
    total = flows.fill(NEXT) if all_flows else 0
    for kind, items in everything.items():
        words[kind.order] = {}
        count = 0
        for chunk in _chunks(iter(items)):
            _stage(kind, chunk, words[kind.order])
            count += len(chunk)
            if count % 100_000 < len(chunk):
                tell(f"{kind.name}: {count} so far")
        tell(f"{kind.name}: {count}")
        total += count
    tell("sorting")
    vocabulary.write_all(words)
    engine().settle([ranks_of_kind(kind.order) for kind in everything])
    _exchange(started_at)
    return total


def _stage(kind: Kind, items: list[Item], words: dict[str, Tally]) -> None:
    ranked = [(rank_of(kind.order, item.weight, item.object_id), item) for item in items]
    with transaction.atomic():
        engine().load(f"search_item{NEXT}", [index.row(kind, rank, item) for rank, item in ranked])
        engine().stage([(rank, item.by_title(), item.by_text()) for rank, item in ranked])
    index.tally(ranked, words)


def _chunks(items: Iterator[Item]) -> Iterator[list[Item]]:
    while chunk := list(islice(items, _CHUNK)):
        yield chunk


def _exchange(started_at: int) -> None:
    from cityplus.journal.models import Cursor  # noqa: PLC0415 - models load after apps
    from cityplus.search.models import Build  # noqa: PLC0415

    with transaction.atomic():
        engine().exchange()
        Build.objects.all().delete()
        Build.objects.create(version=VERSION)
        for name in (*index.kinds(), *flows.flows()):
            Cursor.objects.update_or_create(subscriber=f"search.{name}", defaults={"last_id": started_at})
