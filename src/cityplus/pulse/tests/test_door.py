"""The door of the views, with the real writer behind it: what is answered is what is kept."""

from __future__ import annotations

import asyncio
import dataclasses
import re
import secrets

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django import Settings

from cityplus.live import committing
from cityplus.pulse import Count, Subject, totals
from cityplus.pulse.door import GIF
from cityplus.pulse.models import Seen, Total
from cityplus.pulse.tests.conftest import STOP, knock, network, play, see, token
from cityplus.pulse.tokens import LIMIT

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_view_is_told_and_kept() -> None:
    async def story() -> None:
        told = await see(token("stop", *STOP))
        assert (told.status, told.body, told.headers[b"cache-control"]) == (204, b"", b"no-store")

    play(story)
    assert network() == totals(STOP[0]) == totals(STOP[2]) == Count(1, 1)


def test_a_page_without_a_script_tells_by_a_picture() -> None:
    async def story() -> None:
        told = await knock("GET", f"/live/views/{token()}.gif")
        assert (told.status, told.headers[b"content-type"], told.body) == (200, b"image/gif", GIF)
        assert told.headers[b"cache-control"] == b"no-store"
        again = await see(token())  # a browser that does both is one person that saw one page
        assert again.status == 204

    play(story)
    assert network() == Count(1, 1)


def test_a_thousand_beacons_at_once_of_one_person_are_one_view() -> None:
    async def story() -> None:
        told = await asyncio.gather(*(see(token("stop", *STOP)) for _ in range(1_000)))
        assert {answer.status for answer in told} == {204}

    play(story)
    assert network() == totals(STOP[0]) == Count(1, 1)


def test_many_people_at_once_are_all_counted() -> None:
    pages = [token(), token("home"), token("stop", *STOP)]

    async def story() -> None:
        told = await asyncio.gather(*(see(pages[n % 3], f"198.51.{n // 250}.{n % 250}") for n in range(1_500)))
        assert {answer.status for answer in told} == {204}

    play(story)
    assert network() == Count(1_500, 1_500)
    assert totals(STOP[0]) == totals(Subject("page", "home")) == Count(500, 500)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"user-agent": ""},
        {"sec-fetch-site": "cross-site"},
    ],
)
def test_what_is_no_view_gets_the_same_answer_and_counts_nothing(headers: dict[str, str]) -> None:
    async def story() -> None:
        assert (await knock("POST", "/live/views/", token().encode(), headers=headers)).status == 204
        assert (await knock("GET", f"/live/views/{token()}.gif", headers=headers)).body == GIF

    play(story)
    assert network() == Count()


def test_who_asks_for_the_picture_s_headers_counts_nothing() -> None:
    async def story() -> None:
        told = await knock("HEAD", f"/live/views/{token()}.gif")
        assert (told.status, told.body) == (200, b"")

    play(story)
    assert network() == Count()


FORGED = [
    b"", b"about", b"1.489123.en.about.AAAAAAAAAAAAAAAAAAAAAAAA", b"-1", b"\xff\xfe", b"{}", b"1' OR 1=1 --",
    b"1.99999999999999999999.en.about.x", b"." * 400,
]  # fmt: skip


@pytest.mark.parametrize("body", FORGED)
def test_a_forged_token_is_refused_with_a_sentence(body: bytes) -> None:
    async def story() -> None:
        told = await knock("POST", "/live/views/", body)
        assert (told.status, told.body) == (400, b"This token is not one of ours.")

    play(story)
    assert network() == Count()


def test_a_token_does_not_count_for_another_page() -> None:
    mine, theirs = token("stop", *STOP), token("stop", Subject("stop", "8"))
    mixed = theirs.rpartition(".")[0] + "." + mine.rpartition(".")[2]

    async def story() -> None:
        assert (await see(mixed)).status == 400
        assert (await see(token("stop", *STOP, ago=27 * 3600))).status == 400  # a page of yesterday

    play(story)
    assert not Total.objects.exists()


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/live/views/", b"x" * (LIMIT + 1), 413),
        ("POST", "/live/views/x", b"", 404),
        ("GET", "/live/views/", b"", 404),
        ("GET", "/live/views/x", b"", 400),
        ("PUT", "/live/views/", b"", 405),
        ("DELETE", "/live/views/", b"", 405),
        ("OPTIONS", "/live/views/", b"", 405),
    ],
)
def test_odd_questions_get_clear_answers(method: str, path: str, body: bytes, status: int) -> None:
    async def story() -> None:
        told = await knock(method, path, body)
        assert told.status == status
        assert told.body

    play(story)
    assert not Seen.objects.exists()


@pytest.mark.parametrize(("proxies", "people"), [(0, 1), (1, 5), (2, 1)])
def test_nobody_becomes_many_by_a_header(settings: Settings, proxies: int, people: int) -> None:
    """Only what the operator's own proxies wrote is believed: the last, or the last but one."""
    settings.CITYPLUS = dataclasses.replace(settings.CITYPLUS, proxies=proxies)

    async def story() -> None:
        for number in range(5):
            forwarded = f"10.0.0.{number}, 203.0.113.9, 198.51.100.{number}"
            told = await see(
                token(), x_forwarded_for=forwarded, x_real_ip=f"10.1.1.{number}", forwarded=f"for=10.2.2.{number}"
            )
            assert told.status == 204

    play(story)
    assert network() == Count(people, people)


def test_one_with_a_whole_net_of_addresses_is_one() -> None:
    async def story() -> None:
        for number in range(5):
            await see(token(), peer=f"2001:db8:1:2::{number:x}")
        await see(token(), peer="2001:db8:1:3::1")

    play(story)
    assert network() == Count(2, 2)


def test_without_a_database_nothing_is_acknowledged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(committing, "PAUSES", (0.001,))

    def refuse(_: object) -> None:
        raise OperationalError("the server closed the connection unexpectedly")

    async def story() -> None:
        with monkeypatch.context() as away:
            away.setattr(BaseDatabaseWrapper, "connect", refuse)
            told = await see(token())
            assert (told.status, told.headers[b"retry-after"]) == (503, b"5")
        assert (await see(token())).status == 204

    play(story)
    assert network() == Count(1, 1)


def test_who_comes_when_too_many_wait_is_asked_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(committing, "QUEUE", 3)

    async def story() -> None:
        told = await asyncio.gather(*(see(token(), f"198.51.100.{n}") for n in range(50)))
        kept = [answer for answer in told if answer.status == 204]
        later = [answer for answer in told if answer.status == 503]
        assert len(kept) + len(later) == 50 and len(later) >= 40 and len(kept) >= 3
        assert all(re.fullmatch(rb"\d+", answer.headers[b"retry-after"]) for answer in later)
        counted.append(len(kept))

    counted: list[int] = []
    play(story)
    assert network().views == counted[0]


def test_who_leaves_before_the_answer_is_counted_and_harms_nobody() -> None:
    async def story() -> None:
        gone = asyncio.create_task(see(token(), "198.51.100.1"))
        await asyncio.sleep(0)
        gone.cancel()
        assert (await see(token(), "198.51.100.2")).status == 204
        assert gone.cancelled() or gone.cancelling()

    play(story)
    assert network() in {Count(1, 1), Count(2, 2)}


def test_the_agent_may_be_anything() -> None:
    agents = ["a" * 10_000, "\xff\xfe\x00", "'; DROP TABLE pulse_seen; --", "%s %s", secrets.token_hex(8)]

    async def story() -> None:
        for agent in agents:
            said = {"user-agent": agent.encode("latin-1").decode("latin-1")}
            assert (await knock("POST", "/live/views/", token().encode(), headers=said)).status == 204

    play(story)
    assert network() == Count(len(agents), len(agents))
