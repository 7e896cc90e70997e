"""Addresses: nobody has one by writing it down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

from cityplus.people.models import Person
from cityplus.people.tests.conftest import PASSWORD, Postman, enter, link_in

OTTO = "otto@example.org"


@pytest.fixture
def written_down(at_home: Client, settings: Settings, postman: Postman) -> Iterator[str]:
    """Anna wrote Otto's address down as hers. Returned is the link that he got."""
    settings.CITYPLUS = replace(django_settings.CITYPLUS, sign_up=True)
    at_home.post("/account/email/", {"email": OTTO, "action_add": "1"})
    (letter,) = postman()
    assert letter.to == [OTTO]
    assert "“anna”" in letter.body
    yield link_in(letter)


def test_its_owner_still_makes_an_account(written_down: str, postman: Postman) -> None:
    form = {"username": "otto", "email": OTTO, "password1": PASSWORD, "born": "1990-05-01"}
    assert Client().post("/account/new/", form).headers["Location"] == "/account/email/sent/"
    (letter,) = postman()
    Client().post(link_in(letter))
    assert enter(Client(), OTTO).headers["Location"] == "/account/"
    page = Client().get(written_down).content.decode()
    assert "belongs to another account already" in page
    Client().post(written_down)
    assert Person.objects.known_as(OTTO) == Person.objects.get(username="otto")


def test_it_does_not_open_the_other_account(written_down: str, postman: Postman) -> None:
    assert enter(Client(), OTTO).status_code == 200
    Client().post("/account/password/reset/", {"email": OTTO})
    (letter,) = postman()
    assert letter.subject == "No account with this address"


def test_looking_at_the_link_of_another_signs_nobody_out(written_down: str, bram: Person) -> None:
    client = Client()
    enter(client, "bram")
    client.get(written_down)
    assert client.get("/account/").status_code == 200


def test_what_matters_is_asked_for_once_more(anna: Person) -> None:
    client = Client()
    enter(client)
    for action in ("action_add", "action_remove", "action_primary"):
        answer = client.post("/account/email/", {"email": "anna@example.org", action: "1"})
        if action != "action_add":
            assert answer.headers["Location"].startswith("/account/session/again/")
    answer = client.post("/account/email/", {"email": OTTO, "action_add": "1"})
    assert answer.headers["Location"].startswith("/account/session/again/")
    assert EmailAddress.objects.filter(user=anna).count() == 1
    client.post(answer.headers["Location"], {"password": PASSWORD})
    assert EmailAddress.objects.filter(user=anna).count() == 2, "what was asked for is done once it is clear who asks"
