"""The ASGI application behind `/live/`: native async, no Django request in the way."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from cityplus.live.streams import Tail, tail_of

log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

HEARTBEAT = 20.0
"""Seconds of silence after which a comment is sent, so that proxies keep the line."""
LISTENERS = 5_000
"""Open streams a process; beyond it the answer is 503 with Retry-After."""

_STREAM_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


async def door(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer ``GET /live/<stream>/`` with its events; anything else is 404 or 405."""
    tail = tail_of(scope["path"].removeprefix("/live/").strip("/"))
    if tail is None:
        return await _say(send, 404, b"There is no such stream.")
    if scope["method"] != "GET":
        return await _say(send, 405, b"A stream is read with GET.", [(b"allow", b"GET")])
    if len(tail.listeners) >= LISTENERS:
        return await _say(send, 503, b"Too many listeners. Try again soon.", [(b"retry-after", b"30")])
    after = _last_seen(scope)
    await send({"type": "http.response.start", "status": 200, "headers": _STREAM_HEADERS})
    await send({"type": "http.response.body", "body": b"retry: 3000\n\n", "more_body": True})
    tasks = [asyncio.create_task(_send_events(tail, after, send)), asyncio.create_task(_left(receive))]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        sent, _ = await asyncio.gather(*tasks, return_exceptions=True)
    if isinstance(sent, Exception):
        log.warning("stream %s broke off: %r", tail.name, sent)
    with contextlib.suppress(Exception):  # the visitor may be gone already
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    return None


async def _send_events(tail: Tail, after: int | None, send: Send) -> None:
    async with contextlib.aclosing(tail.listen(after)) as events:
        coming = asyncio.ensure_future(anext(events, None))
        try:
            while True:
                done, _ = await asyncio.wait({coming}, timeout=HEARTBEAT)
                if not done:
                    await send({"type": "http.response.body", "body": b": still here\n\n", "more_body": True})
                    continue
                event = coming.result()
                if event is None:
                    return
                await send({"type": "http.response.body", "body": event.wire(), "more_body": True})
                coming = asyncio.ensure_future(anext(events, None))
        finally:
            coming.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await coming


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _last_seen(scope: Scope) -> int | None:
    value = dict(scope["headers"]).get(b"last-event-id", b"").decode("latin-1").strip()
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else None


async def _say(send: Send, status: int, text: bytes, headers: list[tuple[bytes, bytes]] | None = None) -> None:
    start = [(b"content-type", b"text/plain; charset=utf-8"), (b"x-content-type-options", b"nosniff"), *(headers or [])]
    await send({"type": "http.response.start", "status": status, "headers": start})
    await send({"type": "http.response.body", "body": text, "more_body": False})
