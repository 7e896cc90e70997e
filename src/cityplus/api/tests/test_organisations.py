"""Organisations as programs read them: those that a city has verified."""

from __future__ import annotations

import pytest

from cityplus.api.tests.conftest import ROOT, Ask

BASE = f"http://localhost:8000{ROOT}"


@pytest.mark.parametrize(
    ("query", "handles"),
    [
        ("", ["bay_code", "dune_works"]),
        ("?city=thehague", ["dune_works"]),
        ("?branch=H", ["dune_works"]),
        ("?branch=62", ["bay_code"]),
        ("?branch=A", []),
        ("?organisation=institute", ["bay_code"]),
        ("?size=small", ["dune_works"]),
        ("?spoken=zh-Hans", ["bay_code"]),
        ("?spoken=nl&branch=62", []),
    ],
)
def test_filters(ask: Ask, query: str, handles: list[str]) -> None:
    assert [one["handle"] for one in ask(f"organisations{query}")["items"]] == handles


def test_all_that_its_page_tells(ask: Ask) -> None:
    one = ask("organisations/dune_works")
    assert (one["kind"], one["size"], one["languages"]) == ("company", "small", ["nl", "en"])
    assert one["activities"] == [{"code": "52", "section": "H"}]
    assert one["city"]["handle"] == "thehague"
    assert one["about"]["read"]["text"] == "Dunes"
    assert one["seeks"] is None
    assert one["website"] == "https://dunes.example/"
    assert one["logo"]["preview"].endswith(".jpg")
    assert one["self"] == f"{BASE}/organisations/dune_works"
    assert one["url"] == "http://localhost:8000/@dune_works/"
    assert one["verified_at"].endswith("Z")


def test_a_page_at_a_time(ask: Ask) -> None:
    first = ask("organisations?limit=1")
    assert [one["handle"] for one in first["items"]] == ["bay_code"]
    second = ask(first["next"].removeprefix(f"{BASE}/"))
    assert [one["handle"] for one in second["items"]] == ["dune_works"]
    assert second["next"] is None
