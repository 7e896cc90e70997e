"""The app with two doors: streams on one, everything else on the other."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.signals import request_started

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


def http(path: str, *headers: tuple[bytes, bytes]) -> list[Any]:
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http", "path": path,
        "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": [(b"host", b"localhost"), *headers],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8000),
    }  # fmt: skip
    return ask(scope, {"type": "http.request", "body": b"", "more_body": False})


def test_pages_come_through_django() -> None:
    start, *rest = http("/livez")
    assert start["status"] == 200
    assert b"".join(message.get("body", b"") for message in rest) == b"alive"
    assert b"content-security-policy" in {name.lower() for name, _ in start["headers"]}


def test_a_visitor_cannot_write_the_header_of_a_proxy() -> None:
    """To Django ``X_Forwarded_For`` and ``X-Forwarded-For`` are one, and what comes later would be believed."""
    seen: list[str] = []

    def look(sender: object, environ: dict[str, str], **_: object) -> None:
        seen.append(environ.get("HTTP_X_FORWARDED_FOR", "none"))

    request_started.connect(look)
    try:
        http("/livez", (b"x-forwarded-for", b"192.0.2.1"), (b"x_forwarded_for", b"10.9.9.9"))
        http("/livez", (b"x_forwarded_for", b"10.9.9.9"))
    finally:
        request_started.disconnect(look)
    assert seen == ["192.0.2.1", "none"]


@pytest.mark.parametrize("path", ["/live/none/", "/live/"])
def test_streams_come_through_the_async_door(path: str) -> None:
    start, body = http(path)
    assert start["status"] == 404
    assert body["body"] == b"There is no such stream."


@pytest.fixture
def own_signals() -> Iterator[None]:
    """The signal handlers of the tests, back in their place afterwards."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("own_signals")
def test_the_server_starts_and_stops() -> None:
    sent = ask({"type": "lifespan"}, {"type": "lifespan.startup"}, {"type": "lifespan.shutdown"})
    assert [message["type"] for message in sent] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_web_sockets_are_closed() -> None:
    assert ask({"type": "websocket", "path": "/live/news/"}) == [{"type": "websocket.close", "code": 1000}]


def test_a_server_that_is_told_to_stop_ends_its_streams_first(tmp_path: Path) -> None:
    """Not by force: the server's complaint would be that its worker “refused to gracefully stop”."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("CITYPLUS_", "DJANGO_"))}
    env = plain | {"CITYPLUS_DATA": str(tmp_path), "CITYPLUS_PORT": str(port)}
    subprocess.run([sys.executable, "-m", "cityplus.config.cli.prepare", "--empty"], env=env, check=True)
    with subprocess.Popen(
        [sys.executable, "-m", "cityplus", "serve"], env=env, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            with _open(f"http://127.0.0.1:{port}/live/news/") as stream:
                assert stream.readline() == b"retry: 3000\n"
                server.terminate()
                assert stream.read().strip() == b""  # to its end
            _, said = server.communicate(timeout=20)
        finally:
            server.kill()
    assert (server.returncode, said) == (0, "")


def _open(url: str) -> Any:
    deadline = time.monotonic() + 30
    while True:
        try:
            return urllib.request.urlopen(url, timeout=20)  # noqa: S310 - our own server
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
