"""What the API tells of opportunities, and what it keeps."""

from __future__ import annotations

import pytest
from django.test import Client

from cityplus.api.tests.conftest import ROOT, Ask, Network
from cityplus.opportunities.models import Opportunity
from cityplus.opportunities.tests.cast import firm, public

pytestmark = pytest.mark.django_db


def test_one_with_all_that_everybody_may_know(ask: Ask) -> None:
    one = ask("opportunities/thehague/quays")
    assert (one["direction"], one["purpose"], one["size"], one["sectors"]) == ("offer", "pilot", "medium", ["62", "H"])
    assert one["value"] == {"currency": "EUR", "lowest": 500000, "highest": 2000000}
    assert (one["host"]["handle"], one["city"]["handle"], one["spoken"]) == ("thehague", "thehague", ["en", "nl"])
    assert ask("opportunities")["items"] == [one]
    Opportunity.objects.filter(slug="quays").update(value_public=False)
    assert Client().get(f"{ROOT}/opportunities/thehague/quays?languages=all").json()["value"] is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("isic=J", 1), ("isic=62", 1), ("isic=63", 0), ("purpose=pilot", 1), ("purpose=trade", 0), ("direction=request", 0),
        ("spoken=nl", 1), ("spoken=ar", 0), ("scale=medium", 1), ("scale=great", 0), ("city=shenzhen", 0), ("city=thehague", 1),
    ],
)  # fmt: skip
def test_filters(ask: Ask, query: str, found: int) -> None:
    assert len(ask(f"opportunities?{query}")["items"]) == found


def test_what_is_not_for_everybody_is_not_there(network: Network) -> None:
    delta = firm(network.thehague, "delta")
    public(delta.actor, "closed").close(by="x")
    public(delta.actor, "verified", audience="verified")
    listed = Client().get(f"{ROOT}/opportunities").json()
    assert [one["slug"] for one in listed["items"]] == ["quays"]
    for slug in ("closed", "verified"):
        assert Client().get(f"{ROOT}/opportunities/delta/{slug}").status_code == 404


def test_pages_of_the_list(ask: Ask, network: Network) -> None:
    public(network.shenzhen.actor, "harbour")
    first = ask("opportunities?limit=1")
    assert [one["slug"] for one in first["items"]] == ["harbour"]
    assert [one["slug"] for one in Client().get(first["next"]).json()["items"]] == ["quays"]
