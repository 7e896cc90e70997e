"""The door of the streams, driven as a server drives it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connections, transaction

from cityplus import journal, live
from cityplus.cities.models import City
from cityplus.live import streams
from cityplus.live.door import door
from cityplus.live.streams import Event, Tail, tail_of


class Bell:
    """A stream whose events a test rings; the reader gives them in pieces, as the real ones do."""

    def __init__(self, name: str, piece: int = 100) -> None:
        self.rung: list[Event] = []
        self.reads = 0
        self.asked: list[int] = []
        self.broken = False
        self.lock = threading.Lock()
        live.stream(name)(self.read)
        self.piece, self.name = piece, name

    def ring(self, *ids: int) -> None:
        with self.lock:
            self.rung += [Event(i, {"number": i}) for i in ids]

    def read(self, after: int) -> list[Event]:
        self.reads += 1
        self.asked.append(after)
        if self.broken:
            raise OSError("the database is away")
        with self.lock:
            found = self.rung[-1:] if after < 0 else [e for e in self.rung if e.id > after]
        return found[: self.piece]

    @property
    def tail(self) -> Tail:
        tail = tail_of(self.name)
        assert tail is not None
        return tail

    @property
    def listeners(self) -> int:
        return len(self.tail.listeners)

    async def heard_by(self, *browsers: Browser) -> None:
        """Wait until these have their lines, and the tail has looked at the database since."""
        while self.listeners < len(browsers) or self.tail.task is None:
            await asyncio.sleep(0.001)
        reads = self.reads
        while self.reads < reads + 3:
            await asyncio.sleep(0.001)


class Browser:
    """One open line: what was sent to it, and whether it still listens."""

    def __init__(self, path: str, method: str = "GET", headers: dict[bytes, bytes] | None = None) -> None:
        self.scope = {"type": "http", "method": method, "path": path, "headers": list((headers or {}).items())}
        self.sent: list[dict[str, Any]] = []
        self.gone: asyncio.Event = asyncio.Event()
        self.may_read = asyncio.Event()
        self.may_read.set()
        self.news = asyncio.Condition()
        self.task = asyncio.create_task(door(self.scope, self.receive, self.send))

    async def receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        await self.may_read.wait()
        self.sent.append(message)
        async with self.news:
            self.news.notify_all()

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def body(self) -> str:
        return b"".join(m.get("body", b"") for m in self.sent).decode()

    @property
    def ids(self) -> list[int]:
        return [int(line[4:]) for line in self.body.splitlines() if line.startswith("id: ")]

    async def until(self, seen: Callable[[], bool]) -> None:
        async with self.news:
            await self.news.wait_for(seen)

    async def leave(self) -> None:
        self.gone.set()
        await self.task


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(streams, "LOOK", 0.005)
    monkeypatch.setattr(streams, "_tails", {})
    yield


def play(story: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(story(), 20))


def tasks_of(*names: str) -> int:
    return len([task for task in asyncio.all_tasks() if any(name in repr(task) for name in names)])


async def calm() -> None:
    """Let every task that can go on go on."""
    for _ in range(20):
        await asyncio.sleep(0)


def test_events_come_in_order_as_server_sent_events() -> None:
    async def story() -> None:
        bell = Bell("bell")
        browser = Browser("/live/bell/")
        await bell.heard_by(browser)
        bell.ring(1, 2)
        bell.ring(5)
        await browser.until(lambda: len(browser.ids) == 3)
        assert browser.ids == [1, 2, 5]
        assert 'id: 5\ndata: {"number": 5}\n\n' in browser.body
        assert browser.body.startswith("retry: ")
        headers = dict(browser.sent[0]["headers"])
        assert headers[b"content-type"] == b"text/event-stream; charset=utf-8"
        assert headers[b"cache-control"] == b"no-store"
        await browser.leave()

    play(story)


def test_who_comes_new_hears_only_what_comes_now() -> None:
    async def story() -> None:
        bell = Bell("bell")
        bell.ring(1, 2, 3)
        browser = Browser("/live/bell/")
        await bell.heard_by(browser)
        bell.ring(4)
        await browser.until(lambda: bool(browser.ids))
        assert browser.ids == [4]
        await browser.leave()

    play(story)


@pytest.mark.parametrize("missed", [3, 250])
def test_who_comes_back_hears_everything_once(missed: int) -> None:
    async def story() -> None:
        bell = Bell("bell", piece=100)
        bell.ring(*range(1, missed + 11))
        browser = Browser("/live/bell/", headers={b"last-event-id": b"10"})
        await browser.until(lambda: len(browser.ids) >= missed)
        bell.ring(1000)
        await browser.until(lambda: 1000 in browser.ids)
        assert browser.ids == [*range(11, missed + 11), 1000]
        await browser.leave()

    play(story)


def test_what_comes_while_one_catches_up_is_heard_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "LOOK", 0.05)  # so the newcomer reads the event before the tail hands it over

    async def story() -> None:
        bell = Bell("bell")
        bell.ring(1, 2, 3)
        first = Browser("/live/bell/")
        await bell.heard_by(first)
        bell.ring(4)
        second = Browser("/live/bell/", headers={b"last-event-id": b"1"})
        await first.until(lambda: first.ids == [4])
        bell.ring(5)
        await second.until(lambda: 5 in second.ids)
        assert second.ids == [2, 3, 4, 5]
        await first.leave()
        await second.leave()

    play(story)


@pytest.mark.parametrize("value", [b"", b"abc", b"-4", b"9" * 30, b"\xb2", b"1.5"])
def test_a_last_id_that_is_none_is_as_good_as_no_id(value: bytes) -> None:
    async def story() -> None:
        bell = Bell("bell")
        bell.ring(1)
        browser = Browser("/live/bell/", headers={b"last-event-id": value})
        await bell.heard_by(browser)
        bell.ring(2)
        await browser.until(lambda: bool(browser.ids))
        assert browser.ids == [2]
        await browser.leave()

    play(story)


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [("/live/none/", "GET", 404), ("/live/", "GET", 404), ("/live/bell/", "POST", 405), ("/live/bell/", "HEAD", 405)],
)
def test_what_is_no_stream_or_no_reading(path: str, method: str, status: int) -> None:
    async def story() -> None:
        bell = Bell("bell")
        browser = Browser(path, method)
        await browser.task
        assert browser.status == status
        assert (b"allow", b"GET") in browser.sent[0]["headers"] or status == 404
        assert bell.listeners == 0

    play(story)


def test_too_many_listeners_are_asked_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "CITYPLUS", replace(settings.CITYPLUS, listeners=1))

    async def story() -> None:
        bell = Bell("bell")
        first = Browser("/live/bell/")
        await first.until(lambda: len(first.sent) >= 2)
        await calm()
        second = Browser("/live/bell/")
        await second.task
        assert second.status == 503
        assert (b"retry-after", b"30") in second.sent[0]["headers"]
        await first.leave()
        assert bell.listeners == 0

    play(story)


def test_a_silent_line_is_kept_warm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "HEARTBEAT", 0.01)

    async def story() -> None:
        bell = Bell("bell")
        browser = Browser("/live/bell/")
        await browser.until(lambda: browser.body.count(": still here\n\n") >= 2)
        bell.ring(1)
        await browser.until(lambda: browser.ids == [1])
        await browser.leave()

    play(story)


def test_a_line_that_is_ended_while_it_is_silent_says_nothing_more() -> None:
    async def story() -> None:
        bell = Bell("bell")
        browser = Browser("/live/bell/")
        await bell.heard_by(browser)
        streams.hang_up()
        await browser.task
        assert browser.body == "retry: 3000\n\n"

    play(story)


def test_who_reads_too_slowly_is_let_go_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "BACKLOG", 5)

    async def story() -> None:
        bell = Bell("bell")
        slow, quick = Browser("/live/bell/"), Browser("/live/bell/")
        await bell.heard_by(slow, quick)
        slow.may_read.clear()
        for number in range(1, 31):
            bell.ring(number)
            await quick.until(lambda number=number: number in quick.ids)  # type: ignore[misc]
        assert bell.listeners == 1  # nothing more is kept for the slow one
        slow.may_read.set()
        await slow.task
        heard = slow.ids
        assert heard == list(range(1, len(heard) + 1))  # no gap before the end of the line
        assert len(heard) < 30
        back = Browser("/live/bell/", headers={b"last-event-id": str(heard[-1]).encode()})
        await back.until(lambda: 30 in back.ids)
        assert heard + back.ids == list(range(1, 31))
        await back.leave()
        await quick.leave()

    play(story)


def test_one_reader_however_many_listen_and_none_when_nobody_does() -> None:
    async def story() -> None:
        bell = Bell("bell")
        browsers = [Browser("/live/bell/") for _ in range(20)]
        await bell.heard_by(*browsers)
        assert tasks_of("Tail._run") == 1
        bell.ring(1)
        for browser in browsers:
            await browser.until(lambda browser=browser: browser.ids == [1])  # type: ignore[misc]
            await browser.leave()
        assert bell.listeners == 0
        assert bell.tail.task is not None
        await bell.tail.task  # it ends by itself

    play(story)


@pytest.mark.parametrize("while_sending", [False, True])
def test_who_leaves_leaves_nothing_behind(while_sending: bool) -> None:
    async def story() -> None:
        bell = Bell("bell")
        bell.ring(1)
        browser = Browser("/live/bell/", headers={b"last-event-id": b"0"})
        await browser.until(lambda: browser.ids == [1])
        if while_sending:
            browser.may_read.clear()
            bell.ring(2)
            await asyncio.sleep(0.05)
        browser.gone.set()
        browser.may_read.set()
        await browser.task
        await calm()
        assert bell.listeners == 0
        assert tasks_of("Browser", "receive", "listen") == 0

    play(story)


def test_a_server_that_stops_leaves_nothing_behind() -> None:
    async def story() -> None:
        bell = Bell("bell")
        browser = Browser("/live/bell/")
        await bell.heard_by(browser)
        browser.task.cancel()
        await asyncio.gather(browser.task, return_exceptions=True)
        assert bell.listeners == 0
        await streams.stop_all()
        assert tasks_of("Tail._run", "receive", "listen") == 0

    play(story)


def test_a_database_that_is_away_ends_the_line_and_keeps_no_listener(caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> None:
        bell = Bell("bell")
        bell.broken = True
        browser = Browser("/live/bell/", headers={b"last-event-id": b"0"})
        await browser.task  # ended; the browser will come back by itself
        assert browser.status == 200
        assert bell.listeners == 0
        bell.broken = False
        bell.ring(1)
        again = Browser("/live/bell/", headers={b"last-event-id": b"0"})
        await again.until(lambda: again.ids == [1])
        await bell.heard_by(again)
        bell.broken = True
        while "could not be read; trying again" not in caplog.text:
            await asyncio.sleep(0.005)
        bell.broken = False
        bell.ring(2)
        await again.until(lambda: again.ids == [1, 2])
        await again.leave()

    play(story)
    assert "stream bell broke off: OSError('the database is away')" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_the_journal_s_news_reach_the_line(thehague: City, monkeypatch: pytest.MonkeyPatch) -> None:
    from cityplus.portal import news  # noqa: PLC0415

    live.stream("news")(news.stream)

    def launch_again() -> None:
        with transaction.atomic():
            journal.record("city.painted", thehague, handle="thehague", public=True)
            journal.record("city.launched", thehague, handle="thehague", public=True)

    async def story() -> None:
        browser = Browser("/live/news/", headers={b"last-event-id": b"0"})
        await browser.until(lambda: len(browser.ids) == 1)  # the launch of the fixture
        await sync_to_async(launch_again)()
        await browser.until(lambda: len(browser.ids) == 2)
        assert '"verb": "city.launched"' in browser.body
        assert "city.painted" not in browser.body
        await browser.leave()
        await sync_to_async(connections.close_all)()

    play(story)
