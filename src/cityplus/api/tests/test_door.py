"""How answers travel: kept, unchanged, without a body, to pages of other origins, and without knowing who asks."""

from __future__ import annotations

import gzip

import pytest
from conftest import sign_in
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cityplus.api import door
from cityplus.api.tests.conftest import ROOT, Network
from cityplus.people.models import Person

CITY = f"{ROOT}/cities/thehague"


def test_nothing_changed(network: Network, stranger: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first = stranger.get(CITY)
    with django_assert_num_queries(1):  # how far the journal has come
        again = stranger.get(CITY, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert first.headers["Cache-Control"] == "no-cache"
    assert first.headers["Vary"] == "Accept, Accept-Language, Accept-Encoding"


def test_what_changed_is_told(network: Network, stranger: Client) -> None:
    before = stranger.get(f"{ROOT}/routes")
    network.route.withdraw(by="test")
    after = stranger.get(f"{ROOT}/routes", headers={"if-none-match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.headers["ETag"] != before.headers["ETag"]


@pytest.mark.parametrize("path", [f"{ROOT}/cities", f"{ROOT}/openapi.json", CITY])
def test_head_is_get_without_a_body(network: Network, stranger: Client, path: str) -> None:
    for _ in range(2):  # made, and kept
        get, head = stranger.get(path), stranger.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert int(head.headers["Content-Length"]) == len(get.content)
        assert head.headers["ETag"] == get.headers["ETag"]
    missing = stranger.head(f"{ROOT}/cities/nowhere")
    assert (missing.status_code, missing.content) == (404, b"")


def test_answers_are_packed(network: Network, stranger: Client) -> None:
    packed = stranger.get(CITY, headers={"accept-encoding": "gzip"})
    assert gzip.decompress(packed.content) == stranger.get(CITY).content


@pytest.mark.parametrize("path", [CITY, f"{ROOT}/cities/nowhere", f"{ROOT}/cities?x=1", f"{ROOT}/openapi.json"])
def test_pages_of_every_origin_may_read_it(network: Network, stranger: Client, path: str) -> None:
    answer = stranger.get(path, headers={"origin": "https://elsewhere.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert answer.headers["Access-Control-Expose-Headers"] == "Content-Language, ETag, Link"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_the_preflight(network: Network, stranger: Client) -> None:
    asked = {"origin": "https://elsewhere.example", "access-control-request-method": "GET"}
    answer = stranger.options(CITY, headers=asked)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Access-Control-Allow-Methods"] == answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]
    assert stranger.options(f"{ROOT}/nothing").status_code == 404


def test_a_cookie_changes_nothing(network: Network, stranger: Client, owner: Person) -> None:
    plain, signed_in = stranger.get(CITY), sign_in(owner).get(CITY)
    assert signed_in.content == plain.content
    assert dict(signed_in.headers) == dict(plain.headers)
    assert not signed_in.cookies


def test_other_pages_are_not_touched(network: Network, stranger: Client) -> None:
    page = stranger.get("/@thehague/")
    assert page.headers["Vary"] == "Cookie, Accept-Encoding"
    assert "Access-Control-Allow-Origin" not in page.headers


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("", True),
        ("*/*", True),
        ("application/json", True),
        ("application/*;q=0.1", True),
        ("text/html, */*;q=0.1", True),
        ("APPLICATION/JSON; charset=utf-8", True),
        ("text/html", False),
        ("application/json;q=0", False),
        ("application/json;q=0, */*", False),
        ("garbage", False),
        (";;,,;q=x", False),
    ],
)
def test_who_takes_json(header: str, taken: bool) -> None:
    assert door.accepts_json(header) is taken
