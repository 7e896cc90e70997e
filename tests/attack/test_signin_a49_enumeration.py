"""A49: nobody learns from an answer, or from its time, whether an address has an account."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.conf import settings as django_settings
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings
from tests.attack.hasher import Hasher

from cityplus.limits import Limit
from cityplus.people import patience
from cityplus.people.models import Person
from cityplus.people.tests.conftest import PASSWORD, Postman

KNOWN, UNKNOWN = "anna@example.org", "otto@example.org"
Ask = Callable[[Client, str], HttpResponse]


def sign_in(client: Client, address: str) -> HttpResponse:
    return client.post("/account/session/", {"login": address, "password": "a wrong password"})  # type: ignore[return-value]


def sign_in_by_name(client: Client, address: str) -> HttpResponse:
    return sign_in(client, address.partition("@")[0])


def reset(client: Client, address: str) -> HttpResponse:
    return client.post("/account/password/reset/", {"email": address})  # type: ignore[return-value]


def sign_up(client: Client, address: str) -> HttpResponse:
    name = f"n{time.monotonic_ns()}"
    return client.post(
        "/account/new/", {"username": name, "email": address, "password1": PASSWORD, "born": "1990-05-01"}
    )  # type: ignore[return-value]


WAYS = pytest.mark.parametrize("ask", [sign_in, sign_in_by_name, reset, sign_up])


@pytest.fixture(autouse=True)
def open_and_patient(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Sign-up is open, and no limit ends the comparison."""
    settings.CITYPLUS = replace(django_settings.CITYPLUS, sign_up=True)
    for name, value in vars(patience).items():
        if isinstance(value, Limit) and value.times > 1:
            monkeypatch.setattr(patience, name, replace(value, times=10_000))
    yield


def seen(answer: HttpResponse, address: str) -> tuple[int, str, str, dict[str, str], list[str]]:
    """All that a stranger sees, without what was typed and what differs each time."""
    body = answer.content.decode().replace(address, "ADDRESS").replace(address.partition("@")[0], "NAME")
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body)
    headers = {name: value for name, value in answer.headers.items() if name not in {"Expires", "Content-Length"}}
    return answer.status_code, answer.headers.get("Location", ""), body, headers, sorted(answer.cookies)


@WAYS
def test_the_answers_are_equal(anna: Person, ask: Ask) -> None:
    known, unknown = Client(), Client()
    assert seen(ask(known, KNOWN), KNOWN) == seen(ask(unknown, UNKNOWN), UNKNOWN)
    for page in ("/account/session/", "/account/email/sent/", "/account/password/reset/sent/", "/account/"):
        assert seen(known.get(page), KNOWN) == seen(unknown.get(page), UNKNOWN), page  # type: ignore[arg-type]


@WAYS
def test_the_times_are_equal(db: None, settings: Settings, ask: Ask) -> None:
    """Of the processor: what others do on this machine at the same time tells nothing."""
    settings.PASSWORD_HASHERS = [f"{Hasher.__module__}.Hasher"]
    Person.enrol("anna", KNOWN, PASSWORD)
    times: dict[str, list[float]] = {KNOWN: [], UNKNOWN: [], "one hash": []}
    for number in range(31):
        for address in (KNOWN, UNKNOWN) if number % 2 else (UNKNOWN, KNOWN):
            client = Client()
            asked = f"{number}{address}" if (ask, address) == (sign_up, UNKNOWN) else address
            times[address].append(spent(lambda: ask(client, asked)))  # noqa: B023 - called at once
        times["one hash"].append(spent(lambda: Person().set_password(PASSWORD)))
    known, unknown, one_hash = (statistics.median(values[1:]) for values in times.values())
    assert abs(known - unknown) < 0.4 * one_hash, (
        f"known {known:.4f} s, unknown {unknown:.4f} s, a hash {one_hash:.4f} s"
    )


def spent(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def test_both_get_exactly_one_letter(anna: Person, postman: Postman) -> None:
    for ask in (reset, sign_up):
        for address in (KNOWN, UNKNOWN):
            ask(Client(), address)
            assert [letter.to for letter in postman()] == [[address]]
            Person.objects.exclude(pk=anna.pk).delete()


def test_a_limit_is_reached_at_the_same_try(anna: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the limit itself would tell: names that do not exist would never be refused, or the others would be later."""
    monkeypatch.setattr(patience, "PASSWORD_HERE", replace(patience.PASSWORD_HERE, times=3))
    for address in (KNOWN, UNKNOWN, "anna", "otto"):
        statuses = [sign_in(Client(REMOTE_ADDR=f"198.51.100.{len(address)}"), address).status_code for _ in range(5)]
        assert statuses == ([200] * 3 + [429] * 2), address


def test_another_account_s_address_is_added_as_any_other(at_home: Client, bram: Person, postman: Postman) -> None:
    for address in ("bram@example.org", UNKNOWN):
        added = at_home.post("/account/email/", {"email": address, "action_add": "1"})
        assert (added.status_code, added.headers["Location"]) == (302, "/account/email/")
        assert address in at_home.get("/account/email/").content.decode()
    assert [letter.to for letter in postman()] == [["bram@example.org"], [UNKNOWN]]
