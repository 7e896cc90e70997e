"""From a draft to its end: what a host does, what the city says, and what its day does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.journal.models import Entry
from cityplus.languages.text import Text
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.opportunities import money
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.expiring import calendar
from cityplus.opportunities.models import Opportunity
from cityplus.opportunities.tests.cast import drafted, firm, public

pytestmark = pytest.mark.django_db


def test_it_is_public_once_the_city_has_looked_it_over(thehague: City) -> None:
    one = drafted(firm(thehague, "delta").actor)
    assert not Opportunity.objects.public().exists()
    one.submit(by="boss")
    assert not Opportunity.objects.public().exists()
    one.publish(by="desk")
    assert Opportunity.objects.public().get() == one and one.is_open
    verbs = Entry.objects.filter(verb__startswith="opportunity.").order_by("pk").values_list("verb", "handle", "quiet")
    assert list(verbs) == [
        ("opportunity.drafted", "thehague", True),
        ("opportunity.submitted", "thehague", True),
        ("opportunity.public", "thehague", False),
    ]


def test_it_comes_back_with_a_reason(thehague: City) -> None:
    one = drafted(thehague.actor)
    one.submit(by="host")
    with pytest.raises(OpportunityError, match="Say why"):
        one.give_back("  ", by="desk")
    one.give_back("Say which harbour.", by="desk")
    assert (one.state, one.reason) == ("draft", "Say which harbour.")
    one.submit(by="host")
    assert one.reason == ""


def test_what_is_missing_is_said(thehague: City) -> None:
    for lacking, says in (
        ({"title": Text()}, "title"),
        ({"story": Text()}, "what it is about"),
        ({"sectors": []}, "sector"),
        ({"expires_at": timezone.now() - timedelta(days=1)}, "day to come"),
        ({"expires_at": timezone.now() + timedelta(days=500)}, "within a year"),
    ):
        one = drafted(thehague.actor, f"lacking-{says[:3]}-{len(says)}", **lacking)
        with pytest.raises(OpportunityError, match=says):
            one.submit(by="host")
        assert one.state == "draft"


def test_what_is_public_is_not_changed_under_the_eyes_of_others(thehague: City) -> None:
    one = public(thehague.actor)
    with pytest.raises(OpportunityError, match="Take it back first"):
        one.edit(by="host", title=Text.of("en", en="Another"), sectors=["A"])
    one.take_back(by="host")
    assert not Opportunity.objects.public().exists()
    one.edit(by="host", title=Text.of("en", en="Another"), sectors=["A"], tongues=["zh-Hans"])
    assert [sector.code for sector in one.sectors.all()] == ["A"]
    one.close(by="host")
    assert not Opportunity.objects.shown().exists(), "closed as a draft it was never public"


def test_only_drawn_steps_are_taken(thehague: City) -> None:
    one = drafted(thehague.actor)
    deeds: tuple[Any, ...] = (
        lambda: one.publish(by="x"),
        lambda: one.renew(timezone.now() + timedelta(days=9), by="x"),
    )
    for deed in deeds:
        with pytest.raises(LifeCycleError):
            deed()
    one.close(by="host")
    with pytest.raises(LifeCycleError):
        one.submit(by="host")


def test_only_cities_and_verified_organisations_have_opportunities(thehague: City) -> None:
    with pytest.raises(OpportunityError, match="verified"):
        drafted(firm(thehague, "delta", verified=False).actor)


def test_an_organisation_that_is_not_verified_any_more_shows_nothing(thehague: City) -> None:
    delta = firm(thehague, "delta")
    public(delta.actor)
    delta.give_back("Not you.", by="desk")
    assert not Opportunity.objects.shown().exists()


def test_a_host_is_reminded_once_for_each_day_and_it_lapses_once(thehague: City) -> None:
    one = public(thehague.actor, expires_at=timezone.now() + timedelta(days=30))
    assert calendar() == (0, 0, 0)
    soon = one.expires_at - timedelta(days=10)
    assert [calendar(soon), calendar(soon), calendar(soon + timedelta(days=3))] == [(1, 0, 0), (0, 0, 0), (0, 0, 0)]
    one.renew(one.expires_at + timedelta(days=60), by="host")
    assert calendar(one.expires_at - timedelta(days=10)) == (1, 0, 0), "another day, another reminder"
    over = one.expires_at + timedelta(seconds=1)
    assert [calendar(over), calendar(over)] == [(0, 1, 0), (0, 0, 0)]
    one.refresh_from_db()
    assert one.state == "lapsed" and Entry.objects.filter(verb="opportunity.expiring").count() == 2
    one.renew(timezone.now() + timedelta(days=20), by="host")
    assert one.is_open


def test_what_is_over_is_in_no_list_before_anybody_noted_it(thehague: City) -> None:
    one = public(thehague.actor)
    Opportunity.objects.filter(pk=one.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert not Opportunity.objects.public().open().exists() and Opportunity.objects.public().exists()


@pytest.mark.parametrize(
    "value",
    [
        {"value_from": 5, "value_to": 4, "currency": "EUR"},
        {"value_from": 5, "value_to": 6},
        {"value_from": None, "value_to": 6, "currency": "EUR"},
        {"value_from": -1, "value_to": 6, "currency": "EUR"},
        {"currency": "EUR"},
    ],
)
def test_no_row_has_half_a_value(thehague: City, value: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        drafted(thehague.actor, **value)


@pytest.mark.parametrize(
    ("said", "currency", "amount"),
    [("12500.50", "EUR", 1250050), ("12500", "JPY", 12500), ("1 000", "CNY", 100000), ("0,5", "USD", 50)],
)
def test_amounts_are_whole_numbers_of_the_smallest_unit(said: str, currency: str, amount: int) -> None:
    assert money.minor(said, currency) == amount


@pytest.mark.parametrize(
    ("said", "currency"), [("1.5", "JPY"), ("much", "EUR"), ("1e400", "EUR"), ("-1", "EUR"), ("NaN", "EUR")]
)
def test_what_is_no_amount_is_refused(said: str, currency: str) -> None:
    with pytest.raises(OpportunityError):
        money.minor(said, currency)


def test_money_is_said_as_the_reader_writes_it(thehague: City) -> None:
    one = drafted(thehague.actor, value_from=500000, value_to=2000000, currency="EUR")
    assert money.range_of(one, "en") == "€5,000 – €20,000"
    assert money.spoken(1250050, "EUR", "nl") == "€\u00a012.500,50"
    assert money.spoken(12500, "JPY", "ja") == "￥12,500"
