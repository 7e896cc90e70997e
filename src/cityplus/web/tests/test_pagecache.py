"""Kept pages: true as long as they are kept, and kept for strangers only."""

from __future__ import annotations

import gzip
import itertools
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import brotli
import pytest
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import Client
from django.urls import path
from pytest_django import DjangoAssertNumQueries

from cityplus import journal
from cityplus.cities.models import City
from cityplus.web import pagecache
from cityplus.web.context import theme_of
from cityplus.web.pagecache import keep

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

made = itertools.count(1)
meanwhile: list[Callable[[], None]] = []


@keep
def page(request: HttpRequest, name: str) -> HttpResponse:
    """Says how often it was made, so that a test sees whether it was made again."""
    while meanwhile:
        meanwhile.pop()()
    if name == "missing":
        raise Http404
    if name == "elsewhere":
        return HttpResponseRedirect("/pages/here/")
    response = HttpResponse(f"<p>{name}, {theme_of(request)}, made {next(made)} {'so ' * 200}</p>")
    response.headers["X-Extra"] = "kept too"
    if name == "cookie":
        response.set_cookie("seen", "yes")
    return response


def unkept(request: HttpRequest) -> HttpResponse:
    del request
    return HttpResponse(f"made {next(made)}")


urlpatterns = [path("pages/<name>/", page), path("unkept/", unkept)]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The minute of the page cache, moved by hand."""
    clock = SimpleNamespace(now=6000.0)
    monkeypatch.setattr(pagecache, "time", SimpleNamespace(time=lambda: clock.now))
    return clock


@pytest.fixture
def browser(clock: SimpleNamespace) -> Client:
    del clock
    return Client()


def something_happens(city: City) -> None:
    with transaction.atomic():
        journal.record("city.painted", city)


def test_the_second_answer_is_the_first_byte_for_byte(browser: Client) -> None:
    first, second = browser.get("/pages/a/"), browser.get("/pages/a/")
    assert second.content == first.content
    assert second.headers == first.headers
    assert second.headers["X-Extra"] == "kept too"
    assert second.headers["Content-Type"] == "text/html; charset=utf-8"


def test_a_new_entry_of_the_journal_ends_every_kept_page(browser: Client, thehague: City) -> None:
    first = browser.get("/pages/a/")
    something_happens(thehague)
    second = browser.get("/pages/a/")
    assert second.content != first.content
    assert second.headers["ETag"] != first.headers["ETag"]
    assert browser.get("/pages/a/").content == second.content


def test_a_kept_page_ends_with_its_minute(browser: Client, clock: SimpleNamespace) -> None:
    first = browser.get("/pages/a/").content
    clock.now += 59
    assert browser.get("/pages/a/").content == first
    clock.now += 1
    assert browser.get("/pages/a/").content != first


def test_who_carries_a_session_never_gets_a_kept_page(browser: Client) -> None:
    kept = browser.get("/pages/a/").content
    browser.cookies["session"] = "anything"
    assert browser.get("/pages/a/").content != kept
    del browser.cookies["session"]
    assert browser.get("/pages/a/").content == kept  # nor does a page made for a session replace the kept one


def test_themes_are_kept_apart(browser: Client) -> None:
    night = browser.get("/pages/a/").content
    browser.cookies["theme"] = "day"
    day = browser.get("/pages/a/").content
    assert b"day" in day
    assert browser.get("/pages/a/").content == day
    browser.cookies["theme"] = "night"
    assert browser.get("/pages/a/").content == night


def test_a_theme_that_is_none_is_kept_as_the_usual_one(browser: Client) -> None:
    night = browser.get("/pages/a/").content
    for invented in ("x", "y" * 50):
        browser.cookies["theme"] = invented
        assert browser.get("/pages/a/").content == night


@pytest.mark.parametrize("other", ["/pages/b/", "/pages/a/?country=NL"])
def test_addresses_are_kept_apart(browser: Client, other: str) -> None:
    assert browser.get("/pages/a/").content != browser.get(other).content


def test_hosts_are_kept_apart(browser: Client) -> None:
    one = browser.get("/pages/a/")
    other = browser.get("/pages/a/", headers={"host": "localhost"})
    assert one.content != other.content


def test_a_browser_that_has_the_page_is_told_so_in_few_bytes(browser: Client, thehague: City) -> None:
    first = browser.get("/pages/a/")
    etag = first.headers["ETag"]
    again = browser.get("/pages/a/", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == etag
    several = browser.get("/pages/a/", headers={"if-none-match": f'W/"older", {etag}'})
    assert several.status_code == 304
    something_happens(thehague)
    changed = browser.get("/pages/a/", headers={"if-none-match": etag})
    assert changed.status_code == 200
    assert changed.content


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("BR;q=0.8", "br"),
        ("", None),
        ("identity, brx;q=1", None),
        ("gzip; q=0, br;q=0.000", None),
    ],
)
def test_a_page_comes_packed_as_the_browser_takes_it(browser: Client, accepted: str, coding: str | None) -> None:
    plain = browser.get("/pages/a/")
    packed = browser.get("/pages/a/", headers={"accept-encoding": accepted})
    assert packed.headers.get("Content-Encoding") == coding
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(coding or "", bytes)
    assert unpack(packed.content) == plain.content
    assert packed.headers["ETag"] == plain.headers["ETag"]
    assert coding is None or len(packed.content) < len(plain.content)


def test_caches_on_the_way_are_told_what_the_page_depends_on(browser: Client) -> None:
    for _ in range(2):
        answer = browser.get("/pages/a/")
        assert answer.headers["Vary"] == "Cookie, Accept-Encoding"
        assert answer.headers["Cache-Control"] == "no-cache"


def test_head_is_get_without_its_body(browser: Client) -> None:
    head = browser.head("/pages/a/")
    assert (head.status_code, head.content) == (200, b"")
    get = browser.get("/pages/a/")
    assert get.headers["ETag"] == head.headers["ETag"]
    assert b"<p>a," in get.content


@pytest.mark.parametrize(("name", "status"), [("cookie", 200), ("missing", 404), ("elsewhere", 302)])
def test_what_sets_a_cookie_or_is_no_page_is_not_kept(browser: Client, name: str, status: int) -> None:
    for _ in range(2):
        answer = browser.get(f"/pages/{name}/")
        assert answer.status_code == status
        assert "ETag" not in answer.headers
    browser.cookies.clear()
    assert b"made" not in browser.get("/pages/missing/").content


def test_each_visitor_gets_a_cookie_of_their_own(browser: Client) -> None:
    first = browser.get("/pages/cookie/")
    browser.cookies.clear()
    second = browser.get("/pages/cookie/")
    assert second.cookies["seen"].value == "yes"
    assert second.content != first.content


def test_what_happens_while_a_page_is_made_ends_it(browser: Client, thehague: City) -> None:
    meanwhile.append(lambda: something_happens(thehague))
    first = browser.get("/pages/a/").content
    assert browser.get("/pages/a/").content != first


def test_a_view_that_did_not_ask_is_not_kept(browser: Client) -> None:
    assert browser.get("/unkept/").content != browser.get("/unkept/").content


def test_a_view_that_did_not_ask_costs_no_query(
    browser: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        browser.get("/unkept/")


def test_a_kept_page_costs_one_query(browser: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    browser.get("/pages/a/")
    with django_assert_num_queries(1):
        browser.get("/pages/a/")


def test_what_changes_something_is_never_answered_from_memory(browser: Client) -> None:
    kept = browser.get("/pages/a/").content
    assert browser.post("/pages/a/").content != kept
    assert browser.get("/pages/a/").content == kept


def test_the_oldest_pages_go_when_the_memory_is_full(monkeypatch: pytest.MonkeyPatch, clock: SimpleNamespace) -> None:
    del clock
    monkeypatch.setattr(pagecache, "BUDGET", 2500)
    caches: list[pagecache.PageCache] = []

    class Watched(pagecache.PageCache):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args)
            caches.append(self)

    monkeypatch.setattr(pagecache, "PageCache", Watched)
    browser = Client()
    pages = [browser.get(f"/pages/{name}/").content for name in "abcde"]
    assert caches[0].weight == sum(page.weight for page in caches[0].pages.values()) <= 2500
    assert browser.get("/pages/e/").content == pages[4]
    assert browser.get("/pages/a/").content != pages[0]
