"""A hall full of phones: small native clients of the streams and of the door of the palms."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import time
from collections.abc import Iterator
from typing import Any

LINES = 48
"""Lines on which presses come; a phone's own is one of thousands, and most are silent at any moment."""
AT_ONCE = 200
"""Phones that connect at a time."""


class Phone(asyncio.Protocol):
    """One open stream. It counts what it hears and keeps nothing of it."""

    def __init__(self, request: bytes) -> None:
        self.request, self.events = request, 0
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        if not self.opened.done():
            if data.startswith(b"HTTP/1.1 200"):
                self.opened.set_result(None)
            else:
                self.opened.set_exception(RuntimeError(data[:80].decode("latin-1")))
        self.events += data.count(b"\ndata: ")

    def connection_lost(self, _: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("the line was closed"))


class Hall:
    """Everything that happens in a hall, on one event loop."""

    def __init__(self, port: int, world: dict[str, Any]) -> None:
        self.port, self.world = port, world
        self.phones: list[Phone] = []
        self.sent: dict[int, float] = {}
        self.acknowledged: dict[int, float] = {}
        self.seen: dict[int, float] = {}
        self.refused = 0

    async def fill(self, phones: int) -> None:
        """Open that many streams."""
        for begin in range(0, phones, AT_ONCE):
            await asyncio.gather(*(self._open() for _ in range(min(AT_ONCE, phones - begin))))

    async def _open(self) -> None:
        _, phone = await asyncio.get_running_loop().create_connection(
            lambda: Phone(self._listen("ceremonies")), "127.0.0.1", self.port
        )
        self.phones.append(phone)
        await phone.opened

    def _listen(self, stream: str) -> bytes:
        return (
            f"GET /live/{stream}/{self.world['ceremony']}/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Last-Event-ID: {self.world['beat']}\r\n\r\n"
        ).encode()

    async def watch(self) -> None:
        """Be the wall: note when each palm comes."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(self._listen("walls"))
        last = self.world["beat"]
        while line := await reader.readline():
            if line.startswith(b"id: "):
                beat = int(line[4:])
                if beat <= last:
                    raise RuntimeError(f"the wall heard {beat} after {last}")
                last = beat
                self.seen[beat] = time.perf_counter()

    async def press(self, presses: int, seconds: float) -> None:
        """Send so many palms evenly over so many seconds; each is sent again until it is acknowledged."""
        began, numbers = time.perf_counter(), iter(range(presses))
        await asyncio.gather(*(self._press(numbers, began, seconds / presses) for _ in range(LINES)))

    async def _press(self, numbers: Iterator[int], began: float, every: float) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        for number in numbers:
            if (wait := began + number * every - time.perf_counter()) > 0:
                await asyncio.sleep(wait)
            body = json.dumps({"ticket": self.world["ticket"], "nonce": secrets.token_hex(12)}).encode()
            head = f"POST /live/palms/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            sent = time.perf_counter()
            while True:
                writer.write(head + body)
                answer = await reader.readuntil(b"\r\n\r\n")
                length = int(answer.lower().split(b"content-length:")[1].split(b"\r\n")[0])
                told = json.loads(await reader.readexactly(length))
                if answer.startswith(b"HTTP/1.1 200"):
                    break
                self.refused += 1
                await asyncio.sleep(0.3)
            self.sent[told["beat"]] = sent
            self.acknowledged[told["beat"]] = time.perf_counter() - sent
        writer.close()

    async def settle(self, seconds: float = 30) -> None:
        """Wait until the wall has seen every palm that was acknowledged."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self.acknowledged.keys() - self.seen.keys():
                    await asyncio.sleep(0.05)

    def delays(self) -> list[float]:
        """Milliseconds from each press until the wall had it."""
        return [1000 * (self.seen[beat] - sent) for beat, sent in self.sent.items() if beat in self.seen]
