"""How often things were seen, as programs read it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cityplus.api.tests.conftest import ROOT, Ask

pytestmark = pytest.mark.usefixtures("seen")
ROUTE = "cities/thehague/routes/to-the-sea"


@pytest.mark.parametrize(
    ("path", "views", "visitors"),
    [
        ("totals", 4, 3),
        ("cities/thehague/totals", 4, 3),
        ("cities/shenzhen/totals", 1, 1),
        ("ties/thehague+shenzhen/totals", 1, 1),
        (f"{ROUTE}/totals", 3, 3),
        (f"{ROUTE}/stops/2/totals", 3, 3),
        (f"{ROUTE}/stops/1/totals", 0, 0),
    ],
)
def test_views_and_visitors(ask: Ask, path: str, views: int, visitors: int) -> None:
    body = ask(path)
    assert (body["views"], body["visitors"]) == (views, visitors)
    assert sum(language["views"] for language in body["languages"]) == views
    assert len(body["series"]) == 30
    assert sum(day["views"] for day in body["series"]) == views
    assert ask(body["self"].partition(f"{ROOT}/")[2]) == body


def test_by_language(ask: Ask) -> None:
    assert ask(f"{ROUTE}/totals")["languages"] == [
        {"language": "en", "views": 2, "visitors": 2},
        {"language": "nl", "views": 1, "visitors": 1},
    ]


def test_days_and_hours(ask: Ask) -> None:
    days = ask("totals?last=2")["series"]
    assert [len(day["start"]) for day in days] == [10, 10]
    hours = ask("totals?by=hour&last=3")["series"]
    assert all(datetime.fromisoformat(hour["start"]).tzinfo == UTC for hour in hours)
    assert len(hours) == 3


@pytest.mark.parametrize("query", ["by=week", "last=0", "last=367", "by=", "q=1"])
def test_what_cannot_be_asked(query: str) -> None:
    assert Client().get(f"{ROOT}/totals?{query}").status_code == 400


def test_the_number_of_queries_hangs_on_nothing(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for path, queries in (("totals", 4), ("cities/thehague/totals", 5), (f"{ROUTE}/stops/2/totals", 6)):
        with django_assert_max_num_queries(queries):
            assert Client().get(f"{ROOT}/{path}").status_code == 200
