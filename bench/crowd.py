"""A crowd that sends views and sends again what was not acknowledged, as the island of a page does: a small native client."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator, Sequence

EACH = 5
"""Pages that a person sees."""
LINES = 192


class Crowd:
    """So many distinct views: people who see five pages each, on many lines at once."""

    def __init__(self, port: int, tokens: Sequence[str], views: int) -> None:
        self.port, self.tokens = port, [token.encode() for token in tokens]
        self.views = views - views % EACH
        self.people = self.views // EACH
        self.acknowledged = 0
        self.again = 0
        self._next: Iterator[int] = iter(range(self.views))
        self._news = threading.Condition()
        self._wanted = -1

    def run(self) -> None:
        """Returns when everything is acknowledged."""
        asyncio.run(self._run())

    def wait_for(self, acknowledged: int) -> None:
        with self._news:
            self._wanted = acknowledged
            self._news.wait_for(lambda: self.acknowledged >= acknowledged)

    async def _run(self) -> None:
        await asyncio.gather(*(self._line() for _ in range(LINES)))

    async def _line(self) -> None:
        for number in self._next:
            request = self._request(number)
            while not await self._send(request):
                self.again += 1
            self.acknowledged += 1
            if self.acknowledged == self._wanted:
                with self._news:
                    self._news.notify_all()
        self._close()

    def _request(self, number: int) -> bytes:
        who, page = divmod(number, EACH)
        token = self.tokens[(who * 7 + page) % len(self.tokens)]
        return (
            b"POST /live/views/ HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Firefox/140.0\r\n"
            b"X-Forwarded-For: 10.%d.%d.%d\r\nContent-Length: %d\r\n\r\n%s"
            % (who >> 16 & 255, who >> 8 & 255, who & 255, len(token), token)
        )

    async def _send(self, request: bytes) -> bool:
        """Whether the view was acknowledged."""
        task = asyncio.current_task()
        try:
            reader, writer = _lines.get(task) or await self._open(task)
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
        except (OSError, asyncio.IncompleteReadError):
            self._close()
            await asyncio.sleep(0.05)
            return False
        if head.startswith(b"HTTP/1.1 204"):
            return True
        self._close()  # its body is not read
        await asyncio.sleep(0.5)
        return False

    async def _open(self, task: object) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        _lines[task] = await asyncio.open_connection("127.0.0.1", self.port)
        return _lines[task]

    def _close(self) -> None:
        line = _lines.pop(asyncio.current_task(), None)
        if line:
            with contextlib.suppress(OSError):
                line[1].close()


_lines: dict[object, tuple[asyncio.StreamReader, asyncio.StreamWriter]] = {}
