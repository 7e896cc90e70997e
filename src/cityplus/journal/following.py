"""Values that are kept in the memory of a process and follow the journal, so that no page reckons them anew."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakSet

from cityplus.journal.trail import latest_id

if TYPE_CHECKING:
    from cityplus.journal.models import Entry

T = TypeVar("T")

MOST = 500
"""Entries that a value follows one by one; after more it is made anew."""

_all: WeakSet[Following[object]] = WeakSet()


class Following(Generic[T]):
    """A value that is true at the journal's newest entry.

    ``make`` makes it from everything. ``follow`` brings it on by the entries that came since, or answers None where it must be made
    anew. Both look at the database as it is now, which may already hold more than the entries tell: following one twice must do
    no harm. While a thread works at it, the others wait for the same value.
    """

    def __init__(self, make: Callable[[], T], follow: Callable[[T, Sequence[Entry]], T | None]) -> None:
        self._make, self._follow = make, follow
        self._lock = threading.Lock()
        self._kept: tuple[int, T] | None = None
        _all.add(self)  # type: ignore[arg-type]

    def now(self) -> T:
        """The value, as of the newest entry."""
        newest = latest_id()
        kept = self._kept
        if kept is None or kept[0] != newest:
            with self._lock:
                kept = self._kept = newest, self._brought(newest)
        return kept[1]

    def forget(self) -> None:
        """Make it anew when it is asked for next: the database is another one than before."""
        self._kept = None

    def _brought(self, newest: int) -> T:
        from cityplus.journal.models import Entry  # noqa: PLC0415 - models load after apps

        if self._kept is None or self._kept[0] > newest:
            return self._make()
        revision, value = self._kept
        since = list(Entry.objects.filter(id__gt=revision, id__lte=newest, quiet=False).order_by("id")[: MOST + 1])
        followed = self._follow(value, since) if len(since) <= MOST else None
        return self._make() if followed is None else followed


def forget_everything() -> None:
    """For who changes the database under a running process, as the tests do between each other."""
    for value in _all:
        value.forget()
