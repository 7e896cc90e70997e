"""The devices that are signed in."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from cityplus.people.devices import describe
from cityplus.people.models import Person
from cityplus.people.tests.conftest import enter

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605 (KHTML, like Gecko) Version/18.1 Mobile Safari/604.1"


@pytest.fixture
def laptop(anna: Person) -> Client:
    client = Client(HTTP_USER_AGENT=FIREFOX)
    enter(client, REMOTE_ADDR="203.0.113.77")
    return client


@pytest.fixture
def phone(anna: Person) -> Client:
    client = Client(HTTP_USER_AGENT=PHONE)
    enter(client, REMOTE_ADDR="2001:db8:1:2:3:4:5:6")
    return client


def test_every_device_is_listed_with_about_where_it_is(laptop: Client, phone: Client) -> None:
    page = laptop.get("/account/sessions/", REMOTE_ADDR="203.0.113.77").content.decode()
    assert "Firefox, Linux" in page
    assert "Safari, iPhone" in page
    assert "203.0.113.0" in page
    assert "2001:db8:1::" in page
    assert "203.0.113.77" not in page
    kept = " ".join(str(row) for row in UserSession.objects.values_list())
    assert "203.0.113.77" not in kept
    assert "3:4:5:6" not in kept


def test_one_device_is_signed_out_from_another(laptop: Client, phone: Client) -> None:
    page = laptop.get("/account/sessions/").content.decode()
    (number,) = re.findall(r'name="end" value="(\d+)"', page)
    assert laptop.post("/account/sessions/", {"end": number}).status_code == 302
    assert phone.get("/account/").status_code == 302
    assert laptop.get("/account/").status_code == 200
    assert "Safari" not in laptop.get("/account/sessions/").content.decode()


def test_all_others_are_signed_out_at_once(laptop: Client, phone: Client, anna: Person) -> None:
    third = Client()
    enter(third)
    laptop.post("/account/sessions/", {"end": "others"})
    assert [client.get("/account/").status_code for client in (laptop, phone, third)] == [200, 302, 302]


def test_what_was_seen_lately_is_not_written_again(laptop: Client, anna: Person) -> None:
    hour_ago = timezone.now() - timedelta(hours=1)
    UserSession.objects.update(last_seen_at=hour_ago)
    laptop.get("/account/")
    assert UserSession.objects.get().last_seen_at == hour_ago
    session = laptop.session
    session["seen"] -= 3600
    session.save()
    laptop.get("/about/")
    assert UserSession.objects.get().last_seen_at > hour_ago


def test_sessions_that_ran_out_are_forgotten_at_the_next_sign_in(laptop: Client, bram: Person) -> None:
    past = timezone.now() - timedelta(days=20)
    Session.objects.update(expire_date=past)
    UserSession.objects.update(last_seen_at=past)
    enter(Client(), "bram")
    assert Session.objects.count() == UserSession.objects.count() == 1


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox, Linux"),
        (PHONE, "Safari, iPhone"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge, Windows",
        ),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8.5", ""),
        ("", ""),
    ],
)
def test_a_device_is_named_in_two_words(agent: str, words: str) -> None:
    assert describe(agent) == words
