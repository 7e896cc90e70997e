"""Questions made to break something are refused with a sentence or read as they are, in little time."""

from __future__ import annotations

import time

import pytest
from django.test import Client

from cityplus.search import QueryError, find, suggest

pytestmark = pytest.mark.usefixtures("found_corpus")

LITERAL = [
    '"', "*", "NEAR(", "NEAR(a b, 5)", "tokens:haag", "haag OR plovdiv", "-haag", "^haag", "haag*", '"den haag', "haag)",
    "' | '", "haag:*", "!haag", "haag <-> den", "\\", "a & !b", "%s", "%(x)s", "'; DROP TABLE search_item; --", "{{7*7}}",
    "\0", "ha\0ag", "\ud800", "\udfffhaag", "😀", "\u202ehaag", "ﷺ" * 60, "a\u0301" * 90, "ا" * 200, "海" * 200, "~0_1_2",
]  # fmt: skip


@pytest.mark.parametrize("q", LITERAL)
def test_operators_are_read_as_they_are(q: str) -> None:
    results = find(q)
    assert all(hit.item.kind for hit in results.hits)
    assert len(suggest(q)) <= 8


def test_an_operator_does_not_operate() -> None:
    assert not find("haag OR plovdiv").hits
    assert find("haag*").hits == find("haag").hits
    assert not find("~0_18431_14208").hits


@pytest.mark.parametrize("q", ["@ # < [ ; & " * 90_000, "a" * 1_000_000, "海牙" * 500_000, "https://a.b/" * 80_000])
def test_a_megabyte_is_refused_at_once(q: str) -> None:
    began = time.thread_time()
    for ask in (find, suggest):
        with pytest.raises(QueryError, match="at most 200 characters"):
            ask(q)
    assert time.thread_time() - began < 0.1


@pytest.mark.parametrize("q", ["ab " * 66, "ﷺ" * 200, "1 2 3 4 5 6 7 8 9", "á" * 100, "والسلام " * 25, "م" * 200])
def test_the_longest_question_is_answered_in_little_time(q: str) -> None:
    find(q[:200])  # what is loaded once
    began = time.thread_time()
    find(q[:200])
    assert time.thread_time() - began < 0.1


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "a" * 201,
        "near=91,0",
        "near=0,181",
        "near=1e2,3",
        "near=nan,nan",
        "near=52.08",
        "near=52.08,4.31,5",
        "near=٥٢,٤",
        "near=POINT(1 2)",
        "q=haag&kind=people",
        "q=haag&kind=__class__",
        "q=haag&after=1",
        "q=haag&after=1.99999999999999999999",
        "q=haag&after=1e9.5",
    ],
)
def test_what_cannot_be_understood_is_refused_with_a_sentence(stranger: Client, query: str) -> None:
    answer = stranger.get(f"/search/?{query}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_suggestions_refuse_in_their_own_format(stranger: Client) -> None:
    answer = stranger.get("/nl/search/suggestions/", {"q": "a" * 201})
    assert answer.status_code == 400
    assert "200" in answer.json()["error"]


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%ED%A0%80", "q=%FF%FE", "q[]=a", "q=a&q=b", "q=", "near=", "q=%22%20NEAR(%20:*"]
)
def test_strange_bytes_are_read_as_they_are(stranger: Client, query: str) -> None:
    for address in ("/search/", "/search/suggestions/"):
        assert stranger.get(f"{address}?{query}").status_code == 200


def test_a_page_gives_back_what_was_asked_as_text(stranger: Client) -> None:
    page = stranger.get("/search/", {"q": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
