"""Signing in and out."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from cityplus.people.models import Person

PASSWORD = "a long password"


def enter(client: Client, username: str = "visitor", password: str = PASSWORD, **extra: str) -> object:
    return client.post("/account/session/", {"username": username, "password": password, **extra})


def test_the_way_in_and_out(stranger: Client, visitor: Person) -> None:
    answer = enter(stranger)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/")  # type: ignore[attr-defined]
    assert visitor.username in stranger.get("/account/").content.decode()
    out = stranger.post("/account/session/end/")
    assert (out.status_code, out.headers["Location"]) == (302, "/")
    assert stranger.get("/account/").status_code == 302


@pytest.mark.parametrize(("username", "password"), [("visitor", "wrong"), ("nobody", PASSWORD), ("VISITOR", PASSWORD)])
def test_a_wrong_name_or_password_is_told_alike(
    stranger: Client, visitor: Person, username: str, password: str
) -> None:
    answer = enter(stranger, username, password)
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert answer.status_code == 200  # type: ignore[attr-defined]
    assert 'role="alert"' in page
    assert "do not belong together" in page
    assert "session" not in stranger.cookies


def test_a_name_that_was_typed_is_kept_and_escaped(stranger: Client, visitor: Person) -> None:
    page = enter(stranger, '"><script>', "wrong").content.decode()  # type: ignore[attr-defined]
    assert "&quot;&gt;&lt;script&gt;" in page
    assert '"><script>' not in page


def test_who_is_not_active_does_not_come_in(stranger: Client, visitor: Person) -> None:
    visitor.is_active = False
    visitor.save()
    assert enter(stranger).status_code == 200  # type: ignore[attr-defined]
    assert stranger.get("/account/").status_code == 302


def test_one_goes_on_to_the_page_one_came_from(stranger: Client, visitor: Person) -> None:
    asked = stranger.get("/nl/account/")
    assert asked.headers["Location"] == "/nl/account/session/?next=/nl/account/"
    page = stranger.get(asked.headers["Location"]).content.decode()
    assert 'name="next" value="/nl/account/"' in page
    assert enter(stranger, next="/nl/account/").headers["Location"] == "/nl/account/"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "next_page", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_host(stranger: Client, visitor: Person, next_page: str) -> None:
    page = stranger.get("/account/session/", {"next": next_page}).content.decode()
    assert 'value="https://evil' not in page
    assert enter(stranger, next=next_page).headers["Location"] == "/account/"  # type: ignore[attr-defined]


def test_who_is_signed_in_needs_no_door(stranger: Client, visitor: Person) -> None:
    enter(stranger)
    assert stranger.get("/account/session/").headers["Location"] == "/account/"


def test_signing_in_starts_a_new_session(stranger: Client, visitor: Person) -> None:
    stranger.cookies["session"] = "fixed-by-an-attacker"
    enter(stranger)
    assert stranger.cookies["session"].value != "fixed-by-an-attacker"
    assert stranger.cookies["session"]["httponly"]
    assert stranger.cookies["session"]["samesite"] == "Lax"


def test_signing_out_is_posted(stranger: Client, visitor: Person) -> None:
    enter(stranger)
    assert stranger.get("/account/session/end/").status_code == 405
    assert stranger.get("/account/").status_code == 200


def test_both_forms_are_guarded_against_other_sites(visitor: Person) -> None:
    careful = Client(enforce_csrf_checks=True)
    assert enter(careful).status_code == 403  # type: ignore[attr-defined]
    page = careful.get("/account/session/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    assert enter(careful, csrfmiddlewaretoken=token[1]).status_code == 302  # type: ignore[attr-defined]
    assert careful.post("/account/session/end/").status_code == 403
