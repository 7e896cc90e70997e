"""Short answers behind the async door."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from cityplus import live
from cityplus.live import answers
from cityplus.live import door as door_module
from cityplus.live.door import door, shut


@pytest.fixture(autouse=True)
def nobody_else(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(answers, "_handlers", {})
    yield


def ask(method: str, path: str, *pieces: bytes, headers: tuple[tuple[bytes, bytes], ...] = ()) -> list[dict[str, Any]]:
    """What the door sends to one request, whose body comes in these pieces."""
    scope = {"type": "http", "method": method, "path": path, "headers": list(headers), "client": ("192.0.2.1", 1)}
    sent: list[dict[str, Any]] = []
    coming = list(pieces)

    async def receive() -> dict[str, Any]:
        if not coming:
            await asyncio.Event().wait()
        body = coming.pop(0)
        return {"type": "http.request", "body": body, "more_body": body != b""}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(asyncio.wait_for(door(scope, receive, send), 20))
    return sent


def echo(*methods: str, limit: int = 10) -> list[live.Asked]:
    heard: list[live.Asked] = []

    @live.answer("echo", *methods, limit=limit)
    async def handler(asked: live.Asked) -> live.Answer:
        heard.append(asked)
        return live.Answer(200, asked.body or asked.rest.encode(), headers=((b"x-more", b"yes"),))

    return heard


def test_a_request_reaches_its_handler_whole() -> None:
    heard = echo("POST")
    start, body = ask("POST", "/live/echo/a/b/", b"one", b"two", b"", headers=((b"x-a", b"1"), (b"x-a", b"2")))
    assert (start["status"], body["body"]) == (200, b"onetwo")
    assert (heard[0].rest, heard[0].peer, heard[0].header("x-a"), heard[0].header("x-b")) == (
        "a/b",
        "192.0.2.1",
        "1,2",
        "",
    )
    headers = dict(start["headers"])
    assert headers[b"x-more"] == b"yes"
    assert headers[b"cache-control"] == b"no-store"
    assert headers[b"content-length"] == b"6"


def test_a_body_that_is_too_long_is_not_read_to_its_end() -> None:
    heard = echo("POST", limit=10)
    assert ask("POST", "/live/echo/", b"x" * 6, b"x" * 5, b"never read")[0]["status"] == 413
    assert not heard


def test_a_body_that_does_not_end_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door_module, "BODY", 0.02)
    heard = echo("POST")
    assert ask("POST", "/live/echo/", b"x")[0]["status"] == 408
    assert not heard


def test_another_method_is_told_which_there_are() -> None:
    echo("POST", "GET")
    start, _ = ask("PUT", "/live/echo/", b"")
    assert (start["status"], dict(start["headers"])[b"allow"]) == (405, b"POST, GET")


def test_headers_are_told_without_the_body() -> None:
    echo("GET", "HEAD")
    start, body = ask("HEAD", "/live/echo/word")
    assert (dict(start["headers"])[b"content-length"], body["body"]) == (b"4", b"")


def test_a_handler_that_fails_says_so_and_tells_nothing(caplog: pytest.LogCaptureFixture) -> None:
    @live.answer("broken", "GET")
    async def handler(asked: live.Asked) -> live.Answer:
        raise RuntimeError("a secret")

    start, body = ask("GET", "/live/broken/")
    assert (start["status"], body["body"]) == (500, b"Something broke on our side.")
    assert "a secret" in caplog.text


def test_every_handler_may_finish_when_the_server_stops() -> None:
    closed = []

    async def fails() -> None:
        raise OSError

    async def closes() -> None:
        closed.append(True)

    for name, close in (("first", fails), ("second", closes)):

        @live.answer(name, "GET", close=close)
        async def handler(asked: live.Asked) -> live.Answer:
            return live.Answer(204)

    asyncio.run(shut())
    assert closed == [True]
