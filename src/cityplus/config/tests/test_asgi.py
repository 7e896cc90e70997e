"""The app with two doors: streams on one, everything else on the other."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from cityplus.config.asgi import application


def ask(scope: dict[str, Any], *messages: dict[str, Any]) -> list[Any]:
    """What the app sends to one request."""
    sent: list[Any] = []
    waiting = list(messages)

    async def receive() -> dict[str, Any]:
        if waiting:
            return waiting.pop(0)
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(asyncio.wait_for(application(scope, receive, send), 20))
    return sent


def http(path: str) -> list[Any]:
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http", "path": path,
        "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": [(b"host", b"localhost")],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8000),
    }  # fmt: skip
    return ask(scope, {"type": "http.request", "body": b"", "more_body": False})


def test_pages_come_through_django() -> None:
    start, *rest = http("/livez")
    assert start["status"] == 200
    assert b"".join(message.get("body", b"") for message in rest) == b"alive"
    assert b"content-security-policy" in {name.lower() for name, _ in start["headers"]}


@pytest.mark.parametrize("path", ["/live/none/", "/live/"])
def test_streams_come_through_the_async_door(path: str) -> None:
    start, body = http(path)
    assert start["status"] == 404
    assert body["body"] == b"There is no such stream."


def test_the_server_starts_and_stops() -> None:
    sent = ask({"type": "lifespan"}, {"type": "lifespan.startup"}, {"type": "lifespan.shutdown"})
    assert [message["type"] for message in sent] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_web_sockets_are_closed() -> None:
    assert ask({"type": "websocket", "path": "/live/news/"}) == [{"type": "websocket.close", "code": 1000}]
