"""Appeals: by whom it is about, once, in time, and decided by somebody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cityplus.journal.models import Entry
from cityplus.moderation.models import Appeal, Decision, ModerationError
from cityplus.moderation.models.errors import Meanwhile
from cityplus.moderation.models.standing import standing_of
from cityplus.moderation.tests.conftest import Cast
from cityplus.people.models import Letter
from cityplus.social.models import Post
from cityplus.social.speakers.reader import NOBODY

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden(cast: Cast) -> Decision:
    return cast.report().decide("hide", by=cast.team, reason="An ad.", team=cast.city.actor)


def shown(cast: Cast) -> bool:
    return Post.objects.visible_to(NOBODY).filter(pk=cast.post.pk).exists()


def test_a_reversed_decision_is_undone_and_told(cast: Cast, hidden: Decision) -> None:
    appeal = Appeal.make(hidden, cast.wrote, "They are my grandfather’s watches.")
    Letter.objects.all().delete()
    appeal.reverse(by=cast.first, reason="He is no dealer.")
    hidden.refresh_from_db()
    assert shown(cast) and (hidden.state, appeal.state, appeal.by_name) == ("reversed", "reversed", "first")
    entry = Entry.objects.get(verb="appeal.reversed")
    assert (entry.quiet, entry.handle, entry.data["reason"]) == (False, "thehague", "He is no dealer.")
    assert "He is no dealer." in Letter.objects.get().text


def test_an_upheld_decision_stays(cast: Cast, hidden: Decision) -> None:
    Appeal.make(hidden, cast.wrote, "No.").uphold(by=cast.first, reason="It is one.")
    hidden.refresh_from_db()
    assert not shown(cast) and hidden.state == "in_force"


def test_reversing_a_suspension_gives_the_standing_back(cast: Cast) -> None:
    decision = Decision.about_actor(cast.writer, "suspend", by=cast.first, reason="Threats.")
    Appeal.make(decision, cast.wrote, "It was a quote.").reverse(by=cast.second, reason="It was.")
    assert standing_of([cast.writer.pk]) == {cast.writer.pk: "good"} and shown(cast)


def test_what_was_lifted_can_be_reversed_all_the_same(cast: Cast, hidden: Decision) -> None:
    appeal = Appeal.make(hidden, cast.wrote, "No.")
    hidden.lift(by=cast.first, reason="Enough.")
    appeal.reverse(by=cast.second, reason="It should not have been.")
    hidden.refresh_from_db()
    assert hidden.state == "reversed" and shown(cast)


def test_a_decision_is_appealed_once(cast: Cast, hidden: Decision) -> None:
    Appeal.make(hidden, cast.wrote, "No.")
    with pytest.raises(ModerationError, match="already"):
        Appeal.make(hidden, cast.wrote, "No, no.")


def test_nobody_appeals_for_others(cast: Cast, hidden: Decision) -> None:
    for person in (cast.reader, cast.team, cast.first):
        with pytest.raises(ModerationError):
            Appeal.make(hidden, person, "No.")


@pytest.mark.parametrize(("days", "may"), [(179, True), (181, False)])
def test_an_appeal_has_its_time(cast: Cast, hidden: Decision, days: int, may: bool) -> None:
    Decision.objects.filter(pk=hidden.pk).update(at=timezone.now() - timedelta(days=days))
    hidden.refresh_from_db()
    assert hidden.can_be_appealed is may
    if may:
        Appeal.make(hidden, cast.wrote, "No.")
    else:
        with pytest.raises(ModerationError, match="no longer"):
            Appeal.make(hidden, cast.wrote, "No.")


def test_what_is_not_against_anybody_is_not_appealed(cast: Cast, hidden: Decision) -> None:
    lifting = hidden.lift(by=cast.first, reason="Enough.")
    with pytest.raises(ModerationError, match="no longer"):
        Appeal.make(lifting, cast.wrote, "No.")
    with pytest.raises(ModerationError, match="Say why"):
        Appeal.make(hidden, cast.wrote, "  ")


def test_somebody_else_decides_it(cast: Cast) -> None:
    by_first = cast.report(forward=False).decide("hide", by=cast.first, reason="An ad.")
    appeal = Appeal.make(by_first, cast.wrote, "No.")
    for person in (cast.first, cast.team, cast.wrote, cast.reader):
        with pytest.raises(ModerationError, match="Somebody else"):
            appeal.reverse(by=person, reason="So.")
    with pytest.raises(ModerationError, match="Say why"):
        appeal.reverse(by=cast.second, reason="")
    appeal.reverse(by=cast.second, reason="So.")
    with pytest.raises(Meanwhile):
        appeal.uphold(by=cast.second, reason="Or not.")


def test_neither_of_two_officers_decides_the_appeal_of_a_city(cast: Cast) -> None:
    decision = Decision.about_actor(cast.city.actor, "limit", by=cast.first, reason="It incites.")
    decision.approve(by=cast.second)
    appeal = Appeal.make(decision, cast.team, "We do not.")
    assert not appeal.may_settle(cast.first) and not appeal.may_settle(cast.second)


def test_whom_it_is_about_reads_and_appeals(cast: Cast, hidden: Decision) -> None:
    client, page = cast.browser("writer"), hidden.get_absolute_url()
    assert f'href="{page}"' in client.get("/account/decisions/").content.decode()
    assert "/account/decisions/" in client.get("/account/").content.decode()
    read = client.get(page).content.decode()
    assert "An ad." in read and "by the team of The Hague" in read and "Buy my watches." in read
    assert "team" not in read.replace("by the team of The Hague", "").split("<main")[-1], "no name of an officer"
    assert client.post(f"{page}appeal/", {"words": ""}).status_code == 422
    assert client.post(f"{page}appeal/", {"words": "They are old."}).headers["Location"] == page
    assert "They are old." in client.get(page).content.decode()
    assert client.post(f"{page}appeal/", {"words": "Again."}).status_code == 422


def test_others_do_not_know_of_it(cast: Cast, hidden: Decision) -> None:
    proposed = Decision.about_actor(cast.city.actor, "suspend", by=cast.first, reason="So.")
    for who in ("reader", "team", "first"):
        client = cast.browser(who)
        assert client.get(hidden.get_absolute_url()).status_code == 404
        assert client.post(f"{hidden.get_absolute_url()}appeal/", {"words": "x"}).status_code == 404
        assert client.get(proposed.get_absolute_url()).status_code == 404, "what waits for a second officer is not told"
        assert hidden.get_absolute_url() not in client.get("/account/decisions/").content.decode()
    for path in ("/account/decisions/", hidden.get_absolute_url()):
        assert Client().get(path).headers["Location"].startswith("/account/session/")
    assert not Appeal.objects.exists()


def test_who_is_suspended_signs_in_reads_and_appeals(cast: Cast) -> None:
    decision = Decision.about_actor(cast.writer, "suspend", by=cast.first, reason="Threats.")
    client = Client()
    entered = client.post("/account/session/", {"login": "wim", "password": "a long password"})
    assert entered.headers["Location"].endswith("/account/")
    page = decision.get_absolute_url()
    assert "Threats." in client.get(page).content.decode()
    assert client.post(f"{page}appeal/", {"words": "A quote."}).status_code == 302
    assert Appeal.objects.get().person == cast.wrote
