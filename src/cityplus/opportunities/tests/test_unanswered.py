"""A side that leaves the other without an answer is told so, once; what one side does, the other hears."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from conftest import sign_in
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.journal import subscribers
from cityplus.languages.text import Text
from cityplus.notifications import reading
from cityplus.notifications.models import Notice
from cityplus.opportunities.expiring import calendar, unanswered
from cityplus.opportunities.models import Care, Interest, Opportunity, Outcome
from cityplus.opportunities.tests.cast import begun, boss, public
from cityplus.organisations.models import Organisation
from cityplus.people.models import Letter, Person

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7, seconds=1)


def reminders(to: str) -> int:
    subscribers.deliver()
    return Letter.objects.filter(to=f"{to}@example.org", subject="Somebody waits for your answer").count()


def notices(person: Person) -> list[str]:
    subscribers.deliver()
    heads = list(Notice.objects.filter(person=person, kind="opportunities.deed").order_by("pk"))
    return [str(line.said.text) for line in reading.lines(person, reading.groups(person, heads))]


def later(days: float) -> datetime:
    return timezone.now() + timedelta(days=days)


def test_a_side_that_does_not_answer_is_told_once(talk: Interest, delta: Organisation) -> None:
    assert (unanswered(later(6.9)), unanswered(later(7.1)), unanswered(later(7.1)), unanswered(later(60))) == (
        0,
        1,
        0,
        0,
    )
    assert (reminders("delta"), reminders("port")) == (1, 0)
    letter = Letter.objects.get(subject="Somebody waits for your answer")
    assert "Port wrote to Delta about “Smart quays”" in letter.text and talk.get_absolute_url() in letter.text
    assert "@example.org" not in letter.text + letter.html
    assert "Somebody waits for your answer about “Smart quays”." in notices(boss(delta))
    page = sign_in(boss(delta)).get(talk.get_absolute_url()).content.decode()
    assert "waits for your answer since" in page


def test_more_words_of_the_other_side_begin_nothing_anew(talk: Interest, port: Organisation) -> None:
    Interest.objects.filter(pk=talk.pk).update(waits_since=timezone.now() - WEEK)
    talk.write(port.actor, Text.of("en", en="Have you seen this?"), by="port-boss")
    assert (unanswered(), unanswered(later(30))) == (1, 0), "it waits since the first of them"


def test_after_an_answer_it_is_the_other_sides_turn(talk: Interest, delta: Organisation) -> None:
    assert unanswered(later(8)) == 1
    talk.write(delta.actor, Text.of("en", en="Yes!"), by="delta-boss")
    assert (unanswered(later(6)), unanswered(later(8)), unanswered(later(9))) == (0, 1, 0)
    assert (reminders("delta"), reminders("port")) == (0, 1), "what was answered meanwhile is not reminded of"


def test_to_say_how_far_one_is_is_an_answer_and_what_is_closed_needs_none(talk: Interest, delta: Organisation) -> None:
    talk.move("host", "meeting", by="delta-boss")
    assert unanswered(later(30)) == 0
    talk.write(delta.actor, Text.of("en", en="On Monday?"), by="delta-boss")
    talk.move("host", "closed", by="delta-boss")
    assert unanswered(later(30)) == 0


def test_a_city_that_helps_answers_for_nobody(talk: Interest, thehague: City) -> None:
    Care.ask(talk, "host", by="delta-boss")
    talk.write(thehague.actor, Text.of("en", en="Permits take a week."), by="owner")
    assert unanswered(later(8)) == 1


def test_a_sample_waits_for_nobody(thehague: City, port: Organisation) -> None:
    begun(public(thehague.actor, sample=True), port)
    assert unanswered(later(8)) == 0


def test_what_one_side_does_the_other_hears(talk: Interest, delta: Organisation, port: Organisation) -> None:
    host, guest = boss(delta), boss(port)
    assert notices(guest) == []
    talk.move("host", "meeting", by="delta-boss")
    assert notices(guest) == ["The other side says how far it is with “Smart quays”."]
    outcome = Outcome.tell(talk, "host", by="delta-boss", kind="visit", on=timezone.now().date())
    outcome.withdraw("host", by="delta-boss")
    assert "The other side withdrew what it told of “Smart quays”." in notices(guest)
    again = Outcome.tell(talk, "host", by="delta-boss", kind="pilot", on=timezone.now().date())
    again.confirm("guest", by="port-boss")
    assert "The other side confirmed what came of “Smart quays”." in notices(host)
    talk.opportunity.close(by="delta-boss")
    assert "“Smart quays” was closed." in notices(guest)
    assert not any("“Smart quays” was closed" in words for words in notices(host)), "who did it knows"


def test_a_person_of_the_desk_is_seen_as_one(talk: Interest, port: Organisation, thehague: City) -> None:
    page = sign_in(boss(port)).get(talk.get_absolute_url()).content.decode()
    assert "from the city’s desk" not in page
    Care.ask(talk, "host", by="delta-boss")
    talk.write(thehague.actor, Text.of("en", en="Permits take a week."), by="owner")
    assert "helps, from the city’s desk" in sign_in(boss(port)).get(talk.get_absolute_url()).content.decode()
    own = begun(public(thehague.actor, "own"), port)
    own.write(thehague.actor, Text.of("en", en="Welcome."), by="owner")
    page = sign_in(boss(port)).get(own.get_absolute_url()).content.decode()
    assert "from the city’s desk" not in page, "a city that offers is a side"


def test_a_host_confirms_or_closes_what_it_is_reminded_of(thehague: City, delta: Organisation) -> None:
    renewed, _, left = (public(delta.actor, slug) for slug in ("renewed", "closed", "left"))
    soon = renewed.expires_at - timedelta(days=13)
    assert [calendar(renewed.expires_at - timedelta(days=15)), calendar(soon), calendar(soon)] == [
        (0, 0, 0), (3, 0, 0), (0, 0, 0)
    ]  # fmt: skip
    subscribers.deliver()
    assert Letter.objects.filter(to="delta@example.org", subject="Does this still hold?").count() == 3
    browser = sign_in(boss(delta))
    until = (renewed.expires_at + timedelta(days=200)).date()
    browser.post("/work/@delta/opportunities/renewed/renewal/", {"until": until.isoformat()})
    browser.post("/work/@delta/opportunities/closed/closing/")
    over = left.expires_at + timedelta(seconds=1)
    assert [calendar(over), calendar(over)] == [(0, 1, 0), (0, 0, 0)]
    states = dict(Opportunity.objects.values_list("slug", "state"))
    assert states == {"renewed": "public", "closed": "closed", "left": "lapsed"}
    assert calendar(soon) == (0, 0, 0), "a clock that goes back reminds of nothing again"
    renewed.refresh_from_db()
    assert calendar(renewed.expires_at - timedelta(days=1)) == (1, 0, 0), "another day, another question"
    browser.post("/work/@delta/opportunities/closed/renewal/", {"until": until.isoformat()})
    assert Opportunity.objects.get(slug="closed").state == "closed", "what is closed stays closed"
