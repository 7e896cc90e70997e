"""A door to knock at: beacons as a browser sends them, through the real writer, into the real database."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest

from cityplus.live.door import door
from cityplus.pulse import NETWORK, Count, Subject, counting, tokens, totals
from cityplus.pulse.writer import writer

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
STOP = (Subject("stop", "9"), Subject("route", "4"), Subject("city", "2"), Subject("country", "NL"))


@pytest.fixture(autouse=True)
def another_day() -> Iterator[None]:
    """Each test has a salt of its own, as a day has."""
    counting.forget_salt()
    yield
    counting.forget_salt()


def token(name: str = "about", *subjects: Subject, language: str = "en", ago: float = 0) -> str:
    return tokens.sign(name, language, subjects, time.time() - ago)


def network() -> Count:
    return totals(NETWORK)


class Told:
    """An answer of the door."""

    def __init__(self, sent: list[dict[str, Any]]) -> None:
        self.status: int = sent[0]["status"]
        self.headers: dict[bytes, bytes] = dict(sent[0]["headers"])
        self.body = b"".join(message.get("body", b"") for message in sent[1:])


async def knock(
    method: str, path: str, body: bytes = b"", peer: str = "203.0.113.7", headers: dict[str, str] | None = None
) -> Told:
    """One request as the server hands it to the door."""
    said = {"user-agent": FIREFOX, "host": "city.example", **(headers or {})}
    scope = {
        "type": "http", "method": method, "path": path, "client": (peer, 4711),
        "headers": [(name.encode(), value.encode()) for name, value in said.items() if value],
    }  # fmt: skip
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await door(scope, receive, send)
    return Told(sent)


async def see(token: str, peer: str = "203.0.113.7", **headers: str) -> Told:
    """A beacon as the island sends it."""
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    return await knock("POST", "/live/views/", token.encode(), peer, said)


def play(story: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a story on a loop of its own; the writer has let go of the database when it ends."""

    async def told() -> None:
        try:
            await asyncio.wait_for(story(), 60)
        finally:
            await writer.close()

    asyncio.run(told())
