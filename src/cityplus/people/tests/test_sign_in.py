"""Signing in and out."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.http import HttpResponse
from django.test import Client

from cityplus.people.models import Person

PASSWORD = "a long password"


def enter(client: Client, login: str = "visitor", password: str = PASSWORD, **extra: str) -> HttpResponse:
    return client.post("/account/session/", {"login": login, "password": password, **extra})  # type: ignore[return-value]


@pytest.fixture
def anna(db: None) -> Person:
    """Somebody with a confirmed address."""
    return Person.enrol("anna", "anna@example.org", PASSWORD)


def test_the_way_in_and_out(stranger: Client, visitor: Person) -> None:
    answer = enter(stranger)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/")
    assert visitor.username in stranger.get("/account/").content.decode()
    out = stranger.post("/account/session/end/")
    assert (out.status_code, out.headers["Location"]) == (302, "/")
    assert stranger.get("/account/").status_code == 302


@pytest.mark.parametrize("login", ["anna", "ANNA", " anna ", "anna@example.org", "Anna@Example.ORG"])
def test_one_comes_in_by_name_or_address_in_any_case(stranger: Client, anna: Person, login: str) -> None:
    assert enter(stranger, login).status_code == 302


@pytest.mark.parametrize(
    ("login", "password"),
    [("visitor", "wrong"), ("nobody", PASSWORD), ("visitor@example.org", PASSWORD), ("visıtor", PASSWORD)],
)
def test_a_wrong_name_or_password_is_told_alike(stranger: Client, visitor: Person, login: str, password: str) -> None:
    answer = enter(stranger, login, password)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'role="alert"' in page
    assert "do not belong together" in page
    assert "session" not in stranger.cookies


def test_a_name_that_was_typed_is_kept_and_escaped(stranger: Client, visitor: Person) -> None:
    page = enter(stranger, '"><script>', "wrong").content.decode()
    assert "&quot;&gt;&lt;script&gt;" in page
    assert '"><script>' not in page


def test_who_is_not_active_does_not_come_in(stranger: Client, visitor: Person) -> None:
    visitor.entitle(active=False, office=False, by="operator")
    answer = enter(stranger)
    assert answer.status_code == 200
    assert "do not belong together" in answer.content.decode()
    assert stranger.get("/account/").status_code == 302


def test_an_address_must_be_confirmed_before_it_opens_anything(stranger: Client, anna: Person) -> None:
    EmailAddress.objects.filter(user=anna).update(verified=False)
    for login in ("anna", "anna@example.org"):
        answer = enter(stranger, login)
        assert answer.headers["Location"] == "/account/email/sent/"
        assert stranger.get("/account/").status_code == 302


def test_one_goes_on_to_the_page_one_came_from(stranger: Client, visitor: Person) -> None:
    asked = stranger.get("/nl/account/")
    assert asked.headers["Location"] == "/nl/account/session/?next=/nl/account/"
    page = stranger.get(asked.headers["Location"]).content.decode()
    assert 'name="next" value="/nl/account/"' in page
    assert enter(stranger, next="/nl/account/").headers["Location"] == "/nl/account/"


def test_who_is_signed_in_needs_no_door(stranger: Client, visitor: Person) -> None:
    enter(stranger)
    assert stranger.get("/account/session/").headers["Location"] == "/account/"


def test_looking_at_the_door_starts_no_session(stranger: Client, db: None) -> None:
    for path in ("/account/session/", "/account/password/reset/", "/account/new/", "/about/"):
        assert stranger.get(path).status_code == 200
    assert "session" not in stranger.cookies


def test_signing_out_is_posted(stranger: Client, visitor: Person) -> None:
    enter(stranger)
    assert stranger.get("/account/session/end/").status_code == 405
    assert stranger.get("/account/").status_code == 200


def test_both_forms_are_guarded_against_other_sites(visitor: Person) -> None:
    careful = Client(enforce_csrf_checks=True)
    refused = enter(careful)
    assert refused.status_code == 403
    assert "This form was not accepted" in refused.content.decode()
    page = careful.get("/account/session/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    assert enter(careful, csrfmiddlewaretoken=token[1]).status_code == 302
    assert careful.post("/account/session/end/").status_code == 403


def test_the_page_of_an_account_names_its_keys(stranger: Client, anna: Person) -> None:
    enter(stranger, "anna")
    page = stranger.get("/account/").content.decode()
    for words in ("anna@example.org", "Passkeys", "Authenticator app", "Where you are signed in"):
        assert words in page
    assert "operator" not in page.lower()


def test_the_language_of_letters_is_chosen(stranger: Client, anna: Person) -> None:
    enter(stranger, "anna")
    assert stranger.post("/account/language/", {"language": "zh-hans"}).status_code == 302
    anna.refresh_from_db()
    assert anna.language == "zh-hans"
    assert stranger.post("/account/language/", {"language": "xx"}).status_code == 404
