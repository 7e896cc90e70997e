"""A socket for what comes without end, such as posts: found by its words, the newest first, and by no weight or name.

A flow has a table of its own in the engine, keyed by numbers in the order of time, so however many there are, nothing of it is read
when cities are looked for; and of a flow no more is read than it takes to fill a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from django.db import transaction
from django.utils.functional import Promise

from cityplus import journal
from cityplus.search.asking import check_words
from cityplus.search.engines import FLOW, HIGHEST, engine
from cityplus.search.items import MOST_WORDS
from cityplus.search.words import Term, index_tokens, terms

if TYPE_CHECKING:
    from cityplus.journal.models import Entry

_CHUNK = 500


class Source(Protocol):
    """What a room knows of a flow. Only what everybody may see is in the index."""

    def everything(self) -> Iterator[tuple[int, str]]:
        """The number and the words of each thing, the oldest first."""

    def words(self, numbers: Sequence[int]) -> Mapping[int, str]:
        """The words of those of these that everybody may see."""

    def touched(self, entry: Entry) -> Iterable[int]:
        """Which of them an entry of the journal may have changed."""

    def seen_by(self, person: Any, numbers: Sequence[int]) -> Mapping[int, Any]:
        """Those of these that a visitor may see, with what :attr:`Flow.template` shows of them."""

    def own(self, person: Any, fits: Callable[[str], bool], before: int) -> Sequence[int]:
        """Those of a person that are not everybody's and fit, the newest first; few."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A kind of things that flow. ``template`` shows one of them, with ``object``; ``verbs`` are those of the journal that touch it."""

    name: str
    label: str | Promise
    template: str
    verbs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catch:
    """Numbers that fit, the newest first; ``next`` is where the list goes on, 0 at its end."""

    numbers: Sequence[int] = ()
    next: int = 0


_flows: dict[str, tuple[Flow, Source]] = {}


def plug(flow: Flow, source: Source) -> None:
    """Have a flow found, from ``apps.ready()``.

    Raises:
        ValueError: there is another one: they would share a table.
    """
    if set(_flows) - {flow.name}:
        raise ValueError(f"there is a flow already, and {flow.name} wants its table")
    _flows[flow.name] = (flow, source)

    @journal.subscribe(f"search.{flow.name}", *flow.verbs)
    def follow(entry: Entry) -> None:
        refresh(flow.name, source.touched(entry))


def flows() -> dict[str, Flow]:
    return {name: flow for name, (flow, _) in _flows.items()}


def source_of(name: str) -> Source:
    return _flows[name][1]


def refresh(name: str, numbers: Iterable[int]) -> None:
    """Make the index of these things equal to what their source says."""
    source = source_of(name)
    for part in _chunks(iter(numbers)):
        there = source.words(part)
        with transaction.atomic():
            engine().drop(FLOW, part)
            engine().pour([(number, index_tokens(words[:MOST_WORDS])) for number, words in sorted(there.items())])


def fill(suffix: str) -> int:
    """Write all flows into the tables of a rebuild; returns how many things."""
    total = 0
    for _, source in _flows.values():
        for part in _chunks(source.everything()):
            with transaction.atomic():
                engine().pour([(number, index_tokens(words[:MOST_WORDS])) for number, words in part], suffix)
            total += len(part)
    return total


def find(name: str, q: str, person: Any, *, before: int = 0, limit: int = 20) -> Catch:
    """What has all words of the question, the newest first, from ``before`` a number on: what everybody may see, and what is this
    person's own besides. Who shows it asks :meth:`Source.seen_by` once more.

    Raises:
        QueryError: the question is too long.
    """
    asked = terms(check_words(q))
    if not asked:
        return Catch()
    bound = before or HIGHEST
    public = engine().newest([_forms(term) for term in asked], bound, limit + 1)
    own = source_of(name).own(person, lambda text: fits(asked, text), bound)
    both = sorted({*public, *own}, reverse=True)
    return Catch(both[:limit], both[limit - 1] if len(both) > limit else 0)


def _forms(term: Term) -> list[str]:
    return [f"{form}*" if _is_character(term) else form for form in term.forms]


def _is_character(term: Term) -> bool:
    """One character of a script without blanks begins the pairs in which it stands."""
    return term.open and len(term.text) == 1 and not term.text.isascii()


def fits(asked: Sequence[Term], text: str) -> bool:
    """Whether a text has each of these terms."""
    there = index_tokens(text[:MOST_WORDS])
    return all(
        any(form in there or (_is_character(term) and any(t.startswith(form) for t in there)) for form in term.forms)
        for term in asked
    )


def _chunks(things: Iterator[Any]) -> Iterator[list[Any]]:
    while chunk := list(islice(things, _CHUNK)):
        yield chunk
