"""Whatever goes wrong is a problem in JSON that says what to do, soon and without asking the database for much."""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from cityplus.api.resources import cities
from cityplus.api.tests.conftest import ROOT, Network

KEYS = {"type", "title", "status", "detail"}


def problem(answer: Any, status: int) -> Any:
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    body = json.loads(answer.content)
    assert body.keys() - {"errors"} == KEYS
    assert body["status"] == status
    assert body["type"].startswith("http://localhost:8000/api/cityplus/v1/#problem-")
    return body


@pytest.mark.parametrize(
    ("query", "parameter", "says"),
    [
        ("ordering=password", "ordering", "known are after, country"),
        ("actor__handle__startswith=t", "actor__handle__startswith", "not known"),
        ("limit=0", "limit", "from 1 to 100"),
        ("limit=101", "limit", "from 1 to 100"),
        ("limit=1_0", "limit", "from 1 to 100"),
        ("limit=%EF%BC%95", "limit", "from 1 to 100"),
        ("limit=5.0", "limit", "from 1 to 100"),
        ("limit=", "limit", "from 1 to 100"),
        ("limit=-1", "limit", "from 1 to 100"),
        (f"limit={'9' * 3000}", "limit", "from 1 to 100"),
        ("limit=1e9", "limit", "from 1 to 100"),
        ("limit=1&limit=2", "limit", "said once"),
        ("limit[]=1", "limit[]", "not known"),
        ("after=abc", "after", "cursor"),
        ("after=" + "%C3%A9" * 22, "after", "cursor"),
        ("after=AAAAAAAAAAkAAAAAAAAACQ%0A", "", "control characters"),
        ("country=nl", "country", "ISO 3166-1"),
        ("country=%27%20OR%201=1", "country", "ISO 3166-1"),
        ("country=%00", "", "control characters"),
        ("country=%ED%A0%80", "", "UTF-8"),
        ("country=%FF", "", "UTF-8"),
        ("country=\xff", "", "UTF-8"),
        ("language=dutch", "language", "BCP 47"),
        ("language=zh-hans", "language", "BCP 47"),
        ("languages=", "languages", "the word all"),
        ("sector=Z", "sector", "from A to U"),
        ("near=91,0", "near", "latitude"),
        ("near=0,181", "near", "latitude"),
        ("near=nan,inf", "near", "latitude"),
        ("near=1e5,1", "near", "latitude"),
        ("near=52,4,1", "near", "latitude"),
        ("spoken=%25", "spoken", "BCP 47"),
        ("x=" + "y" * 5000, "", "longer than"),
        ("&".join(f"p{n}=1" for n in range(1200)), "", "longer than"),
        ("&".join(f"{n}" for n in range(900)), "0", "not known"),
    ],
)
def test_a_query_that_cannot_be_read(network: Network, query: str, parameter: str, says: str) -> None:
    began = time.perf_counter()
    answer = Client().get(f"{ROOT}/cities", QUERY_STRING=query)
    took = time.perf_counter() - began
    error = problem(answer, 400)["errors"][0]
    assert error["parameter"] == parameter
    assert says in error["detail"]
    assert took < 2  # ten times the promise: this machine may be busy


@pytest.mark.parametrize(
    "path",
    [
        "nothing", "cities/", "cities//", "cities/The%20Hague", "cities/thehague/", "cities/%00", "cities/%FF",
        "cities/" + "a" * 5000, "cities/" + quote("海牙"), "cities/../cities", "cities/thehague%0A", "cities/thehague/routes/%00",
        "cities/thehague/routes/to-the-sea/stops/0", "cities/thehague/routes/to-the-sea/stops/4",
        "cities/thehague/routes/to-the-sea/stops/1_0", "cities/thehague/routes/to-the-sea/stops/99999999999999999999",
        "media/0", "media/-1", "media/9223372036854775807", "media/9223372036854775808", "media/" + "9" * 5000, "media/1e3",
        "ties/thehague", "ties/thehague+thehague", "ties/a+b+c", "ties/shenzhen%20thehague",
    ],
)  # fmt: skip
def test_an_address_of_nothing(network: Network, path: str) -> None:
    body = problem(Client().get(f"{ROOT}/{path}"), 404)
    assert "not public" in body["detail"]


@pytest.mark.parametrize("path", ["/api/", "/api/v9/", "/api/cityplus/", "/api/cityplus/v2/cities", f"{ROOT}/x/y"])
def test_everything_under_api_speaks_of_problems(network: Network, path: str) -> None:
    problem(Client().get(path), 404)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", ["cities", "cities/thehague", "openapi.json", "cities?limit=x"])
def test_what_cannot_be_done_here(network: Network, method: str, path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = getattr(client, method)(f"{ROOT}/{path}")
    assert problem(answer, 405)["title"] == "This cannot be done here"
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_only_json_is_spoken(network: Network) -> None:
    problem(Client().get(f"{ROOT}/cities", headers={"accept": "text/html"}), 406)


def test_the_document_takes_no_query(network: Network) -> None:
    problem(Client().get(f"{ROOT}/openapi.json?x=1"), 400)


def test_a_host_that_is_not_ours(network: Network) -> None:
    problem(Client().get(f"{ROOT}/cities", headers={"host": "elsewhere.example"}), 400)


def test_what_breaks_says_nothing_of_itself(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*args: object) -> None:
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr(cities, "told", breaks)
    answer = Client(raise_request_exception=False).get(f"{ROOT}/cities/thehague")
    assert "been written down" in problem(answer, 500)["detail"]
    assert b"secret" not in answer.content
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_slash_is_told_of(network: Network) -> None:
    assert "without a slash" in problem(Client().get(f"{ROOT}/cities/"), 404)["detail"]
    moved = Client().get(ROOT)
    assert (moved.status_code, moved.headers["Location"]) == (301, f"{ROOT}/")
