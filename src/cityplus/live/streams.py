"""What can be listened to, and the tail that reads it once a process."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections import deque
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connections

log = logging.getLogger(__name__)

LOOK = 1.0
"""Seconds between looks at the database while anybody listens."""
BACKLOG = 200
"""Events that a listener may lag behind before its line is closed; the browser comes back with Last-Event-ID."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a stream: ``id`` grows, ``data`` becomes JSON."""

    id: int
    data: dict[str, Any]

    def wire(self) -> bytes:
        """The event as server-sent-event bytes."""
        return f"id: {self.id}\ndata: {json.dumps(self.data, ensure_ascii=False)}\n\n".encode()


Reader = Callable[[int], list[Event]]
"""Given an id, the events after it in order; given -1, only the newest one (or none)."""


@dataclass(slots=True, eq=False)
class _Listener:
    waiting: deque[Event] = field(default_factory=deque)
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    overrun: bool = False


class Tail:
    """Reads one stream for all its listeners in this process, and only while there are any."""

    def __init__(self, name: str, reader: Reader) -> None:
        self.name, self.reader = name, reader
        self.listeners: set[_Listener] = set()
        self.last = -1
        self.task: asyncio.Task[None] | None = None
        self.waking = asyncio.Lock()

    async def listen(self, after: int | None) -> AsyncGenerator[Event, None]:
        """Events as they come, and first those after an id when one is given; ends when the listener is too slow."""
        listener = _Listener()
        self.listeners.add(listener)
        try:
            async with self.waking:
                if self.task is None or self.task.done():
                    self.last = await self._newest()
                    self.task = asyncio.create_task(self._run())
            seen = self.last if after is None else after
            while after is not None and (missed := await self._read(seen)):  # a reader may give them in pieces
                for event in missed:
                    seen = event.id
                    yield event
            while not listener.overrun:
                await listener.bell.wait()
                listener.bell.clear()
                while listener.waiting:
                    event = listener.waiting.popleft()
                    if event.id > seen:
                        seen = event.id
                        yield event
        finally:
            self.listeners.discard(listener)

    async def _run(self) -> None:
        while self.listeners:
            await asyncio.sleep(LOOK)
            try:
                events = await self._read(self.last)
            except Exception:
                log.exception("stream %s could not be read; trying again", self.name)
                continue
            for event in events:
                self.last = event.id
                for listener in tuple(self.listeners):
                    self._hand(event, listener)

    def _hand(self, event: Event, listener: _Listener) -> None:
        """Give an event to a listener, or let go of one that lags too far behind: a stuck line must not fill the memory."""
        if len(listener.waiting) < BACKLOG:
            listener.waiting.append(event)
        else:
            listener.overrun = True
            self.listeners.discard(listener)
        listener.bell.set()

    async def _newest(self) -> int:
        events = await self._read(-1)
        return events[-1].id if events else 0

    async def _read(self, after: int) -> list[Event]:
        return await asyncio.to_thread(self._query, after)  # one slow stream does not keep the others waiting

    def _query(self, after: int) -> list[Event]:
        try:
            return self.reader(after)
        finally:
            connections.close_all()  # each look may come from another thread; none may keep a place of the pool


_tails: dict[str, Tail] = {}


def stream(name: str) -> Callable[[Reader], Reader]:
    """Plug a reader in as the stream ``/live/<name>/``."""

    def plug(reader: Reader) -> Reader:
        _tails[name] = Tail(name, reader)
        return reader

    return plug


def tail_of(name: str) -> Tail | None:
    return _tails.get(name)


def hang_up() -> None:
    """End every line that listens; browsers come back, to a server that stays. Call it on the event loop."""
    for tail in _tails.values():
        for listener in tail.listeners:
            listener.overrun = True
            listener.bell.set()


async def stop_all() -> None:
    """End every line and every tail; for the server's shutdown."""
    hang_up()
    for tail in _tails.values():
        if tail.task:
            tail.task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await tail.task
