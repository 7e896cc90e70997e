"""Passkeys: made, used in place of a password, as a second lock, renamed, removed; and what is no passkey of ours."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client
from fido2.utils import websafe_encode

from cityplus.people.models import Person
from cityplus.people.tests.conftest import enter
from cityplus.people.tests.soft_passkey import FLAG, SoftPasskey


def options_on(page: HttpResponse) -> Any:
    found = re.search(r'<script id="passkey-options" type="application/json">(.*?)</script>', page.content.decode())
    assert found
    return json.loads(found[1])


def add(client: Client, key: SoftPasskey, name: str = "phone") -> HttpResponse:
    options = options_on(client.get("/account/passkeys/new/"))  # type: ignore[arg-type]
    return client.post("/account/passkeys/new/", {"name": name, "credential": key.make(options)})  # type: ignore[return-value]


@pytest.fixture
def key(at_home: Client) -> SoftPasskey:
    """Anna's passkey."""
    key = SoftPasskey()
    assert add(at_home, key).headers["Location"] == "/account/recovery-codes/"
    return key


def open_with(client: Client, key: SoftPasskey, **changed: Any) -> HttpResponse:
    options = client.get("/account/session/passkey/").json()
    return client.post("/account/session/passkey/", {"credential": key.answer(options, **changed)})  # type: ignore[return-value]


def test_a_passkey_opens_the_account_alone(key: SoftPasskey) -> None:
    client = Client()
    assert open_with(client, key).headers["Location"] == "/account/"
    assert "phone" in client.get("/account/").content.decode()


def test_the_way_goes_on_to_where_one_wanted(key: SoftPasskey) -> None:
    client = Client()
    options = client.get("/account/session/passkey/").json()
    form = {"credential": key.answer(options), "next": "/ja/account/sessions/"}
    assert client.post("/account/session/passkey/", form).headers["Location"] == "/ja/account/sessions/"


def test_with_a_passkey_the_password_alone_opens_no_longer(key: SoftPasskey) -> None:
    client = Client()
    assert enter(client).headers["Location"] == "/account/session/second/"
    options = options_on(client.get("/account/session/second/"))  # type: ignore[arg-type]
    answer = client.post("/account/session/second/", {"credential": key.answer(options)})
    assert answer.headers["Location"] == "/account/"


def test_a_challenge_is_answered_once(key: SoftPasskey) -> None:
    client = Client()
    options = client.get("/account/session/passkey/").json()
    form = {"credential": key.answer(options)}
    assert client.post("/account/session/passkey/", form).headers["Location"] == "/account/"
    client.post("/account/session/end/")
    assert client.post("/account/session/passkey/", form).headers["Location"] == "/account/session/"
    assert client.get("/account/").status_code == 302


def test_a_key_must_have_checked_who_holds_it(at_home: Client) -> None:
    careless = SoftPasskey(flags=FLAG.UP)
    page = add(at_home, careless)
    assert page.status_code == 200
    assert "This passkey was not accepted." in page.content.decode()
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"flags": FLAG.UP},
        {"origin": "https://evil.example"},
        {"origin": "http://localhost.evil.example"},
        {"rp_id": "evil.example"},
        {"identity": b"0123456789abcdef"},
        {"key": SoftPasskey().key},
        {"handle": websafe_encode(b"999999")},
        {"handle": websafe_encode(b"9" * 60)},
        {"handle": websafe_encode(b"\xff")},
    ],
    ids=[
        "not verified",
        "other origin",
        "other host",
        "other site",
        "other name",
        "other key",
        "nobody",
        "huge",
        "no text",
    ],
)
def test_what_is_not_this_key_opens_nothing(key: SoftPasskey, changed: dict[str, Any]) -> None:
    for name, value in changed.items():
        setattr(key, name, value)
    client = Client()
    assert open_with(client, key).headers["Location"] == "/account/session/"
    assert client.get("/account/").status_code == 302
    assert "not right" in client.get("/account/session/").content.decode()


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "null",
        "[]",
        "{}",
        '"x"',
        "{",
        '{"id": 1}',
        '{"id":"eA","rawId":"eA","type":"public-key","response":{}}',
        "1e999",
        "[" * 5000,
    ],
)
def test_nonsense_is_refused_without_breaking(db: None, stranger: Client, credential: str) -> None:
    stranger.get("/account/session/passkey/")
    answer = stranger.post("/account/session/passkey/", {"credential": credential})
    assert answer.headers["Location"] == "/account/session/"


@pytest.mark.parametrize("part", ["clientDataJSON", "authenticatorData", "signature", "userHandle"])
@pytest.mark.parametrize("value", [None, 7, [], "", "A", "!!", "AAAA", "_" * 3000])
def test_an_answer_with_a_broken_part_opens_nothing(key: SoftPasskey, part: str, value: object) -> None:
    client = Client()
    assert open_with(client, key, **{part: value}).headers["Location"] == "/account/session/"
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize("value", [None, 7, [], "", "A", "AAAA", "o2NmbXRkbm9uZQ"])
@pytest.mark.parametrize("part", ["clientDataJSON", "attestationObject"])
def test_a_new_key_with_a_broken_part_is_not_kept(at_home: Client, part: str, value: object) -> None:
    options = options_on(at_home.get("/account/passkeys/new/"))  # type: ignore[arg-type]
    made = json.loads(SoftPasskey().make(options))
    made["response"][part] = value
    page = at_home.post("/account/passkeys/new/", {"name": "x", "credential": json.dumps(made)})
    assert page.status_code == 200
    assert not Authenticator.objects.exists()


def test_the_key_of_a_closed_account_opens_nothing(key: SoftPasskey, anna: Person) -> None:
    anna.entitle(active=False, office=False, by="operator")
    client = Client()
    assert open_with(client, key).headers["Location"] == "/account/session/"
    assert client.get("/account/").status_code == 302


def test_one_renames_and_removes_ones_own(key: SoftPasskey, at_home: Client) -> None:
    number = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).pk
    at_home.post(f"/account/passkeys/{number}/", {"name": "key ring <b>"})
    assert "key ring &lt;b&gt;" in at_home.get("/account/passkeys/").content.decode()
    assert at_home.post(f"/account/passkeys/{number}/end/").headers["Location"] == "/account/passkeys/"
    assert not Authenticator.objects.exists()
    assert open_with(Client(), key).headers["Location"] == "/account/session/"


def test_the_same_challenge_goes_to_everybody(key: SoftPasskey, db: None) -> None:
    """It asks for any passkey of this site and names nobody's."""
    options = Client().get("/account/session/passkey/").json()["request_options"]["publicKey"]
    assert set(options) == {"challenge", "rpId", "userVerification"} | (set(options) & {"timeout", "allowCredentials"})
    assert not options.get("allowCredentials")
    assert options["rpId"] == "localhost"
    assert options["userVerification"] == "required"
