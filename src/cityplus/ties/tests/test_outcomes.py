"""What came of a friendship, on the page of the pair."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.journal.subscribers import deliver
from cityplus.opportunities.models import Interest, Outcome
from cityplus.opportunities.tests.cast import begun, firm, public
from cityplus.organisations.models import Organisation
from cityplus.ties.models import Tie

pytestmark = pytest.mark.django_db
PAIR = "/ties/shenzhen+thehague/"


@pytest.fixture
def port(shenzhen: City) -> Organisation:
    return firm(shenzhen, "port")


@pytest.fixture
def talk(thehague: City, shenzhen: City, port: Organisation) -> Interest:
    """A firm of The Hague and one of Shenzhen, which are friends, talk with each other."""
    Tie.propose(thehague, shenzhen, by="mayor").accept(shenzhen, by="secretary")
    return begun(public(firm(thehague, "delta").actor), port)


def told(talk: Interest, days: int = 0, **facts: Any) -> Outcome:
    on = timezone.now().date() - timedelta(days=days)
    return Outcome.tell(talk, "guest", by="port-boss", **{"kind": "pilot", "on": on, **facts})


def page(stranger: Client) -> str:
    deliver()
    return stranger.get(PAIR).content.decode()


def test_it_stands_there_once_both_have_said_so_and_goes_when_it_is_hidden(talk: Interest, stranger: Client) -> None:
    outcome = told(talk)
    assert "pair-outcomes" not in page(stranger)
    outcome.confirm("host", by="delta-boss")
    shown = page(stranger)
    assert 'href="/opportunities/outcomes/?pair=shenzhen%2Bthehague"' in shown and ">pilot</span>" in shown
    assert "delta" in shown.lower() and "port" in shown.lower()
    listed = stranger.get("/opportunities/outcomes/?pair=shenzhen%2Bthehague").content.decode()
    assert ">pilot</span>" in listed
    outcome.withhold(True, by="officer")
    assert "pair-outcomes" not in page(stranger)


def test_those_of_other_pairs_do_not_stand_there(
    talk: Interest, port: Organisation, shenzhen: City, stranger: Client
) -> None:
    at_home = begun(public(firm(shenzhen, "yard").actor, slug="crane"), port)
    told(at_home, kind="order").confirm("host", by="yard-boss")
    assert "pair-outcomes" not in page(stranger)


def test_the_latest_three_stand_there(talk: Interest, stranger: Client) -> None:
    Interest.objects.update(at=timezone.now() - timedelta(days=99))
    for days, kind in enumerate(("visit", "pilot", "order", "memorandum")):
        told(talk, days=days, kind=kind).confirm("host", by="delta-boss")
    shown = page(stranger)
    assert [kind for kind in Outcome.Kind.values if f">{kind}</span>" in shown] == ["pilot", "visit", "order"]
