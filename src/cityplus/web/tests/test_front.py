"""The front door gives what is kept, to whom it was made for, and only while it is true."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conftest import sign_in
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.people.models import Person
from cityplus.web import front, kept

pytestmark = pytest.mark.django_db(transaction=True)
PUBLIC = HOME = "/api/cityplus/v1/timelines/network"


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    kept.shelf.clear()
    yield
    kept.shelf.clear()
    asyncio.run(front.shut())


class Browser:
    """Asks as the server does: first the front door, then Django."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def ask(self, path: str, **headers: str) -> tuple[str, int, bytes]:
        """Who answered (``door`` or ``django``), with which status, what."""
        named = {"host": "localhost", **({"cookie": self.cookies} if self.cookies else {}), **headers}
        scope: dict[str, Any] = {
            "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"",
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in named.items()],
        }  # fmt: skip
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        async def ask() -> bool:
            try:
                return await front.answer(scope, send)
            finally:
                await front.shut()  # its thread and its connection are of this test

        if asyncio.run(ask()):
            return "door", sent[0]["status"], sent[1]["body"]
        plain = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.client.get(path, headers={"host": "localhost", **plain}, **{"asgi.scope": scope})  # type: ignore[arg-type]
        return "django", answer.status_code, answer.content

    @property
    def cookies(self) -> str:
        return "; ".join(f"{name}={morsel.value}" for name, morsel in self.client.cookies.items())


def at_home(person: Person) -> Browser:
    """A browser of somebody who was seen within the hour: their session does not change by asking."""
    browser = Browser(sign_in(person))
    browser.ask("/api/cityplus/v1/session")
    return browser


def happens(*, quiet: bool) -> None:
    with transaction.atomic():
        subject = Actor.objects.get_or_create(handle="somebody", kind="person")[0]
        journal.record("thing.happened", subject, quiet=quiet)


@pytest.fixture
def ana() -> Person:
    return Person.objects.create_user("ana", password="a long password")


def test_what_everybody_gets_is_kept_until_the_journal_moves() -> None:
    browser = Browser(Client())
    first = browser.ask(PUBLIC)
    assert first[:2] == ("django", 200)
    assert browser.ask(PUBLIC) == ("door", 200, first[2])
    happens(quiet=True)
    assert browser.ask(PUBLIC)[0] == "django"
    assert browser.ask(PUBLIC)[0] == "door"
    happens(quiet=False)
    assert browser.ask(PUBLIC)[0] == "django"


def test_a_page_that_shows_nothing_quiet_outlives_quiet_entries() -> None:
    browser = Browser(Client())
    first = browser.ask("/about/")
    happens(quiet=True)
    assert browser.ask("/about/") == ("door", 200, first[2])
    happens(quiet=False)
    assert browser.ask("/about/")[0] == "django"


def test_what_is_for_oneself_is_kept_too_until_anything_happens(ana: Person) -> None:
    browser = at_home(ana)
    assert [browser.ask(HOME)[0] for _ in range(3)] == ["django", "door", "door"]
    happens(quiet=True)
    assert browser.ask(HOME)[0] == "django"


def sign_out(person: Person, browser: Browser) -> None:
    Session.objects.all().delete()


def change_password(person: Person, browser: Browser) -> None:
    person.change_password("another long password")


def close(person: Person, browser: Browser) -> None:
    Person.objects.update(is_active=False)


def expire(person: Person, browser: Browser) -> None:
    Session.objects.update(expire_date="2020-01-01T00:00:00Z")


def take_another_voice(person: Person, browser: Browser) -> None:
    session = browser.client.session
    session["voice"] = "thehague"
    session.save()


def promote(person: Person, browser: Browser) -> None:
    Person.objects.update(is_staff=True)


@pytest.mark.parametrize("deed", [sign_out, change_password, close, expire, take_another_voice, promote])
def test_it_ends_with_its_session_and_whatever_its_person_is(
    ana: Person, deed: Callable[[Person, Browser], None]
) -> None:
    browser = at_home(ana)
    assert [browser.ask(HOME)[0] for _ in range(2)] == ["django", "door"]
    deed(ana, browser)
    assert browser.ask(HOME)[0] == "django"


def test_nobody_gets_what_was_made_for_another(ana: Person) -> None:
    mine, theirs = at_home(ana), at_home(Person.objects.create_user("bo"))
    assert [browser.ask(HOME)[0] for browser in (mine, Browser(Client()), theirs)] == ["django"] * 3
    stolen = Browser(Client())
    stolen.client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    assert stolen.ask(HOME)[0] == "django"


def test_a_minute_is_the_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(Client())
    browser.ask(PUBLIC)
    monkeypatch.setattr(front, "minute", lambda: kept.minute() + 1)
    assert browser.ask(PUBLIC)[0] == "django"


def test_a_header_that_may_matter_makes_it_another_request() -> None:
    browser = Browser(Client())
    browser.ask(PUBLIC)
    assert browser.ask(PUBLIC, user_agent="Firefox", sec_fetch_site="none")[0] == "door"
    for header in ("accept_language", "x_forwarded_host", "accept", "x_new"):
        assert browser.ask(PUBLIC, **{header: "*/*" if header == "accept" else "nl"})[0] == "django"
    assert browser.ask(PUBLIC, range="bytes=0-4")[0] == browser.ask(PUBLIC, range="bytes=0-4")[0] == "django"


def test_who_has_it_gets_no_body() -> None:
    browser = Browser(Client())
    browser.ask(PUBLIC)
    etag = next(iter(kept.shelf._values.values()))[0].etag.decode()
    assert etag
    assert browser.ask(PUBLIC, if_none_match=etag) == ("door", 304, b"")
    assert browser.ask(PUBLIC, if_none_match='"another"')[1] == 200
    happens(quiet=True)
    assert browser.ask(PUBLIC, if_none_match=etag)[0] == "django"


def test_problems_and_cookies_are_not_kept(ana: Person) -> None:
    browser = Browser(sign_in(ana))
    for path in ("/api/cityplus/v1/timelines/home", "/api/cityplus/v1/session", "/nothing/"):
        assert [browser.ask(path)[0] for _ in range(2)] == ["django"] * 2, path
