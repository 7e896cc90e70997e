"""A37: whatever stands in a name or an address arrives in a letter as it was typed, in one letter to one address."""

from __future__ import annotations

import pytest
from django.test import Client

from cityplus.people import letters
from cityplus.people.models import Letter, Person
from cityplus.people.tests.conftest import PASSWORD, Postman

NASTY = [
    "{x.__class__}", "{{7*7}}", "{% load static %}", "%(key)s", "%s%n", "<b>bold</b>", "Anna\r\nBcc: all@example.org", "%",
]  # fmt: skip


@pytest.mark.parametrize("name", NASTY)
def test_a_name_is_literal(db: None, postman: Postman, name: str) -> None:
    person = Person.enrol(name, "anna@example.org", PASSWORD)
    letters.write("account/email/password_changed", "anna@example.org", person, {"key": "secret", "ip": name})
    (letter,) = postman()
    assert letter.to == ["anna@example.org"]
    assert "\n" not in letter.subject
    assert letter.body.replace("\r", "").count(name.replace("\r", "")) == 3
    assert "secret" not in letter.body
    assert "49" not in letter.body
    assert "<b>" not in str(letter.alternatives[0][0])
    assert set(letter.message().keys()) >= {"Subject", "From", "To"}
    assert "Bcc" not in letter.message()


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org, b@example.org",
        "a@example.org;b@example.org",
        "<a@example.org>",
        "a b@example.org",
    ],
)
def test_what_is_not_one_address_gets_no_letter(db: None, postman: Postman, address: str) -> None:
    page = Client().post("/account/password/reset/", {"email": address})
    assert page.status_code == 200
    assert 'id="id_email_error"' in page.content.decode()
    assert postman() == []


def test_a_subject_is_one_line(db: None, postman: Postman) -> None:
    Letter.post("a@example.org", "one\r\nBcc: b@example.org", "text", "<p>text")
    (letter,) = postman()
    assert letter.subject == "one Bcc: b@example.org"
    assert letter.recipients() == ["a@example.org"]


def test_a_thousand_addresses_are_one_that_is_wrong(db: None, postman: Postman) -> None:
    Client().post("/account/password/reset/", {"email": [f"a{i}@example.org" for i in range(1000)]})
    assert len(postman()) <= 1
