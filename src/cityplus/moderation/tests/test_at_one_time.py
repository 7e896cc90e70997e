"""What two do at one moment is done once."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from cityplus.journal.models import Entry
from cityplus.moderation.models import (
    Appeal,
    BlockedWord,
    Decision,
    Edition,
    Held,
    ModerationError,
    Report,
    Standing,
)
from cityplus.moderation.tests.conftest import RULES, Cast
from cityplus.moderation.tests.test_held import Shelf, shelf  # noqa: F401 - a fixture
from cityplus.people.models import Letter

pytestmark = pytest.mark.django_db(transaction=True)


def together(*deeds: Callable[[], object]) -> list[str]:
    """Do all of them at one moment; the refusals there were."""
    gate, refused = threading.Barrier(len(deeds)), []

    def go(deed: Callable[[], object]) -> None:
        try:
            gate.wait(20)
            deed()
        except ModerationError as refusal:
            refused.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return refused


def test_two_officers_decide_and_there_is_one_decision(cast: Cast) -> None:
    report, same = cast.report(), cast.report(by=cast.first)
    one, two = Report.objects.get(pk=report.pk), Report.objects.get(pk=same.pk)
    refused = together(
        lambda: one.decide("hide", by=cast.first, reason="An ad."),
        lambda: two.decide("dismiss", by=cast.second, reason="Fine."),
    )
    assert refused == ["Meanwhile"]
    decision = Decision.objects.get()
    assert {r.decision for r in Report.objects.all()} == {decision}
    assert Entry.objects.filter(verb__startswith="decision.").count() == 1
    cast.post.refresh_from_db()
    assert bool(cast.post.withheld_at) is (decision.kind == "hide")


def test_team_and_office_decide_and_there_is_one_decision(cast: Cast) -> None:
    report = cast.report()
    one, two = Report.objects.get(pk=report.pk), Report.objects.get(pk=report.pk)
    refused = together(
        lambda: one.decide("hide", by=cast.team, reason="An ad.", team=cast.city.actor),
        lambda: two.decide("hide", by=cast.second, reason="An ad."),
    )
    assert refused == ["Meanwhile"] and Decision.objects.count() == 1 and Letter.objects.count() == 1


def test_a_double_click_makes_one_report(cast: Cast) -> None:
    assert together(*[cast.report] * 6) == []
    assert Report.objects.count() == 1


def test_two_second_officers_agree_once(cast: Cast) -> None:
    decision = Decision.about_actor(cast.city.actor, "suspend", by=cast.first, reason="So.")
    cast.wrote.entitle(active=True, office=True, by="test")
    one, two = Decision.objects.get(pk=decision.pk), Decision.objects.get(pk=decision.pk)
    refused = together(lambda: one.approve(by=cast.second), lambda: two.approve(by=cast.wrote))
    assert refused == ["Meanwhile"] and Standing.objects.count() == 1
    assert Entry.objects.filter(verb="decision.suspended").count() == 1


def test_two_decisions_about_one_account_leave_one_standing(cast: Cast) -> None:
    refused = together(
        lambda: Decision.about_actor(cast.writer, "limit", by=cast.first, reason="So."),
        lambda: Decision.about_actor(cast.writer, "suspend", by=cast.second, reason="So."),
    )
    assert refused == []
    assert [row.level for row in Standing.objects.now()] == ["suspended"]


def test_an_appeal_is_made_once_and_settled_once(cast: Cast) -> None:
    decision = cast.report().decide("hide", by=cast.team, reason="An ad.", team=cast.city.actor)
    assert together(*[lambda: Appeal.make(decision, cast.wrote, "No.")] * 4) == ["ModerationError"] * 3
    one, two = Appeal.objects.get(), Appeal.objects.get()
    refused = together(
        lambda: one.reverse(by=cast.first, reason="So."), lambda: two.uphold(by=cast.second, reason="So.")
    )
    assert refused == ["Meanwhile"]


def test_two_that_publish_rules_give_one_edition(cast: Cast) -> None:
    refused = together(*[lambda: Edition.publish(RULES, by="first", after=0)] * 3)
    assert refused == ["ModerationError"] * 2 and Edition.objects.get().rules.count() == len(RULES)


def test_what_is_held_is_decided_once(cast: Cast, shelf: Shelf) -> None:  # noqa: F811 - the fixture
    held = shelf.hold(cast)
    one, two = Held.objects.get(pk=held.pk), Held.objects.get(pk=held.pk)
    refused = together(lambda: one.approve(by=cast.first), lambda: two.refuse(by=cast.second, reason="No."))
    assert refused == ["Meanwhile"] and len(shelf.done) == 1


def test_a_word_is_blocked_once(cast: Cast) -> None:
    assert together(*[lambda: BlockedWord.add("casino", "hold", by="first")] * 4) == []
    assert BlockedWord.objects.count() == 1
