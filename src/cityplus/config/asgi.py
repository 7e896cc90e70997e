"""The ASGI app with two doors on one port.

`/live/` is native async; everything else is Django through its WSGI handler in threads. Why: docs/decisions/0002-two-doors.md.
What is kept is answered before either: docs/decisions/0035-answers-at-the-front-door.md.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import MutableMapping
from typing import Any, cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cityplus.config.settings")

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from cityplus.live.door import Receive, Scope, Send, door, shut
from cityplus.live.streams import hang_up
from cityplus.web import front

# Any: a2wsgi and Django describe the same protocols with different types.
_pages: Any = WSGIMiddleware(cast("Any", get_wsgi_application()), workers=settings.CITYPLUS.threads)


# A page crosses between its thread and the loop a few times. Each time it waits until Python lets it have its turn, and beside a hall
# of thousands of lines that took 5 milliseconds, which is the usual interval.
sys.setswitchinterval(0.001)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """The app that Granian serves (interface ``asgi``)."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] != "http":
        await send({"type": "websocket.close", "code": 1000})
    elif scope["path"].startswith("/live/"):
        await door(scope, receive, send)
    elif not await front.answer(scope := _with_plain_headers(scope), send):
        await _pages(scope, _coroutine(receive), send)


def _with_plain_headers(scope: Scope) -> Scope:
    """Without headers that have an underscore in their name: to Django ``X_Forwarded_For``, which a visitor wrote, would be the
    ``X-Forwarded-For`` that a proxy wrote."""
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if b"_" not in name]}


def _coroutine(receive: Receive) -> Receive:
    """Granian's ``receive`` gives a future; a2wsgi wants a coroutine, which it hands to the loop from its thread."""

    async def receive_() -> MutableMapping[str, Any]:
        return await receive()

    return receive_


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            _hear_the_end()
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await shut()
            await front.shut()
            await send({"type": "lifespan.shutdown.complete"})
            return


def _hear_the_end() -> None:
    """Have streams end when the server is told to stop.

    Granian waits for open answers before it says ``lifespan.shutdown``, and a stream has no end of its own. The server's
    own handling of the signal goes on: asyncio hears of it by its wake-up descriptor, whatever handler stands here.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(hang_up))
