"""A52: a session is one's own, ends when it is ended, and no lock is walked around."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings as django_settings
from django.test import Client

from cityplus.people.models import Person
from cityplus.people.tests.conftest import PASSWORD, Postman, code_of, enter, link_in

OWN_PAGES = [
    "/account/", "/account/email/", "/account/password/", "/account/app/", "/account/recovery-codes/",
    "/account/recovery-codes/file/", "/account/passkeys/", "/account/passkeys/new/", "/account/sessions/",
]  # fmt: skip


def test_a_session_that_somebody_else_chose_is_not_kept(anna: Person) -> None:
    engine = import_module(django_settings.SESSION_ENGINE)
    chosen = engine.SessionStore()
    chosen["planted"] = "yes"
    chosen.save()
    victim = Client()
    victim.cookies["session"] = chosen.session_key
    enter(victim)
    assert victim.cookies["session"].value != chosen.session_key
    attacker = Client()
    attacker.cookies["session"] = chosen.session_key
    assert attacker.get("/account/").status_code == 302


def test_a_session_that_ended_opens_nothing(anna: Person) -> None:
    client, thief = Client(), Client()
    enter(client)
    thief.cookies["session"] = client.cookies["session"].value
    assert thief.get("/account/").status_code == 200
    client.post("/account/session/end/")
    assert thief.get("/account/").status_code == 302


def test_a_closed_account_is_out_at_its_next_step(anna: Person) -> None:
    client = Client()
    enter(client)
    anna.entitle(active=False, office=False, by="operator")
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize(
    "path", ["/account/session/", "/account/password/", "/account/sessions/", "/account/session/end/"]
)
def test_a_form_of_another_site_is_refused(anna: Person, path: str, kind: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(anna)
    body = json.dumps({"login": "anna", "password": PASSWORD, "end": "others"})
    assert client.post(path, body, content_type=kind, HTTP_ORIGIN="https://evil.example").status_code == 403
    assert client.get("/account/").status_code == 200


def test_the_second_lock_is_not_walked_around(with_app: tuple[Client, str]) -> None:
    client = Client()
    enter(client)
    for path in [*OWN_PAGES, "/account/session/again/", "/account/session/again/code/", "/operator/"]:
        answer = client.get(path)
        assert answer.status_code in {302, 404}, path
        assert "/account/session/" in answer.headers.get("Location", "/account/session/"), path
    for path in ("/account/password/", "/account/app/end/", "/account/recovery-codes/new/", "/account/email/"):
        client.post(path, {"action_remove": "1", "email": "anna@example.org"})
    assert Authenticator.objects.count() == 2
    assert client.get("/account/").status_code == 302


def test_the_second_lock_of_another_is_not_opened_by_ones_own_key(with_app: tuple[Client, str], bram: Person) -> None:
    """Who has a password of Anna and a code of their own gets nowhere."""
    client = Client()
    enter(client)
    assert client.post("/account/session/second/", {"code": code_of("JBSWY3DPEHPK3PXP")}).status_code == 200
    straight = Client()
    assert straight.get("/account/session/second/").headers["Location"] == "/account/session/"
    assert (
        straight.post("/account/session/second/", {"code": code_of(with_app[1], 1)}).headers["Location"]
        == "/account/session/"
    )


def test_a_link_to_confirm_does_not_sign_in_past_the_second_lock(
    with_app: tuple[Client, str], postman: Postman
) -> None:
    with_app[0].post("/account/email/", {"email": "more@example.org", "action_add": "1"})
    (letter,) = [letter for letter in postman() if letter.to == ["more@example.org"]]
    client = Client()
    enter(client)
    client.post(link_in(letter))
    assert client.get("/account/").status_code == 302


def test_the_device_of_another_is_not_ended(anna: Person, bram: Person) -> None:
    anna_s, bram_s = Client(), Client()
    enter(anna_s)
    enter(bram_s, "bram")
    number = UserSession.objects.get(user=anna).pk
    for which in (number, 0, -1, 10**30, "others'", ""):
        assert bram_s.post("/account/sessions/", {"end": which}).status_code == 404
    bram_s.post("/account/sessions/", {"end": "others"})
    assert anna_s.get("/account/").status_code == 200


def test_keys_of_another_are_not_there(with_app: tuple[Client, str], anna: Person, bram: Person) -> None:
    key = Authenticator.objects.create(
        user=anna, type=Authenticator.Type.WEBAUTHN, data={"name": "phone", "credential": {}}
    )
    client = Client()
    enter(client, "bram")
    client.post("/account/session/again/", {"password": PASSWORD})
    for path in (f"/account/passkeys/{key.pk}/", f"/account/passkeys/{key.pk}/end/"):
        assert client.get(path).status_code == 404
        assert client.post(path, {"name": "mine"}).status_code == 404
    assert client.get("/account/app/end/").status_code == 404
    assert client.get("/account/recovery-codes/").status_code == 404
    assert client.get("/account/recovery-codes/file/").status_code == 404
    client.post("/account/email/", {"email": "anna@example.org", "action_remove": "1"})
    assert EmailAddress.objects.filter(user=anna).count() == 1


def test_no_page_of_an_account_is_kept_by_a_cache(with_app: tuple[Client, str]) -> None:
    for path in OWN_PAGES:
        answer = with_app[0].get(path)
        assert "no-store" in answer.headers["Cache-Control"], path
        assert "private" in answer.headers["Cache-Control"], path


def test_strangers_are_led_to_the_door_from_every_page(db: None, stranger: Client) -> None:
    for path in OWN_PAGES:
        answer = stranger.get(path)
        assert answer.status_code == 302, path
        assert answer.headers["Location"].startswith("/account/session/?next="), path


def test_what_is_kept_of_a_change_that_was_held_up_holds_no_password(anna: Person) -> None:
    client = Client()
    enter(client)
    form = {"email": "x@example.org", "action_add": "1"}
    assert client.post("/account/email/", form).headers["Location"].startswith("/account/session/again/")
    client.post("/account/session/again/", {"password": "not " + PASSWORD})
    assert PASSWORD not in json.dumps(dict(client.session))


def test_with_https_the_cookies_belong_to_this_host_alone() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "from cityplus.config import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, "
         "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE)"],
        env={"CITYPLUS_HTTPS": "yes", "CITYPLUS_SECRET_KEY": "x", "CITYPLUS_BASE_URL": "https://cityplus.example", "PATH": ""},
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert told.stdout.split() == ["__Host-session", "__Host-csrf", "True", "True", "True", "Lax"]


EVILS = [
    "https://evil.example/", "//evil.example/", "///evil.example/", "/\\evil.example", "\\\\evil.example", "http:evil.example",
    "javascript:alert(1)", "https://testserver@evil.example/", "https://testserver.evil.example/",
    "http://localhost/elsewhere", "http://127.0.0.1:9/", "\x08//evil.example", "https:///evil.example",
]  # fmt: skip


@pytest.mark.parametrize("evil", EVILS)
def test_nobody_is_sent_to_another_host(anna: Person, evil: str) -> None:
    page = Client().get("/account/session/", {"next": evil}).content.decode()
    assert re.findall(r'name="next" value="([^"]*)"', page.partition("<main")[2]) == ["", ""]
    client = Client()
    assert enter(client, next=evil).headers["Location"] == "/account/"
    assert client.post("/account/session/end/", {"next": evil}).headers["Location"] == "/"
