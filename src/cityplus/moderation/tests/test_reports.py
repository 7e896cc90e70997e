"""Reporting: by whom, of what, once, and where it goes."""

from __future__ import annotations

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.actors.models import Actor
from cityplus.cities.models import City, Member
from cityplus.journal.models import Entry
from cityplus.moderation.models import ModerationError, Report, Rule
from cityplus.moderation.models.errors import Meanwhile
from cityplus.moderation.tests.conftest import Cast, everybody_accepts, person_of
from cityplus.people.models import Person
from cityplus.social import posting
from cityplus.social.tests.cast import resident, say

pytestmark = pytest.mark.django_db


def address(cast: Cast) -> str:
    return f"/reports/post/{cast.post.pk}/"


def test_a_reader_reports_a_post(cast: Cast, rules: list[Rule]) -> None:
    everybody_accepts()
    client = cast.browser("reader")
    page = client.get(address(cast)).content.decode()
    assert "Buy my watches." in page and "Be kind." in page and "The team of The Hague may see it too" in page
    form = {"reason": "spam", "rule": [rules[1].pk], "words": "It is an ad.", "forward": "on"}
    assert client.post(address(cast), form).headers["Location"] == cast.post.get_absolute_url()
    report = Report.objects.get()
    assert (report.reporter, report.author, report.city) == (cast.reader, cast.writer, cast.city.actor)
    assert (report.reason, report.words, report.excerpt) == ("spam", "It is an ad.", "Buy my watches.")
    assert [*report.rules.all()] == [rules[1]]
    assert (report.state, report.lies_with_city) == ("received", True)
    entry = Entry.objects.get(verb="report.made")
    assert (entry.quiet, entry.by) == (True, ""), "who reports is not named in the trail"


def test_one_thing_is_reported_once_until_it_is_decided(cast: Cast) -> None:
    first = cast.report()
    assert cast.report(reason="hate") == first
    assert cast.report(by=cast.first).pk != first.pk, "somebody else reports it too"
    first.decide("dismiss", by=cast.first, reason="Fine.")
    assert cast.report().pk != first.pk


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"reason": ""}, 422),
        ({"reason": "boring"}, 422),
        ({"words": "x" * 2001}, 422),
        ({"rule": ["99999"]}, 422),
        ({}, 302),
    ],
)
def test_what_is_wrong_in_the_form_is_said_and_makes_no_report(
    cast: Cast, change: dict[str, object], status: int
) -> None:
    answer = cast.browser("reader").post(address(cast), {"reason": "spam"} | change)
    assert answer.status_code == status
    assert Report.objects.count() == (status == 302)


def test_nobody_reports_what_they_may_not_see(cast: Cast) -> None:
    hidden = say(cast.writer, "Among us.", audience="followers")
    gone = say(cast.writer, "Gone.")
    posting.delete(gone, by="wim")
    for kind, number in (("post", hidden.pk), ("post", gone.pk), ("post", 1), ("nothing", 1), ("actor", 999_999)):
        for client in (cast.browser("reader"), cast.browser("first")):
            assert client.get(f"/reports/{kind}/{number}/").status_code == 404
            assert client.post(f"/reports/{kind}/{number}/", {"reason": "spam"}).status_code == 404
        with pytest.raises(ModerationError):
            Report.make(cast.reader, kind, number, reason="spam")
    assert not Report.objects.exists()


def test_who_is_not_signed_in_signs_in_first(cast: Cast) -> None:
    answer = Client().post(address(cast), {"reason": "spam"})
    assert answer.headers["Location"].startswith("/account/session/?next=")
    assert not Report.objects.exists()


def test_ones_own_is_not_reported(cast: Cast) -> None:
    page = cast.browser("writer").post(address(cast), {"reason": "spam"})
    assert page.status_code == 422 and "your own" in page.content.decode()
    with pytest.raises(ModerationError, match="your own"):
        Report.make(cast.team, "actor", cast.city.actor_id, reason="spam")


def test_a_report_goes_to_the_city_only_if_its_reporter_lets_it(cast: Cast) -> None:
    assert not cast.report(forward=False).lies_with_city


def test_what_a_city_says_or_is_goes_to_the_office_alone(cast: Cast, shenzhen: City) -> None:
    own = say(cast.city.actor, "We are the best.", asks=shenzhen.actor)
    for kind, number in (("actor", cast.city.actor_id), ("post", own.pk)):
        report = Report.make(cast.reader, kind, number, reason="hate", forward=True)
        assert report.city and not report.lies_with_city
        page = cast.browser("reader").get(f"/reports/{kind}/{number}/").content.decode()
        assert "may see it too" not in page
    assert not Report.objects.of_city(cast.city.actor).exists()
    assert not Report.objects.of_city(shenzhen.actor).exists()


def test_a_city_that_is_not_launched_is_not_there_to_be_reported(cast: Cast, plovdiv: City) -> None:
    assert cast.browser("reader").get(f"/reports/actor/{plovdiv.actor_id}/").status_code == 404
    assert cast.browser("first").get(f"/reports/actor/{plovdiv.actor_id}/").status_code == 200, "the office knows of it"


def test_in_whose_space_a_post_stands(cast: Cast, thehague: City, shenzhen: City) -> None:
    pair = Actor.objects.create(handle="shenzhen+thehague", kind=Actor.Kind.PAIR, names=thehague.actor.names)
    stranger = resident("zoe")
    asked = say(stranger, "Where?", asks=shenzhen.actor)
    answer = say(cast.writer, "There.", reply_to=asked)
    alone = say(cast.writer, "On my own.")
    both = say(cast.writer, "To both.", space=pair)
    neither = say(stranger, "From elsewhere.", space=pair)
    expected = {asked: shenzhen, answer: shenzhen, alone: None, both: thehague, neither: None, cast.post: thehague}
    for post, city in expected.items():
        reporter = cast.first
        assert Report.make(reporter, "post", post.pk, reason="spam").city == (city.actor if city else None)


def test_reporting_is_limited(cast: Cast) -> None:
    client, posts = cast.browser("reader"), [say(cast.writer, f"Number {n}.") for n in range(21)]
    statuses = [client.post(f"/reports/post/{post.pk}/", {"reason": "spam"}).status_code for post in posts]
    assert statuses == [302] * 20 + [429]
    assert Report.objects.count() == 20
    another = sign_in(person_of(resident("zoe")))
    assert another.post(address(cast), {"reason": "spam"}).status_code == 302


def test_one_network_is_limited_whoever_reports(cast: Cast) -> None:
    """An IPv6 network is its /64."""
    people = [Person.objects.create_user(f"p{n}") for n in range(4)]
    posts = [say(cast.writer, f"Number {n}.") for n in range(17)]
    statuses = []
    for n, person in enumerate(people):
        client = sign_in(person)
        there = f"2001:db8::{n + 1}"
        statuses += [
            client.post(f"/reports/post/{p.pk}/", {"reason": "spam"}, REMOTE_ADDR=there).status_code for p in posts
        ]
    assert statuses.count(302) == 60 and statuses[60:] == [429] * 8


def test_a_report_is_taken_given_and_given_back(cast: Cast) -> None:
    report = cast.report()
    report.assign(cast.team, by="team")
    assert (report.state, report.officer) == ("in_hand", cast.team) and report.taken_at
    report.assign(cast.first, by="team")
    assert (report.state, report.officer) == ("in_hand", cast.first)
    report.assign(None, by="first")
    report.assign(None, by="first")
    back = Report.objects.get(pk=report.pk)
    assert (back.state, back.officer, back.taken_at) == ("received", None, None)
    report.decide("dismiss", by=cast.team, reason="Fine.", team=cast.city.actor)
    with pytest.raises(Meanwhile):
        report.assign(cast.first, by="first")


def test_a_team_hands_over_and_no_longer_decides(cast: Cast) -> None:
    report = cast.report()
    report.hand_over(by="team", note="Too grave for us.")
    assert (report.handed_by, report.note, report.lies_with_city) == ("team", "Too grave for us.", False)
    with pytest.raises(ModerationError, match="has it already"):
        report.hand_over(by="team", note="")
    with pytest.raises(ModerationError, match="office decides"):
        report.decide("hide", by=cast.team, reason="Spam.", team=cast.city.actor)
    report.decide("hide", by=cast.first, reason="Spam.")
    assert report in Report.objects.of_city(cast.city.actor), "the team still sees what became of it"


def test_a_report_outlives_its_reporter(cast: Cast) -> None:
    report = cast.report()
    Member.objects.filter(person=cast.reader).delete()
    cast.reader.delete()
    report.refresh_from_db()
    assert report.reporter is None and report.is_open
