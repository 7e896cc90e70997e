"""`cityplus user`: people whom the operator makes, and helps when they lost their keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from cityplus.config.cli import main
from cityplus.journal.models import Entry
from cityplus.people.models import Person

PASSWORD = "windy pier 1901"
Says = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, db: None) -> None:
    monkeypatch.setenv("CITYPLUS_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("getpass.getpass", lambda prompt: PASSWORD)


def enters(login: str) -> str:
    answer = Client().post("/account/session/", {"login": login, "password": PASSWORD})
    return str(answer.headers.get("Location", ""))


def test_who_is_made_with_an_address_comes_in_by_it() -> None:
    assert main(["user", "add", "anna", "--email", "Anna@Example.org", "--office"]) == 0
    assert enters("anna@example.org") == "/account/"
    person = Person.objects.get()
    assert (person.is_staff, person.is_superuser) == (True, False)


def test_who_is_made_without_one_comes_in_by_name() -> None:
    assert main(["user", "add", "anna"]) == 0
    assert enters("anna") == "/account/"


def test_an_operator_is_made() -> None:
    assert main(["user", "add", "ops", "--operator", "--email", "ops@example.org"]) == 0
    person = Person.objects.get()
    assert (person.is_staff, person.is_superuser) == (False, True)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["anna@example.org"], "a name holds no @"),
        (["anna", "--email", "nowhere"], "nowhere is not an e-mail address"),
        (["anna", "--email", "BRAM@example.org"], "BRAM@example.org belongs to somebody already"),
    ],
)
def test_what_is_no_address_is_told(words: list[str], says: str, capsys: Says) -> None:
    Person.enrol("bram", "bram@example.org", PASSWORD)
    assert main(["user", "add", *words]) == 1
    assert says in capsys.readouterr().err
    assert Person.objects.count() == 1


def test_a_new_password_ends_every_session() -> None:
    person = Person.enrol("anna", "anna@example.org", "an old password")
    client = Client()
    client.force_login(person)
    assert main(["user", "password", "anna"]) == 0
    assert client.get("/account/").status_code == 302
    assert enters("anna") == "/account/"


def test_who_lost_every_key_is_let_in_by_password_again(capsys: Says) -> None:
    person = Person.enrol("anna", "anna@example.org", PASSWORD)
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=person, type=kind, data={"secret": "x", "seed": "x"})
    assert enters("anna") == "/account/session/second/"
    assert main(["user", "unlock", "anna"]) == 0
    assert "2 keys of anna are removed." in capsys.readouterr().out
    assert enters("anna") == "/account/"
    assert Entry.objects.get(verb="person.unlocked").data == {"keys": 2}
    assert main(["user", "unlock", "nobody"]) == 1
