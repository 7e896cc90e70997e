"""The ASGI application behind `/live/`: native async, no Django request in the way."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.conf import settings

from cityplus.live import answers
from cityplus.live.callers import session_of
from cityplus.live.streams import Listener, part_of, stop_all

log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

BODY = 10.0
"""Seconds in which the body of a request must have come."""

_STREAM_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


async def door(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer ``/live/<name>/…`` by what is plugged in under the name; ``GET /live/<stream>/`` with its events; else 404 or 405."""
    name, _, rest = scope["path"].removeprefix("/live/").partition("/")
    if plugged := answers.answer_of(name):
        return await _answer(plugged, rest.strip("/"), scope, receive, send)
    return await _stream(scope, receive, send)


async def shut() -> None:
    """End every stream, and let the short answers finish what they have in hand; for the server's shutdown."""
    await stop_all()
    await answers.close_all()


async def _stream(scope: Scope, receive: Receive, send: Send) -> None:
    tail, of = part_of(scope["path"].removeprefix("/live/"))
    session = session_of(scope["headers"])
    if tail is None or not await tail.lets_in(of, session):
        return await _say(send, 404, b"There is no such stream.")
    if scope["method"] != "GET":
        return await _say(send, 405, b"A stream is read with GET.", [(b"allow", b"GET")])
    if len(tail.listeners) >= settings.CITYPLUS.listeners:
        return await _say(send, 503, b"Too many listeners. Try again soon.", [(b"retry-after", b"30")])
    listener = tail.join(of, session)
    leaving = _Leaving(receive, listener)
    try:
        await send({"type": "http.response.start", "status": 200, "headers": _STREAM_HEADERS})
        await send({"type": "http.response.body", "body": b"retry: 3000\n\n", "more_body": True})
        async with contextlib.aclosing(tail.listen(listener, _last_seen(scope))) as line:
            async for piece in line:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
    except Exception as problem:
        log.warning("stream %s broke off: %r", tail.name, problem)
    finally:
        tail.leave(listener)
        await leaving.forget()
    with contextlib.suppress(Exception):  # the visitor may be gone already
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    return None


async def _answer(plugged: answers.Plugged, rest: str, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["method"] not in plugged.methods:
        return await _say(send, 405, b"This is not asked so.", [(b"allow", ", ".join(plugged.methods).encode())])
    try:
        body = b"" if scope["method"] in {"GET", "HEAD"} else await _body(receive, plugged.limit)
    except TimeoutError:
        return await _say(send, 408, b"What you sent did not come to its end.")
    if body is None:
        return await _say(send, 413, b"What you sent is too long.")
    headers: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        headers[name] = headers[name] + b"," + value if name in headers else value
    client = scope.get("client") or ("", 0)
    try:
        answer = await plugged.handler(answers.Asked(scope["method"], rest, headers, client[0], body))
    except Exception:
        log.exception("%s could not be answered", scope["path"])
        return await _say(send, 500, b"Something broke on our side.")
    start = [
        (b"content-type", answer.kind.encode()),
        (b"content-length", str(len(answer.body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"cross-origin-resource-policy", b"same-origin"),
        *answer.headers,
    ]
    if answer.status == 204:
        del start[:2]
    await send({"type": "http.response.start", "status": answer.status, "headers": start})
    shown = b"" if scope["method"] == "HEAD" else answer.body
    return await send({"type": "http.response.body", "body": shown, "more_body": False})


async def _body(receive: Receive, limit: int) -> bytes | None:
    """The whole body, or nothing when it is longer than the limit."""
    body: bytes = b""
    async with asyncio.timeout(BODY):
        while True:
            message = await receive()
            body += message.get("body", b"")
            if len(body) > limit:
                return None
            if not message.get("more_body"):  # the end, or the visitor is gone
                return body


class _Leaving:
    """Ends a line when its visitor is gone. It is told so by the server's own future: a task a line would cost thousands of them."""

    __slots__ = ("_asked", "_listener", "_receive")

    def __init__(self, receive: Receive, listener: Listener) -> None:
        self._receive, self._listener = receive, listener
        self._ask()

    def _ask(self) -> None:
        self._asked = asyncio.ensure_future(self._receive())
        self._asked.add_done_callback(self._told)

    def _told(self, asked: asyncio.Future[MutableMapping[str, Any]]) -> None:
        if asked.cancelled():
            return
        if asked.exception() or asked.result()["type"] == "http.disconnect":
            self._listener.end()
        elif not self._listener.over:
            self._ask()

    async def forget(self) -> None:
        self._listener.over = True
        self._asked.cancel()
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await self._asked


def _last_seen(scope: Scope) -> int | None:
    value = dict(scope["headers"]).get(b"last-event-id", b"").decode("latin-1").strip()
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else None


async def _say(send: Send, status: int, text: bytes, headers: list[tuple[bytes, bytes]] | None = None) -> None:
    start = [(b"content-type", b"text/plain; charset=utf-8"), (b"x-content-type-options", b"nosniff"), *(headers or [])]
    await send({"type": "http.response.start", "status": status, "headers": start})
    await send({"type": "http.response.body", "body": text, "more_body": False})
