"""What tests of the door share: somebody with an address, a postman, an authenticator app, a passkey."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import cast

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from cityplus.jobs import worker
from cityplus.people.models import Person
from cityplus.people.tests.mail_server import Mailbox, mail_server

PASSWORD = "a long password"
Postman = Callable[[], list[EmailMultiAlternatives]]


def enter(client: Client, login: str = "anna", password: str = PASSWORD, **extra: str) -> HttpResponse:
    """Fill in the form of the door. What begins with a capital or ``REMOTE`` goes into the request, the rest into the form."""
    request = {key: value for key, value in extra.items() if key.isupper()}
    form = {key: value for key, value in extra.items() if not key.isupper()}
    answer = client.post("/account/session/", {"login": login, "password": password, **form}, **request)  # type: ignore[arg-type]
    return cast("HttpResponse", answer)


def code_of(secret: str, ahead: int = 0) -> str:
    """What an authenticator app shows now, or so many half minutes ahead."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead)))


def link_in(letter: EmailMultiAlternatives) -> str:
    """The path of the one link in a letter that leads into the account."""
    found = re.search(r"^(?:https?://[^/\s]+)(/\S*account/\S+)$", str(letter.body), re.M)
    assert found, letter.body
    return found[1]


@pytest.fixture
def anna(db: None) -> Person:
    """Somebody with a confirmed address."""
    return Person.enrol("anna", "anna@example.org", PASSWORD)


@pytest.fixture
def bram(db: None) -> Person:
    """Somebody else."""
    return Person.enrol("bram", "bram@example.org", PASSWORD)


@pytest.fixture
def postman(db: None) -> Postman:
    """Lets the worker send what waits, and hands over what came since the last time."""

    def come() -> list[EmailMultiAlternatives]:
        while worker.run_one("postman", urgent=True):
            pass
        letters = [cast("EmailMultiAlternatives", letter) for letter in mail.outbox]
        mail.outbox.clear()
        return letters

    return come


@pytest.fixture
def at_home(anna: Person) -> Client:
    """Anna's browser, signed in by her password and asked for it once more, as before changes that matter."""
    client = Client()
    assert enter(client).status_code == 302
    assert client.post("/account/session/again/", {"password": PASSWORD}).status_code == 302
    return client


@pytest.fixture
def with_app(at_home: Client) -> tuple[Client, str]:
    """Anna with an authenticator app: her browser, and the app's secret."""
    page = at_home.get("/account/app/").content.decode()
    found = re.search(r'class="app-key" dir="ltr">([A-Z2-7]+)<', page)
    assert found
    answer = at_home.post("/account/app/", {"code": code_of(found[1])})
    assert answer.headers["Location"] == "/account/recovery-codes/"
    return at_home, found[1]


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    """What a mail server of our own receives."""
    with mail_server(settings) as box:
        yield box
