"""Deciding: what it does, whom it is told to, who may, and taking it back."""

from __future__ import annotations

import pytest
from django.core import mail

from cityplus.actors.models import Actor
from cityplus.jobs import worker
from cityplus.journal import latest_id
from cityplus.journal.models import Entry
from cityplus.moderation.models import Decision, ModerationError, Report, Rule, Standing
from cityplus.moderation.models.errors import Meanwhile
from cityplus.moderation.models.standing import below_good, standing_of
from cityplus.moderation.tests.conftest import Cast, officer
from cityplus.people.models import Letter
from cityplus.social import timelines
from cityplus.social.models import Post
from cityplus.social.speakers.reader import NOBODY, Reader
from cityplus.social.tests.cast import say

pytestmark = pytest.mark.django_db


def shown(post: Post) -> bool:
    return Post.objects.visible_to(NOBODY).filter(pk=post.pk).exists()


def listed(post: Post) -> bool:
    return post.pk in [line.post for line in timelines.network(NOBODY).lines]


def test_a_team_hides_what_stands_in_its_space(cast: Cast, rules: list[Rule]) -> None:
    report, before = cast.report(), latest_id()
    decision = report.decide("hide", by=cast.team, reason="An advertisement.", rules=[rules[1]], team=cast.city.actor)
    assert not shown(cast.post)
    assert (report.state, report.decision, report.waited is not None) == ("decided", decision, True)
    assert (decision.state, decision.by, decision.team) == ("in_force", cast.team, cast.city.actor)
    entry = Entry.objects.get(verb="decision.hidden")
    assert (entry.handle, entry.by, entry.data["reason"]) == ("thehague", "team", "An advertisement.")
    assert latest_id() > before, "it is loud: kept pages end"


def test_a_decision_is_told_in_the_language_of_whom_it_is_about(cast: Cast, rules: list[Rule]) -> None:
    cast.report().decide("hide", by=cast.team, reason="An advertisement.", rules=[rules[1]], team=cast.city.actor)
    letter = Letter.objects.get()
    assert letter.to == "wim@example.org"
    assert "Geen spam." in letter.text and "An advertisement." in letter.text
    assert "/nl/account/decisions/" in letter.text
    while worker.run_one("postman", urgent=True):
        pass
    assert len(mail.outbox) == 1


def test_dismissing_is_told_to_nobody(cast: Cast) -> None:
    cast.report().decide("dismiss", by=cast.first, reason="Fine.")
    assert not Letter.objects.exists() and shown(cast.post)


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_no_decision_without_a_reason(cast: Cast, reason: str) -> None:
    report = cast.report()
    with pytest.raises(ModerationError, match="Say why"):
        report.decide("hide", by=cast.first, reason=reason)
    report.refresh_from_db()
    assert report.is_open and shown(cast.post) and not Decision.objects.exists()


@pytest.mark.parametrize("kind", ["limit", "suspend", "lift", "delete"])
def test_a_team_neither_limits_nor_suspends(cast: Cast, kind: str) -> None:
    with pytest.raises(ModerationError):
        cast.report().decide(kind, by=cast.team, reason="So.", team=cast.city.actor)
    assert not Decision.objects.exists()


def test_a_team_decides_nothing_that_was_not_forwarded_to_it(cast: Cast) -> None:
    report = cast.report(forward=False)
    with pytest.raises(ModerationError):
        report.decide("hide", by=cast.team, reason="So.", team=cast.city.actor)
    assert shown(cast.post)


def test_one_decision_answers_every_report_about_the_thing(cast: Cast) -> None:
    first, second, third = cast.report(), *(cast.report(by=by, forward=False) for by in (cast.first, cast.second))
    first.decide("hide", by=cast.team, reason="So.", team=cast.city.actor)
    second.refresh_from_db()
    assert second.is_open, "what the team may not see stays with the office"
    second.decide("dismiss", by=cast.second, reason="So.")
    third.refresh_from_db()
    assert third.state == "decided", "the office answers them all"


def test_nobody_decides_about_what_is_their_own(cast: Cast) -> None:
    cast.wrote.entitle(active=True, office=True, by="test")
    with pytest.raises(ModerationError):
        cast.report().decide("dismiss", by=cast.wrote, reason="I am fine.")


def test_a_limited_account_stands_in_no_public_timeline(cast: Cast) -> None:
    begun = say(cast.writer, "Good morning.")
    assert listed(begun)
    Report.make(cast.reader, "actor", cast.writer.pk, reason="spam").decide("limit", by=cast.first, reason="Many ads.")
    assert not listed(begun)
    assert standing_of([cast.writer.pk, cast.city.actor_id]) == {cast.writer.pk: "limited", cast.city.actor_id: "good"}
    assert Actor.objects.get(pk=cast.writer.pk).limited_at
    later = say(Actor.objects.get(pk=cast.writer.pk), "Still here.")
    assert not listed(later)


def test_a_suspended_account_is_seen_by_nobody_until_it_is_lifted(cast: Cast) -> None:
    begun = say(cast.writer, "Good morning.")
    decision = Decision.about_actor(cast.writer, "suspend", by=cast.first, reason="Threats.")
    assert not shown(begun) and not shown(cast.post) and not listed(begun)
    assert not Post.objects.visible_to(Reader.of(cast.reader)).filter(author=cast.writer).exists()
    assert standing_of([cast.writer.pk]) == {cast.writer.pk: "suspended"}
    decision.lift(by=cast.second, reason="He apologised.")
    assert shown(begun) and listed(begun)
    assert below_good() == {}
    row = Standing.objects.get()
    assert (row.level, row.by, row.ended_by) == ("suspended", "first", "second")
    told = [*Letter.objects.order_by("pk").values_list("text", flat=True)]
    assert len(told) == 2 and "Threats." in told[0] and "He apologised." in told[1]


def test_lifting_leaves_what_another_decision_asks_for(cast: Cast) -> None:
    Decision.about_actor(cast.writer, "limit", by=cast.first, reason="Ads.")
    graver = Decision.about_actor(cast.writer, "suspend", by=cast.first, reason="Threats.")
    graver.lift(by=cast.second, reason="Too hard.")
    assert standing_of([cast.writer.pk]) == {cast.writer.pk: "limited"}


def test_what_two_decisions_hide_is_shown_when_both_are_lifted(cast: Cast) -> None:
    to_team, to_office = cast.report(), cast.report(by=cast.first, forward=False)
    one = to_team.decide("hide", by=cast.team, reason="Once.", team=cast.city.actor)
    two = to_office.decide("hide", by=cast.second, reason="Twice.")
    one.lift(by=cast.team, reason="Hm.", team=cast.city.actor)
    assert not shown(cast.post)
    two.lift(by=cast.first, reason="Hm.")
    assert shown(cast.post)


def test_who_closed_their_account_stays_gone_when_a_suspension_ends(cast: Cast) -> None:
    decision = Decision.about_actor(cast.writer, "suspend", by=cast.first, reason="Threats.")
    profile = cast.writer.profile
    profile.closed_at = decision.at
    profile.save()
    decision.lift(by=cast.second, reason="He left.")
    assert Actor.objects.get(pk=cast.writer.pk).gone_at


def test_a_city_is_not_suspended_by_one_officer(cast: Cast) -> None:
    report = Report.make(cast.reader, "actor", cast.city.actor_id, reason="hate")
    decision = report.decide("suspend", by=cast.first, reason="It incites.")
    assert (decision.state, report.state) == ("proposed", "in_hand")
    assert standing_of([cast.city.actor_id]) == {cast.city.actor_id: "good"} and not Letter.objects.exists()
    with pytest.raises(ModerationError, match="Somebody else"):
        decision.approve(by=cast.first)
    with pytest.raises(ModerationError, match="Somebody else"):
        decision.approve(by=cast.team)
    with pytest.raises(ModerationError, match="second officer"):
        report.decide("dismiss", by=cast.second, reason="No.")
    decision.approve(by=cast.second)
    report.refresh_from_db()
    assert (decision.state, decision.second_name, report.state) == ("in_force", "second", "decided")
    assert standing_of([cast.city.actor_id]) == {cast.city.actor_id: "suspended"}
    assert {letter.to for letter in Letter.objects.all()} == {"team@thehague.example"}
    with pytest.raises(Meanwhile):
        decision.approve(by=officer("third"))


def test_a_second_officer_may_disagree(cast: Cast) -> None:
    report = Report.make(cast.reader, "actor", cast.city.actor_id, reason="hate")
    decision = report.decide("limit", by=cast.first, reason="It incites.")
    with pytest.raises(ModerationError, match="Say why"):
        decision.refuse(by=cast.second, reason="")
    decision.refuse(by=cast.second, reason="It does not.")
    report.refresh_from_db()
    assert (decision.state, report.is_open, report.decision) == ("refused", True, None)
    report.decide("warn", by=cast.second, reason="Mind your words.")


def test_warning_a_city_takes_one_officer(cast: Cast) -> None:
    assert Decision.about_actor(cast.city.actor, "warn", by=cast.first, reason="Mind.").state == "in_force"


def test_asking_for_standings_costs_one_query(cast: Cast, django_assert_num_queries: object) -> None:
    Decision.about_actor(cast.writer, "limit", by=cast.first, reason="Ads.")
    standing_of([cast.writer.pk])
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert standing_of([*range(1000), cast.writer.pk])[cast.writer.pk] == "limited"
