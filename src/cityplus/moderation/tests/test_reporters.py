"""Who reported something is told by letter what became of it: once, in their language, and without a name."""

from __future__ import annotations

import pytest
from django.db import transaction

from cityplus.actors.models import Actor
from cityplus.moderation.models import Appeal, Decision, Report
from cityplus.moderation.tests.conftest import Cast
from cityplus.people import away
from cityplus.people.models import Letter, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(cast: Cast) -> Person:
    cast.reader.email, cast.reader.language = "li@example.org", "en"
    cast.reader.save()
    return cast.reader


def letters(person: Person) -> list[Letter]:
    return list(Letter.objects.filter(to=person.email))


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("dismiss", "no breach"),
        ("warn", "was warned"),
        ("hide", "no longer shown"),
        ("limit", "limited"),
        ("suspend", "suspended"),
    ],
)
def test_what_became_of_it(cast: Cast, reader: Person, kind: str, says: str) -> None:
    cast.report(forward=False).decide(kind, by=cast.first, reason="Because of wim.")
    (letter,) = letters(reader)
    assert letter.subject == "What became of your report"
    assert says in letter.text and "spam or fraud" in letter.text
    for name in ("wim", "Wim", "first", "Because", "@"):
        assert name not in letter.text.replace("@example.org", ""), name


@pytest.mark.parametrize(("verdict", "count"), [("reverse", 2), ("uphold", 1)])
def test_what_an_appeal_undoes_is_told_too(cast: Cast, reader: Person, verdict: str, count: int) -> None:
    decision = cast.report(forward=False).decide("hide", by=cast.first, reason="So.")
    appeal = Appeal.make(decision, cast.wrote, "It was a quote.")
    getattr(appeal, verdict)(by=cast.second, reason="Because of wim.")
    told = letters(reader)
    assert len(told) == count
    assert ("that decision is undone" in told[-1].text) is (verdict == "reverse")
    assert "wim" not in told[-1].text


def test_each_reporter_is_told_once_and_nothing_where_nothing_is_decided(cast: Cast, reader: Person) -> None:
    report, other = cast.report(forward=False), cast.report(by=cast.team, forward=False)
    report.assign(cast.first, by="first")
    assert not letters(reader)
    try:
        with transaction.atomic():
            report.decide("hide", by=cast.first, reason="So.")
            raise RuntimeError
    except RuntimeError:
        pass
    assert not letters(reader), "what was not decided after all is not told"
    decision = Report.objects.get(pk=report.pk).decide("hide", by=cast.first, reason="So.")
    decision.lift(by=cast.second, reason="So.")
    assert (len(letters(reader)), len(letters(cast.team))) == (1, 1)
    assert other.pk != report.pk


def test_what_waits_for_a_second_officer_is_told_when_it_is_in_force(cast: Cast, reader: Person) -> None:
    city: Actor = cast.city.actor
    report = Report.make(reader, "actor", city.pk, reason="spam")
    decision = report.decide("limit", by=cast.first, reason="So.")
    assert not letters(reader)
    Decision.objects.get(pk=decision.pk).approve(by=cast.second)
    assert len(letters(reader)) == 1


def test_nobody_is_told_who_has_left(cast: Cast, reader: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    report = cast.report(forward=False)
    monkeypatch.setitem(away._rooms, "test", lambda people: people)
    report.decide("hide", by=cast.first, reason="So.")
    assert not letters(reader)
