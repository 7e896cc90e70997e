"""A51: guesses end at the written number, whoever counts, however the name is written; and the owner still comes in."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.db import connections
from django.test import Client
from pytest_django import Settings

from cityplus.people import patience
from cityplus.people.models import Person
from cityplus.people.tests.conftest import PASSWORD, Postman, code_of, enter

EVIL, HOME = "203.0.113.66", "198.51.100.1"
HERE = patience.PASSWORD_HERE.times


def guess(number: int, *, login: str = "anna", address: str = EVIL, **headers: str) -> list[int]:
    return [enter(Client(), login, f"guess {i}", REMOTE_ADDR=address, **headers).status_code for i in range(number)]


def test_guesses_end_at_the_written_number(anna: Person) -> None:
    assert guess(HERE + 3) == [200] * HERE + [429] * 3
    refused = enter(Client(), REMOTE_ADDR=EVIL)
    assert refused.status_code == 429, "also with the right password: else the answer would tell it"
    assert 0 < int(refused.headers["Retry-After"]) <= patience.PASSWORD_HERE.seconds
    page = refused.content.decode()
    assert "A little patience" in page
    assert "10 minutes" in page
    assert "no-store" in refused.headers["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_guesses_that_come_together_end_at_the_written_number(anna: Person) -> None:
    statuses: list[int] = []
    begin = threading.Barrier(6)

    def attack() -> None:
        begin.wait()
        statuses.extend(guess(5))
        connections.close_all()

    threads = [threading.Thread(target=attack) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(statuses) == {200: HERE, 429: 30 - HERE}


def test_the_owner_comes_in_from_elsewhere_meanwhile(anna: Person) -> None:
    guess(HERE + 60)
    assert enter(Client(), REMOTE_ADDR=HOME).status_code == 302


def test_how_the_name_is_written_makes_no_new_count(anna: Person) -> None:
    ways = ["anna", "ANNA", " Anna", "anna@example.org", "Anna@Example.Org"]
    statuses = [enter(Client(), ways[i % 5], "wrong", REMOTE_ADDR=EVIL).status_code for i in range(HERE + 5)]
    assert statuses == [200] * HERE + [429] * 5


def test_an_ipv6_network_is_one_attacker(anna: Person) -> None:
    statuses = [
        enter(Client(), password="wrong", REMOTE_ADDR=f"2001:db8::{i:x}").status_code for i in range(1, HERE + 4)
    ]
    assert statuses == [200] * HERE + [429] * 3
    assert enter(Client(), REMOTE_ADDR="2001:db8:0:1::1").status_code == 302


def test_what_a_visitor_writes_into_headers_makes_no_new_count(anna: Person, settings: Settings) -> None:
    spoofed = [
        enter(Client(), password="wrong", REMOTE_ADDR=EVIL, HTTP_X_FORWARDED_FOR=f"10.0.0.{i}").status_code
        for i in range(HERE + 1)
    ]
    assert spoofed == [200] * HERE + [429]
    settings.CITYPLUS = replace(django_settings.CITYPLUS, proxies=1)
    by_proxy = [
        enter(
            Client(), password="wrong", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=f"10.0.0.{i}, 192.0.2.9"
        ).status_code
        for i in range(HERE + 1)
    ]
    assert by_proxy == [200] * HERE + [429], "the visitors of a proxy are not one visitor, and each is one"
    other = enter(Client(), REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="192.0.2.10")
    assert other.status_code == 302


def test_one_network_that_tries_many_names_is_refused(db: None) -> None:
    most = patience.NETWORK.times
    statuses = [enter(Client(), f"name{i}", REMOTE_ADDR=EVIL).status_code for i in range(most + 2)]
    assert statuses == [200] * most + [429] * 2


def test_many_networks_that_try_one_name_are_refused(anna: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PASSWORD", replace(patience.PASSWORD, times=20))
    statuses = [guess(1, address=f"192.0.2.{i}")[0] for i in range(22)]
    assert statuses == [200] * 20 + [429] * 2


def test_who_knows_the_password_is_not_slowed_down(anna: Person) -> None:
    assert [enter(Client(), REMOTE_ADDR=HOME).status_code for _ in range(HERE + 5)] == [302] * (HERE + 5)


def test_right_passwords_between_do_not_free_guesses(anna: Person, bram: Person) -> None:
    """An attacker with an account of their own must not clear the count of the network by it."""
    statuses = []
    for i in range(HERE + 3):
        statuses += guess(1)
        assert enter(Client(), "bram", REMOTE_ADDR=EVIL).status_code == 302, i
    assert statuses == [200] * HERE + [429] * 3


def test_codes_are_limited_as_passwords_are(with_app: tuple[Client, str]) -> None:
    client = Client(REMOTE_ADDR=EVIL)
    enter(client)
    most = patience.CODE_HERE.times
    statuses = [client.post("/account/session/second/", {"code": f"{i:06}"}).status_code for i in range(most + 2)]
    assert statuses == [200] * most + [429] * 2
    at_home = Client(REMOTE_ADDR=HOME)
    enter(at_home)
    assert at_home.post("/account/session/second/", {"code": code_of(with_app[1], 1)}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_code_typed_twice_at_the_same_time_opens_once(with_app: tuple[Client, str], settings: Settings) -> None:
    """The cache of one process knows nothing of the others, so here there is none."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    clients = [Client() for _ in range(4)]
    for client in clients:
        enter(client)
    code, begin, statuses = code_of(with_app[1], 1), threading.Barrier(4), []

    def type_it(client: Client) -> None:
        begin.wait()
        statuses.append(client.post("/account/session/second/", {"code": f" {code[:3]}-{code[3:]} "}).status_code)
        connections.close_all()

    threads = [threading.Thread(target=type_it, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200, 200, 200, 302]


def test_the_present_password_is_limited_too(at_home: Client) -> None:
    most = patience.OLD_PASSWORD.times
    form = {"oldpassword": "wrong", "password1": "another long password"}
    statuses = [at_home.post("/account/password/", form).status_code for _ in range(most + 1)]
    assert statuses == [200] * most + [429]


def test_asking_once_more_is_limited_too(anna: Person) -> None:
    client = Client(REMOTE_ADDR=EVIL)
    enter(client)
    statuses = [client.post("/account/session/again/", {"password": "x"}).status_code for _ in range(HERE + 1)]
    assert statuses == [200] * HERE + [429]


def test_resets_are_limited_by_network_and_by_address(anna: Person, postman: Postman) -> None:
    def ask(email: str, address: str) -> int:
        return Client().post("/account/password/reset/", {"email": email}, REMOTE_ADDR=address).status_code

    by_network = [ask(f"a{i}@example.org", EVIL) for i in range(patience.RESET.times + 2)]
    assert by_network == [302] * patience.RESET.times + [429] * 2
    postman()
    by_address = [
        ask(f"{'ANNA' if i % 2 else 'anna'}@example.org", f"192.0.2.{i}") for i in range(patience.LETTERS.times + 2)
    ]
    assert by_address == [302] * patience.LETTERS.times + [429] * 2
    assert len(postman()) == patience.LETTERS.times


def test_letters_of_confirmation_are_limited(anna: Person, postman: Postman) -> None:
    EmailAddress.objects.filter(user=anna).update(verified=False)
    assert [enter(Client()).status_code for _ in range(8)] == [302] * 8
    assert len(postman()) == patience.LETTERS.times


def test_sign_ups_are_limited(db: None, settings: Settings) -> None:
    settings.CITYPLUS = replace(django_settings.CITYPLUS, sign_up=True)
    form = {"password1": PASSWORD, "born": "1990-05-01"}
    statuses = [
        Client()
        .post("/account/new/", form | {"username": f"u{i}", "email": f"u{i}@example.org"}, REMOTE_ADDR=EVIL)
        .status_code
        for i in range(patience.SIGN_UP.times + 1)
    ]
    assert statuses == [302] * patience.SIGN_UP.times + [429]


def test_challenges_for_passkeys_are_limited(db: None) -> None:
    most = patience.PASSKEY.times
    statuses = [Client().get("/account/session/passkey/", REMOTE_ADDR=EVIL).status_code for _ in range(most + 1)]
    assert statuses == [200] * most + [429]


def test_addresses_of_an_account_are_limited(at_home: Client) -> None:
    form = {"action_add": "1"}
    at_home.post("/account/email/", form | {"email": "b1@example.org"})
    statuses = []
    for i in range(patience.ADDRESSES.times):
        statuses.append(at_home.post("/account/email/", form | {"email": f"c{i}@example.org"}).status_code)
        at_home.post("/account/email/", {"email": f"c{i}@example.org", "action_remove": "1"})
    assert statuses == [302] * (patience.ADDRESSES.times - 1) + [429]
