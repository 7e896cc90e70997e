"""Making an account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

from cityplus.people.models import Person
from cityplus.people.tests.conftest import PASSWORD, Postman, enter, link_in

FORM = {"username": "cato", "email": "cato@example.org", "password1": PASSWORD, "born": "1990-05-01"}


@pytest.fixture
def open_door(settings: Settings) -> Iterator[None]:
    settings.CITYPLUS = replace(django_settings.CITYPLUS, sign_up=True)
    yield


def test_the_door_is_closed_unless_the_operator_opens_it(db: None, stranger: Client) -> None:
    assert "Make an account" not in stranger.get("/account/session/").content.decode()
    for page in (stranger.get("/account/new/"), stranger.post("/account/new/", FORM)):
        assert "accounts are given by the network office" in page.content.decode()
    assert not Person.objects.exists()


def test_an_account_opens_once_its_address_is_confirmed(
    open_door: None, db: None, stranger: Client, postman: Postman
) -> None:
    assert "Make an account" in stranger.get("/account/session/").content.decode()
    made = stranger.post("/fr/account/new/", FORM)
    assert made.headers["Location"] == "/fr/account/email/sent/"
    assert enter(Client(), "cato").headers["Location"] == "/account/email/sent/"
    letter = postman()[0]
    link = link_in(letter)
    assert link.startswith("/fr/account/email/"), "the letter is in the language of the page"
    assert Client().get(link).status_code == 200
    assert enter(Client(), "cato").headers["Location"] == "/account/email/sent/", "looking confirms nothing"
    confirmed = Client().post(link)
    assert confirmed.headers["Location"] == "/fr/account/session/"
    assert enter(Client(), "cato").headers["Location"] == "/account/"
    assert Client().get(link).status_code == 404
    assert Person.objects.get().language == "fr"


@pytest.mark.parametrize("name", ["", "Ca to", "cato@example.org", "1cato", "c", "a" * 31, "cåto", "admin", "Operator"])
def test_a_name_that_is_none_is_refused(open_door: None, db: None, stranger: Client, name: str) -> None:
    page = stranger.post("/account/new/", FORM | {"username": name})
    assert page.status_code == 200
    assert 'id="id_username_error"' in page.content.decode()
    assert not Person.objects.exists()


def test_a_name_is_taken_once(open_door: None, anna: Person, stranger: Client) -> None:
    page = stranger.post("/account/new/", FORM | {"username": "Anna"}).content.decode()
    assert "This name is taken." in page


def test_rights_are_not_asked_for_in_the_form(open_door: None, db: None, stranger: Client) -> None:
    extra = {
        "is_staff": "1",
        "is_superuser": "1",
        "is_active": "0",
        "id": "77",
        "language": "xx",
        "date_joined": "1999-01-01",
    }
    stranger.post("/account/new/", FORM | extra)
    person = Person.objects.get()
    assert (person.is_staff, person.is_superuser, person.is_active, person.language) == (False, False, True, "en")
    assert person.pk != 77
