"""A socket: a room above plugs in what can be reported from ``apps.ready()``, and what hiding it does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Thing:
    """What a report is about, as an officer sees it.

    ``author`` and ``city`` are numbers of actors: who made the thing (None: nobody who could be told), and the city in whose space
    it stands (None: no city's). ``excerpt`` is plain text; it is cut at :data:`LONGEST` characters.
    """

    label: str
    address: str
    excerpt: str = ""
    author: int | None = None
    city: int | None = None


Find = Callable[[Collection[int]], Mapping[int, Thing]]
MaySee = Callable[[Any, int], bool]
Deed = Callable[[int, str], None]
LONGEST = 600


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of thing that can be reported.

    ``name`` is a lazy translation (“a post”). ``find(numbers)`` gives the things there are, in a fixed number of queries, also hidden
    ones. ``may_see(person, number)`` says whether this person may know of one: who may not cannot report it. ``hide(number, by)`` and
    ``show(number, by)`` are called in the transaction of a decision and must bear being called twice; a kind without them cannot be
    hidden.
    """

    name: str | Promise
    find: Find
    may_see: MaySee
    hide: Deed | None = None
    show: Deed | None = None

    def one(self, number: int) -> Thing | None:
        return self.find([number]).get(number)


_kinds: dict[str, Subject] = {}


def plug(kind: str, subject: Subject) -> None:
    """Have things of this kind reported; ``kind`` is a word of small letters that stands in addresses."""
    _kinds[kind] = subject


def unplug(kind: str) -> None:
    """Take a kind out; for tests that plugged one in."""
    _kinds.pop(kind, None)


def of_kind(kind: str) -> Subject | None:
    """The kind, or None: a room that was taken out leaves its reports behind."""
    return _kinds.get(kind)


def seen(kind: str, number: int, person: Any) -> Thing | None:
    """The thing, if it is there and this person may know of it."""
    subject = _kinds.get(kind)
    return subject.one(number) if subject and subject.may_see(person, number) else None


def things(wanted: Collection[tuple[str, int]]) -> dict[tuple[str, int], Thing]:
    """Things of several kinds at once; those that are gone are left out."""
    numbers: dict[str, set[int]] = {}
    for kind, number in wanted:
        numbers.setdefault(kind, set()).add(number)
    return {
        (kind, number): thing
        for kind, some in numbers.items()
        if kind in _kinds
        for number, thing in _kinds[kind].find(some).items()
    }
