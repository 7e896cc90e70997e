"""Lists a page at a time: everything once, in order, forwards and backwards, whatever comes in meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from urllib.parse import parse_qsl

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from cityplus.journal.models import Entry
from cityplus.web.paging import Page, page_of

pytestmark = pytest.mark.django_db

ORDER = ["verb", "-id"]


def entry(verb: str) -> Entry:
    return Entry.objects.create(verb=verb, subject="test.thing", subject_id=1)


@pytest.fixture
def entries() -> list[int]:
    """Twenty-three entries of four verbs, by verb and the newest first."""
    made = [entry("abcd"[i % 4]) for i in range(23)]
    return [e.pk for e in sorted(made, key=lambda e: (e.verb, -e.pk))]


def page(address: str = "", size: int = 5) -> Page[Entry]:
    return page_of(Entry.objects.all(), dict(parse_qsl(address.lstrip("?"))), ORDER, size=size)


def keys(found: Page[Entry]) -> list[int]:
    return [e.pk for e in found.items]


def walk(address: str, way: str) -> Iterator[list[int]]:
    while True:
        found = page(address)
        yield keys(found)
        address = getattr(found, way)
        if not address:
            return


def test_forwards_everything_comes_once_and_in_order(entries: list[int]) -> None:
    pages = list(walk("", "next"))
    assert [len(p) for p in pages] == [5, 5, 5, 5, 3]
    assert list(chain(*pages)) == entries


def test_backwards_from_the_end_too(entries: list[int]) -> None:
    pages = list(walk("?before=end", "previous"))
    assert list(chain(*reversed(pages))) == entries
    assert [len(p) for p in pages] == [5, 5, 5, 5, 3]


def test_back_and_forth_comes_to_the_same_page(entries: list[int]) -> None:
    second = page(page().next)
    assert keys(page(page(second.next).previous)) == keys(second)
    assert keys(page(second.first)) == entries[:5]
    assert keys(page(second.last)) == entries[-5:]


def test_what_comes_in_before_shows_nothing_twice_and_hides_nothing(entries: list[int]) -> None:
    first = page()
    new = entry("a")  # the newest of the first verb: it stands first
    assert keys(page(first.next)) == entries[5:10]
    assert keys(page())[0] == new.pk


def test_what_goes_away_hides_nothing_else(entries: list[int]) -> None:
    following = page().next
    Entry.objects.filter(pk__in=entries[:3]).delete()
    assert keys(page(following)) == entries[5:10]


@pytest.mark.parametrize("count", [0, 1, 5])
def test_a_list_that_fits_is_one_page(count: int) -> None:
    for _ in range(count):
        entry("a")
    found = page()
    assert found.whole
    assert len(found.items) == count
    assert (found.first, found.previous, found.next, found.last) == ("", "", "", "")


def test_the_ends_have_no_way_on(entries: list[int]) -> None:
    assert not page().previous and not page().first
    last = page("?before=end")
    assert not last.next and not last.last


def test_beyond_the_end_there_is_a_way_back(entries: list[int]) -> None:
    beyond = page(f"?after={entries[-1]}")
    assert keys(beyond) == [] and beyond.first == "?"


@pytest.mark.parametrize(
    "asked", ["?after=0", "?after=x", "?before=-1", "?before=99999999999999999999", "?after=%D9%A3"]
)
def test_what_names_nothing_is_not_found(entries: list[int], asked: str) -> None:
    with pytest.raises(Http404):
        page(asked)


def test_filters_stay_in_the_addresses(entries: list[int]) -> None:
    found = page_of(Entry.objects.all(), {}, ORDER, size=5, filters={"of": "a b", "not": ""})
    assert found.next == f"?of=a+b&after={entries[4]}"


def test_the_last_page_takes_as_many_queries_as_the_first(entries: list[int]) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            page(address)
        return len(caught)

    assert queries("") == 1
    assert queries("?before=end") <= 2
    assert queries(f"?after={entries[15]}") <= 4
