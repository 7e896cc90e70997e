"""What can be listened to, and the tail that reads it once a process."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import time
from collections.abc import AsyncGenerator, Callable, Collection
from dataclasses import dataclass, field
from functools import partial
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
HEARTBEAT = 20.0
"""Seconds of silence after which a comment is sent, so that proxies keep the line."""
CROWD = 1_000
"""Listeners from which on a stream that says so is looked at less often."""
SLICE, BREATH = 100, 0.01
"""Listeners who are told of an event at a time, and the seconds between: a crowd is told over half a second, and pages go on."""
STILL_HERE = b": still here\n\n"


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a stream: ``id`` grows, ``data`` becomes JSON. ``of`` says which part of a private stream it belongs to."""

    id: int
    data: dict[str, Any]
    of: str = ""
    _wire: list[bytes] = field(default_factory=list, compare=False, repr=False)

    def wire(self) -> bytes:
        """The event as server-sent-event bytes; they are made once, however many listen."""
        if not self._wire:
            self._wire.append(f"id: {self.id}\ndata: {json.dumps(self.data, ensure_ascii=False)}\n\n".encode())
        return self._wire[0]


Reader = Callable[[int], list[Event]]
"""Given an id, the events after it in order; given -1, only the newest one (or none)."""
May = Callable[[Any, str], bool]
"""Whether this person (perhaps nobody: an ``AnonymousUser``) may listen to this part of a stream now."""
Hears = Callable[[str], str]
"""The part whose events who asked for this part gets, where several ways lead to one part."""


@dataclass(slots=True, eq=False)
class Listener:
    """One open line. There are thousands of these: it holds nothing but what it must. ``of`` is the part that it asked for, ``hears``
    the part whose events it gets."""

    of: str
    hears: str
    session: str
    spoke: float
    waiting: list[Event] = field(default_factory=list)
    asleep: asyncio.Future[None] | None = None
    over: bool = False

    def wake(self) -> None:
        if self.asleep and not self.asleep.done():
            self.asleep.set_result(None)

    def end(self) -> None:
        self.over = True
        self.wake()

    async def sleep(self) -> None:
        """Until there is something to say, the line is over, or it was silent for long."""
        self.asleep = asyncio.get_running_loop().create_future()
        await self.asleep
        self.asleep = None


class Tail:
    """Reads one stream for all its listeners in this process, and only while there are any."""

    def __init__(
        self,
        name: str,
        reader: Reader,
        may: May | None = None,
        every: float = 0,
        backlog: int = 0,
        crowded: float = 0,
        hears: Hears = str,
    ) -> None:
        self.name, self.reader, self.may, self.every = name, reader, may, every
        self.backlog, self.crowded, self.hears = backlog, crowded, hears
        self.listeners: set[Listener] = set()
        self.last = -1
        self.task: asyncio.Task[None] | None = None
        self.guard: asyncio.Task[None] | None = None
        self.waking = asyncio.Lock()
        self._asking: dict[Any, asyncio.Task[Any]] = {}

    async def lets_in(self, of: str, session: str) -> bool:
        """Whether who has this session may listen to this part now."""
        if self.may is None:
            return True
        may = self.may
        try:
            return bool(await self._once((of, session), lambda: _permitted(may, {(of, session)})))
        except Exception:
            log.exception("nobody can say who may listen to %s", self.name)
            return False

    def join(self, of: str = "", session: str = "") -> Listener:
        """A place among those who listen; it must be left by :meth:`leave`."""
        listener = Listener(of, self.hears(of), session, time.monotonic())
        self.listeners.add(listener)
        if self.may and (self.guard is None or self.guard.done()):
            self.guard = asyncio.create_task(self._watch(self.may))
        return listener

    def leave(self, listener: Listener) -> None:
        self.listeners.discard(listener)

    async def listen(self, listener: Listener, after: int | None) -> AsyncGenerator[bytes, None]:
        """What goes down the line as it comes, and first what came after an id when one is given; ends when the listener is over."""
        async with self.waking:
            if self.task is None or self.task.done():
                self.last = await self._newest()
                self.task = asyncio.create_task(self._run())
        seen = self.last if after is None else after
        # A reader may give them in pieces. Thousands who lost their lines at one moment ask the same: it is read once.
        # With what the tail knew by then: an answer from before that may lack what it has told others already.
        while after is not None and not listener.over:
            missed = await self._once((seen, self.last), partial(self._query, seen))
            if not missed:
                break
            seen = missed[-1].id
            if mine := [event.wire() for event in missed if event.of == listener.hears]:
                yield b"".join(mine)
        while not listener.over:
            if not listener.waiting:
                await listener.sleep()
            events, listener.waiting = listener.waiting, []
            fresh = [event for event in events if event.id > seen]
            seen = fresh[-1].id if fresh else seen
            listener.spoke = time.monotonic()
            if fresh or not listener.over:  # a line that was woken to end has nothing more to say
                yield b"".join(event.wire() for event in fresh) or STILL_HERE

    async def _once(self, what: Any, ask: Callable[[], Any]) -> Any:
        """Ask the database; who wants to know the same meanwhile waits for that answer."""
        asking = self._asking.get(what)
        if asking is None:
            asking = self._asking[what] = asyncio.create_task(asyncio.to_thread(ask))
            asking.add_done_callback(partial(self._answered, what))
        return await asyncio.shield(asking)

    def _answered(self, what: Any, asking: asyncio.Task[Any]) -> None:
        self._asking.pop(what, None)
        if not asking.cancelled():
            asking.exception()  # who asked may have left: it is heard all the same

    @property
    def _pace(self) -> float:
        usual = self.every or LOOK
        return max(usual, self.crowded) if len(self.listeners) > CROWD else usual

    async def _run(self) -> None:
        while self.listeners:
            await asyncio.sleep(self._pace)
            try:
                events = await self._read(self.last)
            except Exception:
                log.exception("stream %s could not be read; trying again", self.name)
                continue
            if events:
                self.last = events[-1].id
            await self._tell(events)

    async def _tell(self, events: list[Event]) -> None:
        """Hand these to who listens, and keep the lines warm that have long been silent."""
        silent = time.monotonic() - HEARTBEAT
        parts: dict[str, list[Event]] = {}
        for event in events:
            parts.setdefault(event.of, []).append(event)
        for count, listener in enumerate(tuple(self.listeners), 1):
            for event in parts.get(listener.hears, ()):
                self._hand(event, listener)
            if listener.waiting or listener.spoke < silent:
                listener.wake()
            if count % SLICE == 0:
                await asyncio.sleep(BREATH)

    def _hand(self, event: Event, listener: Listener) -> None:
        """Give an event to a listener, or let go of one that lags too far behind: a stuck line must not fill the memory."""
        if len(listener.waiting) < (self.backlog or BACKLOG):
            listener.waiting.append(event)
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


def stream(
    name: str, *, may: May | None = None, every: float = 0, backlog: int = 0, crowded: float = 0, hears: Hears = str
) -> Callable[[Reader], Reader]:
    """Plug a reader in as the stream ``/live/<name>/``, which everybody may listen to. It is looked at ``every`` so many seconds, else each
    second, and each ``crowded`` seconds while more than a thousand listen; who lags ``backlog`` events behind (else 200) is let go.

    With ``may`` it is a private stream in parts, ``/live/<name>/<part>/``: who asks for a part that they may not listen to gets the
    same 404 as for one that there is not. The question is asked again every two seconds, and the line ends when the answer is no.
    The reader gives the events of all parts, each saying ``of`` which it is; ``hears`` says it of a part that goes by several names.
    """

    def plug(reader: Reader) -> Reader:
        _tails[name] = Tail(name, reader, may, every, backlog, crowded, hears)
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
