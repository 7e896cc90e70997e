"""Group commit: one thread a process that takes all that waits to be kept, and commits it in one transaction.

While it commits, the next ones gather, so a batch is as large as the load asks for, and what comes alone waits for nothing but its
own commit. Nobody is told that something is kept before the commit is durable. A batch whose commit failed, or may have failed, is
tried again as it was: what was kept already must not be kept twice, for which the batch's own rows see.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.db import Error, connection

log = logging.getLogger(__name__)

QUEUE = 10_000
"""What may wait in one process; beyond it the answer is “later”."""
BATCH = 1_000
"""What one transaction holds at most."""
PAUSES = (0.05, 0.5, 2.0)
"""Seconds to wait before each new try of a batch."""
PATIENCE = 5.0
"""Seconds after which a batch is given up instead of tried again."""


class Full(Exception):
    """More is waiting than may wait. Nothing was kept."""


class Away(Exception):
    """The database did not take it. Whether it was kept is not known; sending it again keeps it once."""


T = TypeVar("T")
R = TypeVar("R")
Commit = Callable[[Sequence[T], datetime], Sequence[R]]


class Committer(Generic[T, R]):
    """Hands things to a thread that commits them. ``commit`` keeps a batch durably and says of each what became of it, or raises
    and has kept nothing. After each batch it rests for ``rest`` seconds while the next ones gather: where a batch costs much and one
    thing in it little, that leaves the processor to others. What comes alone is not kept waiting."""

    def __init__(self, name: str, commit: Commit[T, R], rest: float = 0) -> None:
        self._name, self._commit, self._rest = name, commit, rest
        self._waiting: deque[tuple[T, asyncio.Future[R]]] = deque()
        self._bell = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closing = False

    async def keep(self, thing: T) -> R:
        """Returns what became of it when that is durable.

        Raises:
            Full: too many are waiting.
            Away: the database did not take it.
        """
        future: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        with self._bell:
            if len(self._waiting) >= QUEUE or self._closing:
                raise Full
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
            self._waiting.append((thing, future))
            self._bell.notify()
        return await future

    async def close(self) -> None:
        """Commit what is waiting, and end the thread. More may come again afterwards."""
        thread = self._thread
        if thread is None:
            return
        with self._bell:
            self._closing = True
            self._bell.notify()
        await asyncio.to_thread(thread.join)
        self._thread, self._closing = None, False

    def _run(self) -> None:
        while batch := self._take():
            became = self._keep([thing for thing, _ in batch])
            _tell([future for _, future in batch], became)
            if not self._waiting:
                connection.close_if_unusable_or_obsolete()  # gives a pooled one back while nobody needs it
            if self._rest and not self._closing:
                time.sleep(self._rest)
        connection.close()

    def _take(self) -> list[tuple[T, asyncio.Future[R]]]:
        """What is waiting, as soon as something is; nothing when the writer is to end."""
        with self._bell:
            self._bell.wait_for(lambda: self._waiting or self._closing)
            return [self._waiting.popleft() for _ in range(min(len(self._waiting), BATCH))]

    def _keep(self, batch: list[T]) -> Sequence[R] | None:
        """Commit the batch, trying again where that can help; None when it was not kept. The moment stays that of the first try:
        a batch that was kept though its commit seemed to fail must look the same when it comes again."""
        now, began = datetime.now(UTC), time.monotonic()
        for pause in (*PAUSES, None):
            try:
                return self._commit(batch, now)
            except Error as error:
                with contextlib.suppress(Exception):  # a connection that is gone may not even close
                    connection.close()
                if pause is None or time.monotonic() - began > PATIENCE:
                    log.warning("%s: %d could not be kept: %s", self._name, len(batch), error)
                    return None
                time.sleep(pause)
            except Exception:
                log.exception("%s: %d could not be kept", self._name, len(batch))
                return None
        return None


def _tell(futures: Sequence[asyncio.Future[R]], became: Sequence[R] | None) -> None:
    """Let those who wait go on, each loop woken once."""
    loops: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[R], R | None]]] = {}
    for index, future in enumerate(futures):
        loops.setdefault(future.get_loop(), []).append((future, became[index] if became is not None else None))
    for loop, theirs in loops.items():
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits there any more
            loop.call_soon_threadsafe(_settle, theirs, became is not None)


def _settle(futures: Sequence[tuple[asyncio.Future[R], Any]], kept: bool) -> None:
    for future, became in futures:
        if future.done():  # who waited has gone
            continue
        if kept:
            future.set_result(became)
        else:
            future.set_exception(Away())
