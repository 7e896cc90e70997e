"""Short answers on the async door: a room plugs one in, and it is asked under ``/live/<name>/…``."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. ``rest`` is the path behind the name; header names are in lower case, and a header that came several times
    is joined by commas; ``peer`` is the address that opened the connection."""

    method: str
    rest: str
    headers: dict[bytes, bytes]
    peer: str
    body: bytes = b""

    def header(self, name: str) -> str:
        return self.headers.get(name.encode("latin-1"), b"").decode("latin-1")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back. An answer is never kept by a cache; ``kind`` is its content type."""

    status: int
    body: bytes = b""
    kind: str = PLAIN
    headers: tuple[tuple[bytes, bytes], ...] = ()


Handler = Callable[[Asked], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Plugged:
    handler: Handler
    methods: tuple[str, ...]
    limit: int
    close: Callable[[], Awaitable[None]] | None


_handlers: dict[str, Plugged] = {}


def answer(
    name: str, *methods: str, limit: int = 0, close: Callable[[], Awaitable[None]] | None = None
) -> Callable[[Handler], Handler]:
    """Plug a handler in for ``/live/<name>/…``, to be asked with these methods and a body of at most ``limit`` bytes.

    It runs on the event loop: it must await whatever takes long. ``close`` is awaited when the server stops.
    """

    def plug(handler: Handler) -> Handler:
        _handlers[name] = Plugged(handler, methods, limit, close)
        return handler

    return plug


def answer_of(name: str) -> Plugged | None:
    return _handlers.get(name)


async def close_all() -> None:
    """Let every handler finish what it has in hand; for the server's shutdown."""
    for plugged in _handlers.values():
        if plugged.close:
            with contextlib.suppress(Exception):  # one that fails must not keep the others from closing
                await plugged.close()
