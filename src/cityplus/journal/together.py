"""Deeds of many threads in one transaction: what waits while one commits goes into the next, all of it.

A commit that is durable takes its time, and only one writes at a time. Of the threads that have something to do one does it for all who
wait; a deed that comes alone is a transaction of its own and waits for nobody. Each is told when the transaction that holds its deed
is durable, not before.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import connection, transaction

T = TypeVar("T")

MOST = 64
"""Deeds in one transaction."""


@dataclass(eq=False)
class _Waiting:
    """A deed, in the context of its thread: its language and the like. ``leads`` when its thread is to do what waits."""

    deed: Callable[[], Any]
    context: Context = field(default_factory=copy_context)
    bell: threading.Event = field(default_factory=threading.Event)
    leads: bool = False
    became: Any = None
    error: BaseException | None = None


_lock = threading.Lock()
_queue: list[_Waiting] = []
_busy = False


def together(deed: Callable[[], T]) -> T:
    """Do something that writes; returns what it returned once that is durable, or raises what it raised, and then it wrote nothing.

    It may be done by another thread, in a transaction with others. Inside a transaction that is open already it is simply a part of
    that one.
    """
    global _busy
    if connection.in_atomic_block:
        with transaction.atomic():
            return deed()
    mine = _Waiting(deed)
    with _lock:
        _queue.append(mine)
        mine.leads, _busy = not _busy, True
    if not mine.leads:
        mine.bell.wait()
    if mine.leads:
        _lead()
    if mine.error:
        raise mine.error
    became: T = mine.became
    return became


def _lead() -> None:
    """Do what waits, one's own deed with it, and give the lead to the next who came meanwhile."""
    global _busy  # noqa: PLW0603
    with _lock:
        batch = _queue[:MOST]
        del _queue[:MOST]
    try:
        _do(batch)
    finally:
        with _lock:
            following = _queue[0] if _queue else None
            if following:
                following.leads = True
            else:
                _busy = False
        for one in (*batch, *([following] if following else [])):
            one.bell.set()


def _do(batch: Sequence[_Waiting]) -> None:
    try:
        with transaction.atomic():
            for one in batch:
                _do_one(one, alone=len(batch) == 1)
    except BaseException as error:
        for one in batch:  # nothing of it was kept
            one.error = one.error or error
        if not isinstance(error, Exception):
            raise


def _do_one(one: _Waiting, *, alone: bool) -> None:
    """What goes wrong in one deed is that one's own: it wrote nothing, and the others go on."""
    if alone:
        one.became = one.context.run(one.deed)
        return
    try:
        with transaction.atomic():
            one.became = one.context.run(one.deed)
    except Exception as error:
        one.error = error
