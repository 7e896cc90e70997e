"""Thousands on one stream: what one line costs must not be paid thousands of times."""

from __future__ import annotations

import asyncio

import pytest

from cityplus.live import streams
from cityplus.live.streams import Event
from cityplus.live.tests.test_door import Bell, Browser, play


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "LOOK", 0.005)
    monkeypatch.setattr(streams, "_tails", {})


def test_many_who_come_back_at_one_moment_are_answered_by_one_look() -> None:
    async def story() -> None:
        bell = Bell("bell")
        bell.ring(*range(1, 31))
        first = Browser("/live/bell/")
        await bell.heard_by(first)
        with bell.lock:  # the database takes its time
            crowd = [Browser("/live/bell/", headers={b"last-event-id": b"10"}) for _ in range(20)]
            while bell.listeners < 21 or 10 not in bell.asked:
                await asyncio.sleep(0.001)
        for browser in crowd:
            await browser.until(lambda browser=browser: len(browser.ids) == 20)  # type: ignore[misc]
            assert browser.ids == list(range(11, 31))
        assert bell.asked.count(10) == 1
        for browser in (first, *crowd):
            await browser.leave()

    play(story)


def test_a_crowd_is_told_a_part_at_a_time_and_nobody_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "SLICE", 3)

    async def story() -> None:
        bell = Bell("bell")
        browsers = [Browser("/live/bell/") for _ in range(10)]
        await bell.heard_by(*browsers)
        bell.ring(1, 2)
        for browser in browsers:
            await browser.until(lambda browser=browser: len(browser.ids) == 2)  # type: ignore[misc]
        bell.ring(3)
        for browser in browsers:
            await browser.until(lambda browser=browser: len(browser.ids) == 3)  # type: ignore[misc]
            assert browser.ids == [1, 2, 3]
            await browser.leave()

    play(story)


def test_an_event_is_written_once_however_many_listen() -> None:
    event = Event(7, {"word": "海"})
    assert event.wire() is event.wire()
    assert event.wire() == 'id: 7\ndata: {"word": "海"}\n\n'.encode()
    assert event == Event(7, {"word": "海"})
