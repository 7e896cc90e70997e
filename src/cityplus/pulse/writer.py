"""The writer: one thread a process that takes all beacons waiting, and commits them in one transaction (group commit).

While it commits, the next ones gather, so a batch is as large as the load asks for, and a beacon that comes alone waits for
nothing but its own commit. Nobody is told that a view is counted before the commit is durable. A batch whose commit failed, or
may have failed, is tried again as it was: what was counted already is not counted twice, for the rows that say so are
part of the same transaction.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import Error, connection

from cityplus.pulse.tokens import Page

log = logging.getLogger(__name__)

QUEUE = 10_000
"""Beacons that may wait in one process; beyond it the answer is “later”."""
BATCH = 1_000
"""Beacons that one transaction holds at most."""
PAUSES = (0.05, 0.5, 2.0)
"""Seconds to wait before each new try of a batch."""
PATIENCE = 5.0
"""Seconds after which a batch is given up instead of tried again."""


class Full(Exception):
    """More is waiting than may wait. Nothing was counted."""


class Away(Exception):
    """The database did not take it. Whether it was counted is not known; sending it again counts it once."""


@dataclass(frozen=True, slots=True)
class Beacon:
    """A page seen, and by whom: known for as long as it waits, and kept nowhere."""

    page: Page
    network: str
    agent: str


Waiting = tuple[Beacon, "asyncio.Future[None]"]
Count = Callable[[Sequence[Beacon], datetime], None]


class Writer:
    """Hands beacons to a thread that commits them. ``count`` keeps a batch durably, or raises and has kept nothing."""

    def __init__(self, count: Count) -> None:
        self._count = count
        self._waiting: deque[Waiting] = deque()
        self._bell = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closing = False

    async def count(self, beacon: Beacon) -> None:
        """Returns when the view is durable.

        Raises:
            Full: too many are waiting.
            Away: the database did not take it.
        """
        future = asyncio.get_running_loop().create_future()
        with self._bell:
            if len(self._waiting) >= QUEUE or self._closing:
                raise Full
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="pulse-writer", daemon=True)
                self._thread.start()
            self._waiting.append((beacon, future))
            self._bell.notify()
        await future

    async def close(self) -> None:
        """Commit what is waiting, and end the thread. Beacons may come again afterwards."""
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
            kept = self._keep([beacon for beacon, _ in batch])
            _tell([future for _, future in batch], kept=kept)
            if not self._waiting:
                connection.close_if_unusable_or_obsolete()  # gives a pooled one back while nobody needs it
        connection.close()

    def _take(self) -> list[Waiting]:
        """What is waiting, as soon as something is; nothing when the writer is to end."""
        with self._bell:
            self._bell.wait_for(lambda: self._waiting or self._closing)
            return [self._waiting.popleft() for _ in range(min(len(self._waiting), BATCH))]

    def _keep(self, beacons: list[Beacon]) -> bool:
        """Commit the batch, trying again where that can help; whether it was kept. The moment stays that of the first try:
        a batch that was kept though its commit seemed to fail must look the same when it comes again."""
        now, began = datetime.now(UTC), time.monotonic()
        for pause in (*PAUSES, None):
            try:
                self._count(beacons, now)
            except Error as error:
                with contextlib.suppress(Exception):  # a connection that is gone may not even close
                    connection.close()
                if pause is None or time.monotonic() - began > PATIENCE:
                    log.warning("%d views could not be kept: %s", len(beacons), error)
                    return False
                time.sleep(pause)
            except Exception:
                log.exception("%d views could not be kept", len(beacons))
                return False
            else:
                return True
        return False


def _tell(futures: list[asyncio.Future[None]], *, kept: bool) -> None:
    """Let those who wait go on, each loop woken once."""
    loops: dict[asyncio.AbstractEventLoop, list[asyncio.Future[None]]] = {}
    for future in futures:
        loops.setdefault(future.get_loop(), []).append(future)
    for loop, theirs in loops.items():
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits there any more
            loop.call_soon_threadsafe(_settle, theirs, kept)


def _settle(futures: list[asyncio.Future[None]], kept: bool) -> None:
    for future in futures:
        if future.done():  # who waited has gone
            continue
        if kept:
            future.set_result(None)
        else:
            future.set_exception(Away())


def _count(beacons: Sequence[Beacon], now: datetime) -> None:
    from cityplus.pulse import counting  # noqa: PLC0415 - models load after apps

    counting.count(beacons, now)


writer = Writer(_count)
"""The one of this process."""
