"""Suspending and limiting changes a bounded number of rows at once; the worker does the rest, and nothing is seen meanwhile."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.jobs import worker
from cityplus.moderation.models import Decision
from cityplus.people.models import Person
from cityplus.social.models import Boost, Entry, Follow, Tagging
from cityplus.social.moderating import settling
from cityplus.social.tests.cast import resident, say
from cityplus.social.tests.test_following import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def lim(thehague: City, monkeypatch: pytest.MonkeyPatch) -> Actor:
    """Who has said ten things and passed on five, where a part is two."""
    monkeypatch.setattr(settling, "PART", 2)
    actor = resident("lim", thehague)
    for number in range(10):
        say(actor, f"Crane {number} #birds", **({"asks": thehague.actor} if number % 2 else {}))
    for number in range(5):
        Boost.put(actor, say(thehague.actor, f"Tram {number}"), by="lim")
    return actor


def rows() -> list[tuple[int, str, int, bool]]:
    return list(Entry.objects.order_by("pk").values_list("pk", "kind", "actor", "listed"))


def work() -> None:
    while worker.run_one("test"):
        pass


@pytest.mark.parametrize("kind", ["suspend", "limit"])
def test_it_is_done_in_parts_and_undone_in_parts(lim: Actor, thehague: City, kind: str) -> None:
    office = Person.enrol("office", "o@example.org", "a long password", office=True)
    fan = resident("fan")
    Follow.begin(fan, lim, by="fan")
    before, tags = rows(), Tagging.objects.count()
    decision = Decision.about_actor(lim, kind, by=office, reason="So.")
    left = Entry.objects.filter(actor=lim, kind="own")
    assert (left if kind == "suspend" else left.filter(listed=True)).exists(), "not all at once"
    pages = [Client().get(at).content.decode() for at in ("/posts/", "/tags/birds/", "/@thehague/questions/")]
    assert not any("Crane" in page for page in pages), "but nothing of it is seen"
    home = browser(fan).get("/home/").content.decode()
    assert ("Crane" in home, "Tram" in home) == ((False, False) if kind == "suspend" else (True, True))
    work()
    if kind == "suspend":
        assert not Entry.objects.filter(actor=lim).exists() and not Tagging.objects.exists()
    else:
        assert not left.filter(listed=True).exists()
    decision.lift(by=office, reason="So.")
    work()
    assert (rows(), Tagging.objects.count()) == (before, tags)


def test_what_is_done_at_once_does_not_grow_with_what_was_said(thehague: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "PART", 2)
    office = Person.enrol("office", "o@example.org", "a long password", office=True)
    asked = []
    for handle, posts in (("few", 3), ("many", 12)):
        actor = resident(handle)
        for number in range(posts):
            say(actor, f"Word {number} #tag")
        decision = Decision.about_actor(actor, "suspend", by=office, reason="So.")
        work()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            decision.lift(by=office, reason="So.")
        asked.append(len(queries))
        work()
    assert asked[0] == asked[1]
