"""Changing a password, and getting a new one by a letter."""

from __future__ import annotations

from django.test import Client

from cityplus.people.models import Person
from cityplus.people.tests.conftest import PASSWORD, Postman, enter, link_in

NEW = "another long password"


def test_a_new_password_ends_every_other_device(anna: Person, at_home: Client, postman: Postman) -> None:
    elsewhere = Client()
    enter(elsewhere)
    assert elsewhere.get("/account/").status_code == 200
    answer = at_home.post("/account/password/", {"oldpassword": PASSWORD, "password1": NEW})
    assert answer.headers["Location"] == "/account/"
    assert at_home.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    assert enter(Client()).status_code == 200
    assert enter(Client(), password=NEW).status_code == 302
    assert [letter.subject for letter in postman()] == ["Your password was changed"]


def test_the_present_password_is_asked_for(anna: Person, at_home: Client) -> None:
    page = at_home.post("/account/password/", {"oldpassword": "not this one", "password1": NEW})
    assert page.status_code == 200
    assert "This is not your present password." in page.content.decode()
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


def test_a_common_or_short_password_is_refused_with_a_sentence(anna: Person, at_home: Client) -> None:
    for weak in ("short", "password123"):
        page = at_home.post("/account/password/", {"oldpassword": PASSWORD, "password1": weak}).content.decode()
        assert 'id="id_password1_error"' in page
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


def test_a_letter_leads_to_a_new_password(anna: Person, stranger: Client, postman: Postman) -> None:
    sent = stranger.post("/account/password/reset/", {"email": "anna@example.org"})
    assert sent.headers["Location"] == "/account/password/reset/sent/"
    (letter,) = postman()
    assert letter.to == ["anna@example.org"]
    form = stranger.get(link_in(letter), follow=True)
    assert form.request["PATH_INFO"].endswith("-set-password/"), "the key stays in the address"
    done = stranger.post(form.request["PATH_INFO"], {"password1": NEW})
    assert done.headers["Location"] == "/account/password/reset/done/"
    assert stranger.get("/account/").status_code == 302, "a reset signs nobody in"
    assert enter(stranger, password=NEW).status_code == 302
    assert [told.subject for told in postman()] == ["Your password was changed"]


def test_an_address_without_an_account_is_told_so_by_letter_only(db: None, stranger: Client, postman: Postman) -> None:
    sent = stranger.post("/account/password/reset/", {"email": "nobody@example.org"})
    assert sent.headers["Location"] == "/account/password/reset/sent/"
    (letter,) = postman()
    assert letter.subject == "No account with this address"
    assert "account/password/reset/" not in letter.body


def test_password_managers_find_the_page(db: None, stranger: Client) -> None:
    assert stranger.get("/.well-known/change-password").headers["Location"] == "/account/password/"
