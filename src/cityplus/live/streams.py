"""What can be listened to, and the tail that reads it once a process."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections import deque
from collections.abc import AsyncGenerator, Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from django.db import connections

from cityplus.live.callers import person_of

log = logging.getLogger(__name__)

LOOK = 1.0
"""Seconds between looks at the database while anybody listens."""
CHECK = 2.0
"""Seconds between looks at whether those who listen to a private stream still may."""
BACKLOG = 200
"""Events that a listener may lag behind before its line is closed; the browser comes back with Last-Event-ID."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a stream: ``id`` grows, ``data`` becomes JSON. ``of`` says which part of a private stream it belongs to."""

    id: int
    data: dict[str, Any]
    of: str = ""

    def wire(self) -> bytes:
        """The event as server-sent-event bytes."""
        return f"id: {self.id}\ndata: {json.dumps(self.data, ensure_ascii=False)}\n\n".encode()


Reader = Callable[[int], list[Event]]
"""Given an id, the events after it in order; given -1, only the newest one (or none)."""
May = Callable[[Any, str], bool]
"""Whether this person (perhaps nobody: an ``AnonymousUser``) may listen to this part of a stream now."""


@dataclass(slots=True, eq=False)
class _Listener:
    of: str = ""
    session: str = ""
    waiting: deque[Event] = field(default_factory=deque)
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    over: bool = False

    def end(self) -> None:
        self.over = True
        self.bell.set()


class Tail:
    """Reads one stream for all its listeners in this process, and only while there are any."""

    def __init__(self, name: str, reader: Reader, may: May | None = None, every: float = 0) -> None:
        self.name, self.reader, self.may, self.every = name, reader, may, every
        self.listeners: set[_Listener] = set()
        self.last = -1
        self.task: asyncio.Task[None] | None = None
        self.guard: asyncio.Task[None] | None = None
        self.waking = asyncio.Lock()

    async def lets_in(self, of: str, session: str) -> bool:
        """Whether who has this session may listen to this part now."""
        if self.may is None:
            return True
        try:
            return bool(await asyncio.to_thread(_permitted, self.may, {(of, session)}))
        except Exception:
            log.exception("nobody can say who may listen to %s", self.name)
            return False

    async def listen(self, after: int | None, of: str = "", session: str = "") -> AsyncGenerator[Event, None]:
        """Events as they come, and first those after an id when one is given; ends when the listener is too slow, or may no
        longer listen."""
        listener = _Listener(of, session)
        self.listeners.add(listener)
        if self.may and (self.guard is None or self.guard.done()):
            self.guard = asyncio.create_task(self._watch(self.may))
        try:
            async with self.waking:
                if self.task is None or self.task.done():
                    self.last = await self._newest()
                    self.task = asyncio.create_task(self._run())
            seen = self.last if after is None else after
            while after is not None and (missed := await self._read(seen)):  # a reader may give them in pieces
                for event in missed:
                    seen = event.id
                    if event.of == of:
                        yield event
            while not listener.over:
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
            await asyncio.sleep(self.every or LOOK)
            try:
                events = await self._read(self.last)
            except Exception:
                log.exception("stream %s could not be read; trying again", self.name)
                continue
            for event in events:
                self.last = event.id
                for listener in tuple(self.listeners):
                    if listener.of == event.of:
                        self._hand(event, listener)

    def _hand(self, event: Event, listener: _Listener) -> None:
        """Give an event to a listener, or let go of one that lags too far behind: a stuck line must not fill the memory."""
        if len(listener.waiting) < BACKLOG:
            listener.waiting.append(event)
            listener.bell.set()
        else:
            self.listeners.discard(listener)
            listener.end()

    async def _watch(self, may: May) -> None:
        """End the lines of those who may no longer listen, and all of them when nobody can say who may."""
        while self.listeners:
            await asyncio.sleep(CHECK)
            asked = {(listener.of, listener.session) for listener in self.listeners}
            try:
                permitted = await asyncio.to_thread(_permitted, may, asked)
            except Exception:
                log.exception("nobody can say who may listen to %s; its lines end", self.name)
                permitted = set()
            for listener in self.listeners:
                if (listener.of, listener.session) in asked - permitted:
                    listener.end()

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


def _permitted(may: May, asked: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of these pairs of part and session that may listen."""
    try:
        people = {session: person_of(session) for _, session in asked}
        return {(of, session) for of, session in asked if may(people[session], of)}
    finally:
        connections.close_all()


_tails: dict[str, Tail] = {}


def stream(name: str, *, may: May | None = None, every: float = 0) -> Callable[[Reader], Reader]:
    """Plug a reader in as the stream ``/live/<name>/``, which everybody may listen to. It is looked at ``every`` so many seconds, else each second.

    With ``may`` it is a private stream in parts, ``/live/<name>/<part>/``: who asks for a part that they may not listen to gets the
    same 404 as for one that there is not. The question is asked again every two seconds, and the line ends when the answer is no.
    The reader gives the events of all parts, each saying ``of`` which it is.
    """

    def plug(reader: Reader) -> Reader:
        _tails[name] = Tail(name, reader, may, every)
        return reader

    return plug


def tail_of(name: str) -> Tail | None:
    return _tails.get(name)


def part_of(path: str) -> tuple[Tail | None, str]:
    """The stream of a path below ``/live/``, and which part of it; public streams have none."""
    name, _, of = path.strip("/").partition("/")
    tail = tail_of(name)
    return (tail if tail and bool(of) == bool(tail.may) else None), of


def hang_up() -> None:
    """End every line that listens; browsers come back, to a server that stays. Call it on the event loop."""
    for tail in _tails.values():
        for listener in tail.listeners:
            listener.end()


async def stop_all() -> None:
    """End every line and every tail; for the server's shutdown."""
    hang_up()
    for task in [task for tail in _tails.values() for task in (tail.task, tail.guard) if task]:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
