"""Private streams: who may not listen is told what a stranger is told, and a line ends when the right to it does."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connections
from django.test import Client

from cityplus import live
from cityplus.live import streams
from cityplus.live.callers import person_of, session_of
from cityplus.live.streams import Event
from cityplus.live.tests.test_door import Browser, play, tasks_of
from cityplus.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)
COOKIE = settings.SESSION_COOKIE_NAME


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(streams, "LOOK", 0.005)
    monkeypatch.setattr(streams, "CHECK", 0.01)
    monkeypatch.setattr(streams, "_tails", {})
    yield


class Rooms:
    """A stream with two parts, to each of which some people may listen."""

    def __init__(self, **may: str) -> None:
        self.may = {(name, of) for name, parts in may.items() for of in parts.split()}
        self.broken = False
        self.rung: list[Event] = []
        live.stream("rooms", may=self.lets_in)(self.read)

    def lets_in(self, person: Any, of: str) -> bool:
        if self.broken:
            raise OSError("the database is away")
        return person.is_authenticated and (person.username, of) in self.may

    def ring(self, number: int, of: str) -> None:
        self.rung.append(Event(number, {"number": number}, of))

    def read(self, after: int) -> list[Event]:
        return self.rung[-1:] if after < 0 else [event for event in self.rung if event.id > after]

    async def heard_by(self, count: int) -> None:
        tail = streams.tail_of("rooms")
        while tail is None or len(tail.listeners) < count or tail.task is None:
            await asyncio.sleep(0.001)


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(Person.objects.create_user(username, password="a long password"))
    return client


def cookie(client: Client) -> dict[bytes, bytes]:
    return {b"cookie": f"theme=day; {COOKIE}={client.cookies[COOKIE].value}".encode()}


def test_who_may_listen_hears_their_part_and_no_other() -> None:
    anna, ben = signed_in("anna"), signed_in("ben")
    rooms = Rooms(anna="blue", ben="red")

    async def story() -> None:
        blue = Browser("/live/rooms/blue/", headers=cookie(anna))
        red = Browser("/live/rooms/red/", headers=cookie(ben))
        await rooms.heard_by(2)
        rooms.ring(1, "blue")
        rooms.ring(2, "red")
        rooms.ring(3, "blue")
        await blue.until(lambda: len(blue.ids) == 2)
        await red.until(lambda: len(red.ids) == 1)
        assert (blue.ids, red.ids) == ([1, 3], [2])
        missed = Browser("/live/rooms/blue/", headers=cookie(anna) | {b"last-event-id": b"1"})
        await missed.until(lambda: len(missed.ids) == 1)
        assert missed.ids == [3]
        for browser in (blue, red, missed):
            await browser.leave()
        await sync_to_async(connections.close_all)()

    play(story)


@pytest.mark.parametrize("path", ["/live/rooms/blue/", "/live/rooms/", "/live/rooms/green/", "/live/rooms/blue/more/"])
def test_a_stranger_cannot_tell_a_part_from_one_that_there_is_not(path: str) -> None:
    ben = signed_in("ben")
    Rooms(anna="blue", ben="red")

    async def story() -> None:
        for headers in ({}, cookie(ben), {b"cookie": f"{COOKIE}=nobody-has-it".encode()}):
            browser = Browser(path, headers=headers)
            await browser.task
            assert (browser.status, browser.body) == (404, "There is no such stream.")
        await sync_to_async(connections.close_all)()

    play(story)


def test_a_public_stream_has_no_parts() -> None:
    live.stream("news")(lambda after: [])

    async def story() -> None:
        browser = Browser("/live/news/today/")
        await browser.task
        assert browser.status == 404

    play(story)


@pytest.mark.parametrize("how", ["right", "session", "account", "password", "database"])
def test_a_line_ends_when_the_right_does(how: str, caplog: pytest.LogCaptureFixture) -> None:
    anna, ben = signed_in("anna"), signed_in("ben")
    rooms = Rooms(anna="blue", ben="blue")
    her_cookie = cookie(anna)

    def end() -> None:
        if how == "right":
            rooms.may.discard(("anna", "blue"))
        elif how == "session":
            anna.logout()
        elif how == "account":
            Person.objects.get(username="anna").entitle(active=False, office=False, by="test")
        elif how == "password":
            Person.objects.get(username="anna").change_password("quite another one")
        else:
            rooms.broken = True
        connections.close_all()

    async def story() -> None:
        hers = Browser("/live/rooms/blue/", headers=her_cookie)
        his = Browser("/live/rooms/blue/", headers=cookie(ben))
        await rooms.heard_by(2)
        await sync_to_async(end)()
        await hers.task
        assert hers.sent[-1] == {"type": "http.response.body", "body": b"", "more_body": False}
        again = Browser("/live/rooms/blue/", headers=her_cookie)
        await again.task
        assert again.status == 404
        if how == "database":
            await his.task
        else:
            rooms.ring(1, "blue")
            await his.until(lambda: his.ids == [1])
        await his.leave()
        await sync_to_async(connections.close_all)()

    play(story)


def test_the_server_stops_with_the_guard_at_work() -> None:
    anna = signed_in("anna")
    rooms = Rooms(anna="blue")

    async def story() -> None:
        browser = Browser("/live/rooms/blue/", headers=cookie(anna))
        await rooms.heard_by(1)
        await streams.stop_all()
        await browser.task
        assert tasks_of("Tail._watch", "Tail._run") == 0
        await sync_to_async(connections.close_all)()

    play(story)


def test_a_cookie_that_is_none_of_ours_is_nobody() -> None:
    assert session_of([(b"cookie", b"a=1"), (b"cookie", f"{COOKIE}=abc".encode())]) == "abc"
    assert session_of([(b"cookie", f'{COOKIE}="a\\000b"'.encode())]) == ""
    assert session_of([]) == ""
    assert not person_of("").is_authenticated
