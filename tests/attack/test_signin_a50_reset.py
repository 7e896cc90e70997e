"""A50: a link to a new password opens once, for an hour, for the account whose letter it stood in, at our own address."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from django.test import Client
from pytest_django import Settings

from cityplus.people.models import Person
from cityplus.people.tests.conftest import PASSWORD, Postman, enter, link_in

NEW = "another long password"
DEAD = "This link is not valid."


def asked_for(postman: Postman, address: str = "anna@example.org", **headers: str) -> str:
    Client().post("/account/password/reset/", {"email": address}, **headers)  # type: ignore[arg-type]
    return link_in(postman()[-1])


def opened(link: str) -> bool:
    return DEAD not in Client().get(link, follow=True).content.decode()


def test_a_link_opens_once(anna: Person, postman: Postman) -> None:
    link = asked_for(postman)
    one, other = Client(), Client()
    for client in (one, other):  # two that stand open at the same time
        client.get(link)
    form = link.rsplit("-", 2)[0] + "-set-password/"
    assert one.post(form, {"password1": NEW}).status_code == 302
    late = other.post(form, {"password1": "a third long password"})
    assert DEAD in late.content.decode()
    assert not opened(link)
    anna.refresh_from_db()
    assert anna.check_password(NEW)


def test_a_changed_password_ends_it(anna: Person, at_home: Client, postman: Postman) -> None:
    link = asked_for(postman)
    at_home.post("/account/password/", {"oldpassword": PASSWORD, "password1": NEW})
    assert not opened(link)


def test_a_changed_address_ends_it(anna: Person, at_home: Client, postman: Postman) -> None:
    EmailAddress.objects.create(user=anna, email="new@example.org", verified=True)
    link = asked_for(postman)
    assert opened(link)
    at_home.post("/account/email/", {"email": "new@example.org", "action_primary": "1"})
    assert not opened(link)


def test_a_sign_in_ends_it(anna: Person, postman: Postman) -> None:
    link = asked_for(postman)
    enter(Client())
    assert not opened(link)


def test_an_hour_ends_it(anna: Person, postman: Postman, monkeypatch: pytest.MonkeyPatch) -> None:
    link = asked_for(postman)
    assert opened(link)
    clock = type(default_token_generator)._now
    monkeypatch.setattr(type(default_token_generator), "_now", lambda self: clock(self) + timedelta(seconds=3590))
    assert opened(link)
    monkeypatch.setattr(type(default_token_generator), "_now", lambda self: clock(self) + timedelta(seconds=3605))
    assert not opened(link)


@pytest.mark.parametrize("lookalike", ["annа@example.org", "ANNA@EXAMPLE.ORG", "anna@exampłe.org", "anna@exampIe.org"])
def test_a_letter_goes_to_the_stored_address_and_no_other(anna: Person, postman: Postman, lookalike: str) -> None:
    Client().post("/account/password/reset/", {"email": lookalike})
    for letter in postman():
        if letter.subject == "A new password":
            assert letter.to == ["anna@example.org"]
        else:
            assert "account/password/reset/" not in letter.body


@pytest.mark.parametrize(
    ("stored", "typed"), [("mike@example.org", "mıke@example.org"), ("sol@example.org", "ſol@example.org")]
)
def test_letters_that_fold_alike_are_not_alike(db: None, postman: Postman, stored: str, typed: str) -> None:
    Person.enrol("mike", stored, PASSWORD)
    Client().post("/account/password/reset/", {"email": typed})
    assert all(letter.subject != "A new password" for letter in postman())


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_the_link_leads_to_the_public_address_whatever_host_was_asked(
    anna: Person, postman: Postman, settings: Settings, host: str
) -> None:
    Client().post(
        "/account/password/reset/",
        {"email": "anna@example.org"},
        HTTP_HOST=host,
        HTTP_X_FORWARDED_HOST="evil.example",
        HTTP_FORWARDED="host=evil.example",
    )
    (letter,) = postman()
    assert f"\n{settings.CITYPLUS.public_url}/account/password/reset/" in letter.body
    assert "evil" not in letter.body


def test_a_host_that_is_not_ours_gets_no_letter_sent(anna: Person, postman: Postman) -> None:
    refused = Client().post("/account/password/reset/", {"email": "anna@example.org"}, HTTP_HOST="evil.example")
    assert refused.status_code == 400
    assert postman() == []


def test_the_key_is_not_on_the_page_where_one_types(anna: Person, postman: Postman) -> None:
    link = asked_for(postman)
    key = link.rstrip("/").rsplit("-", 1)[1]
    page = Client().get(link, follow=True)
    assert key not in page.content.decode()
    assert key not in page.request["PATH_INFO"]
    assert page.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "no-store" in page.headers["Cache-Control"]


@pytest.mark.parametrize(
    "key", ["1-abc-def", "zzzzzzzzzzzzzz-abc-def", "0-set-password", "1-set-password", "1-%00", "1-" + "a" * 2000]
)
def test_a_made_up_key_opens_nothing(anna: Person, key: str) -> None:
    page = Client().get(f"/account/password/reset/{key}/")
    assert page.status_code in {200, 404}
    if page.status_code == 200:
        assert DEAD in page.content.decode()


def test_the_second_lock_stays(with_app: tuple[Client, str], postman: Postman) -> None:
    client = Client()
    link = asked_for(postman)
    client.get(link)
    client.post(link.rsplit("-", 2)[0] + "-set-password/", {"password1": NEW})
    assert enter(client, password=NEW).headers["Location"] == "/account/session/second/"
