"""The second lock: authenticator app and recovery codes."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django import Settings

from cityplus.people.models import Person
from cityplus.people.tests.conftest import PASSWORD, Postman, code_of, enter

Signed = tuple[Client, str]


@pytest.mark.django_db(transaction=True)  # what is told after the commit is told in this test
def test_an_app_is_asked_for_at_the_next_sign_in(with_app: Signed, postman: Postman) -> None:
    _, secret = with_app
    client = Client()
    assert enter(client).headers["Location"] == "/account/session/second/"
    assert client.get("/account/").status_code == 302
    wrong = client.post("/account/session/second/", {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    assert client.post("/account/session/second/", {"code": code_of(secret, 1)}).headers["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    assert [letter.subject for letter in postman()] == ["An authenticator app was added"]


def test_the_way_goes_on_to_where_one_wanted(with_app: Signed) -> None:
    client = Client()
    enter(client, next="/nl/account/sessions/")
    answer = client.post("/account/session/second/", {"code": code_of(with_app[1], 1)})
    assert answer.headers["Location"] == "/nl/account/sessions/"


def test_the_picture_and_the_secret_are_on_the_page(at_home: Client) -> None:
    page = at_home.get("/account/app/").content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    assert re.search(r'class="app-key" dir="ltr">[A-Z2-7]{32}<', page)


def test_a_wrong_first_code_sets_nothing_up(at_home: Client, anna: Person) -> None:
    at_home.get("/account/app/")
    page = at_home.post("/account/app/", {"code": "123456"})
    assert "This code is not right" in page.content.decode()
    assert not Authenticator.objects.exists()


def test_each_recovery_code_opens_once(with_app: Signed) -> None:
    codes = re.findall(r"<code>(\d+)</code>", with_app[0].get("/account/recovery-codes/").content.decode())
    assert len(codes) == 10
    file = with_app[0].get("/account/recovery-codes/file/")
    assert file.content.decode().split() == codes
    assert "no-store" in file.headers["Cache-Control"]
    client = Client()
    enter(client)
    assert client.post("/account/session/second/", {"code": codes[0]}).headers["Location"] == "/account/"
    again = Client()
    enter(again)
    assert again.post("/account/session/second/", {"code": codes[0]}).status_code == 200
    assert again.post("/account/session/second/", {"code": codes[1]}).status_code == 302


def test_new_recovery_codes_void_the_old(with_app: Signed) -> None:
    client = with_app[0]
    before = re.findall(r"<code>(\d+)</code>", client.get("/account/recovery-codes/").content.decode())
    assert client.post("/account/recovery-codes/new/").headers["Location"] == "/account/recovery-codes/"
    after = re.findall(r"<code>(\d+)</code>", client.get("/account/recovery-codes/").content.decode())
    assert not set(before) & set(after)


def test_removing_the_app_removes_the_lock(with_app: Signed) -> None:
    assert with_app[0].get("/account/app/").headers["Location"] == "/account/app/end/"
    assert with_app[0].post("/account/app/end/").headers["Location"] == "/account/"
    assert not Authenticator.objects.exists(), "recovery codes of no lock"
    assert enter(Client()).headers["Location"] == "/account/"


def test_secrets_stand_encrypted_in_the_database(with_app: Signed) -> None:
    app = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert with_app[1] not in str(app.data)
    assert app.data["secret"].startswith("gAAAA")


def test_a_secret_that_cannot_be_read_opens_nothing(with_app: Signed, settings: Settings) -> None:
    """Another secret key, as after a restore without it: codes do not fit, and recovery codes of nothing do not either."""
    settings.SECRET_KEY = "another secret key, after a restore that forgot the file"
    client = Client()
    enter(client)
    assert client.post("/account/session/second/", {"code": code_of(with_app[1], 1)}).status_code == 200
    seed_of_nothing = "".join(filter(str.isdigit, code_of("")))
    assert client.post("/account/session/second/", {"code": seed_of_nothing}).status_code == 200
    assert client.get("/account/").status_code == 302


def test_a_change_that_matters_asks_once_more(anna: Person) -> None:
    client = Client()
    enter(client)
    asked = client.get("/account/app/")
    assert asked.headers["Location"] == "/account/session/again/?next=%2Faccount%2Fapp%2F"
    assert (
        "This is not your password." in client.post(asked.headers["Location"], {"password": "wrong"}).content.decode()
    )
    answer = client.post(asked.headers["Location"], {"password": PASSWORD})
    assert answer.headers["Location"] == "/account/app/"
    assert client.get("/account/app/").status_code == 200
