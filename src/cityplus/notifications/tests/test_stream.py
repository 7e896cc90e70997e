"""The stream of notices: says to its person that something came, and nothing to anybody else."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from asgiref.sync import sync_to_async
from conftest import sign_in
from django.conf import settings
from django.db import connections
from django.test import Client

from cityplus.live import streams
from cityplus.live.tests.test_door import Browser, play
from cityplus.notifications import live
from cityplus.notifications.models import Notice
from cityplus.notifications.tests.conftest import Posts, actor, favour
from cityplus.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)
COOKIE = settings.SESSION_COOKIE_NAME


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(streams, "LOOK", 0.005)
    monkeypatch.setattr(streams, "CHECK", 0.01)
    monkeypatch.setattr(streams, "_tails", {})
    streams.stream("notices", may=live.may_listen)(live.stream)
    yield


def cookie(client: Client) -> dict[bytes, bytes]:
    return {b"cookie": f"{COOKIE}={client.cookies[COOKIE].value}".encode()}


async def heard_by(count: int) -> None:
    tail = streams.tail_of("notices")
    while tail is None or len(tail.listeners) < count or tail.task is None:
        await asyncio.sleep(0.001)


def test_everybody_hears_of_their_own_and_of_nothing_else(posts: Posts) -> None:
    reader, other = Person.enrol("reader", "", "a long password"), Person.enrol("other", "", "a long password")
    ana, mine, theirs = actor("ana"), cookie(sign_in(reader)), cookie(sign_in(other))

    async def story() -> None:
        for headers, of in (({}, reader.pk), (theirs, reader.pk), (mine, 0), (mine, "x")):
            refused = Browser(f"/live/notices/{of}/", headers=headers)
            await refused.task
            assert (refused.status, refused.body) == (404, "There is no such stream.")
        one = Browser(f"/live/notices/{reader.pk}/", headers=mine)
        two = Browser(f"/live/notices/{other.pk}/", headers=theirs)
        await heard_by(2)
        await sync_to_async(favour)(reader, ana)
        await one.until(lambda: len(one.ids) == 1)
        assert "favour" not in one.body and "ana" not in one.body, "that something came, not what"
        await sync_to_async(favour)(other, ana)
        await two.until(lambda: len(two.ids) == 1)
        assert len(one.ids) == 1
        await sync_to_async(reader.change_password)("another long password")
        await one.task
        await two.leave()
        await sync_to_async(connections.close_all)()

    play(story)
    assert Notice.objects.count() == 2


def test_who_comes_back_hears_what_was_missed(posts: Posts) -> None:
    reader = Person.enrol("reader", "", "a long password")
    mine = cookie(sign_in(reader))
    posts.texts[2] = "x"
    favour(reader, actor("ana"))
    first = Notice.objects.get().pk
    favour(reader, actor("bram"), post=2)

    async def story() -> None:
        back = Browser(f"/live/notices/{reader.pk}/", headers=mine | {b"last-event-id": str(first).encode()})
        await back.until(lambda: len(back.ids) == 1)
        assert back.ids == [first + 1]
        await back.leave()
        await sync_to_async(connections.close_all)()

    play(story)
