"""Guards that stand behind others: each holds by itself, whoever comes past the first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from conftest import sign_in
from django.test import Client
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.journal import subscribers
from cityplus.languages.text import Text
from cityplus.notifications import reading
from cityplus.notifications.models import Notice
from cityplus.opportunities import machine
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.matching import fitting
from cityplus.opportunities.models import Care, Interest, Opportunity, Outcome, Paper, Search
from cityplus.opportunities.tests.cast import begun, boss, drafted, firm, public
from cityplus.organisations.models import Delegate, Organisation
from cityplus.people.models import Letter, Person

pytestmark = pytest.mark.django_db


def told(talk: Interest) -> Outcome:
    return Outcome.tell(talk, "guest", by="port-boss", kind="visit", on=timezone.now().date())


def lines(person: Person, kind: str) -> list[str]:
    subscribers.deliver()
    heads = list(Notice.objects.filter(person=person, kind=kind))
    return [str(line.said.text) for line in reading.lines(person, reading.groups(person, heads))]


def test_an_outcome_is_answered_in_its_own_conversation_alone(
    talk: Interest, delta: Organisation, thehague: City
) -> None:
    other = begun(public(delta.actor, "other"), firm(thehague, "dunes"))
    outcome = told(talk)
    browser = sign_in(boss(delta))
    answer = browser.post(f"{other.get_absolute_url()}outcomes/{outcome.pk}/", {"say": "confirmed"})
    assert answer.status_code == 404 and Outcome.objects.get().state == "proposed"


def test_a_file_is_had_under_its_own_opportunity_alone(delta: Organisation, port: Organisation) -> None:
    public(delta.actor)
    paper = Paper.add(drafted(delta.actor, "draft"), "plan.pdf", b"%PDF-1.7", by="host")
    browser = sign_in(boss(port))
    assert browser.get(f"/@delta/opportunities/quays/files/{paper.pk}/").status_code == 404


def test_nobody_drops_the_search_of_another(delta: Organisation, visitor: Person) -> None:
    search = Search.keep(boss(delta), "Quays", {"sector": "H"}, "sector=H")
    assert sign_in(visitor).post(f"/opportunities/searches/{search.pk}/removal/").status_code == 404
    assert Search.objects.exists()


def test_a_search_is_not_told_of_what_was_public_before(delta: Organisation, visitor: Person) -> None:
    public(delta.actor)
    Search.keep(visitor, "All", {}, "")
    assert lines(visitor, "opportunities.match") == []


def test_what_was_withdrawn_is_asked_of_nobody(talk: Interest, delta: Organisation) -> None:
    outcome = told(talk)
    assert len(lines(boss(delta), "opportunities.outcome")) == 1
    outcome.withdraw("guest", by="port-boss")
    assert lines(boss(delta), "opportunities.outcome") == []


def test_who_has_closed_it_does_not_hear_that_the_other_closes_the_offer(talk: Interest, port: Organisation) -> None:
    talk.move("guest", "closed", by="port-boss")
    talk.opportunity.close(by="delta-boss")
    assert not any("was closed" in words for words in lines(boss(port), "opportunities.deed"))


def test_only_somebody_of_the_team_sees_to_it(talk: Interest, thehague: City, port: Organisation) -> None:
    with pytest.raises(OpportunityError, match="of the team"):
        Care.of(talk, thehague).assign(boss(port), by="owner")


def test_nobody_is_reminded_before_a_week_and_none_twice(talk: Interest) -> None:
    now = timezone.now()
    assert [talk.remind(now + timedelta(days=days)) for days in (0, 6, 8, 9)] == [False, False, True, False]


def test_what_lapsed_while_the_city_looked_is_not_made_public(delta: Organisation) -> None:
    one = drafted(delta.actor)
    one.submit(by="host")
    Opportunity.objects.update(expires_at=timezone.now() - timedelta(days=1))
    with pytest.raises(OpportunityError, match="day to come"):
        one.publish(by="desk")
    assert Opportunity.objects.get().state == "submitted"


def test_a_file_is_taken_from_a_draft_alone(delta: Organisation) -> None:
    one = drafted(delta.actor)
    paper = Paper.add(one, "plan.pdf", b"%PDF-1.7", by="host")
    one.submit(by="host")
    with pytest.raises(OpportunityError, match="take it back first"):
        paper.remove(by="host")
    with pytest.raises(OpportunityError, match="take it back first"):
        Paper.add(one, "more.pdf", b"%PDF-1.7", by="host")


def test_a_machine_overwrites_nobody(delta: Organisation) -> None:
    one = public(delta.actor)
    machine._write("opportunity", one.pk, "fr", {"title": "Quais"}, {"title": "What it was called before"})
    machine._write("opportunity", one.pk, "nl", {"title": "Kades"}, {"title": "Smart quays"})
    one.refresh_from_db()
    assert "fr" not in one.title.versions and one.title.in_language("nl") == "Slimme kades"


def test_nothing_of_ones_own_is_suggested(delta: Organisation, port: Organisation) -> None:
    public(delta.actor)
    assert not list(fitting(delta)) and len(list(fitting(port))) == 1


def test_who_writes_gets_no_letter_of_it(delta: Organisation, port: Organisation) -> None:
    """A boss of both firms hears from neither of them what they wrote themselves."""
    Delegate.join(delta, boss(port), "owner", by="delta-boss")
    begun(public(delta.actor), port)
    subscribers.deliver()
    said = Letter.objects.filter(subject="A message about an opportunity")
    assert set(said.values_list("to", flat=True)) == {"delta@example.org"}


def test_what_is_over_is_in_no_list_before_anybody_noted_it(delta: Organisation, stranger: Client) -> None:
    public(delta.actor, "over", title=Text.of("en", en="Old quays"))
    Opportunity.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    public(delta.actor)
    for address in (
        "/opportunities/",
        "/opportunities/opportunities.csv",
        "/opportunities/opportunities.atom",
        "/@delta/",
    ):
        page = stranger.get(address).content.decode()
        assert "Smart quays" in page and "Old quays" not in page, address


def test_a_city_that_is_not_public_any_more_shows_nothing(thehague: City) -> None:
    public(thehague.actor)
    assert Opportunity.objects.public().exists()
    City.objects.filter(pk=thehague.pk).update(stage="ready")
    assert not Opportunity.objects.public().exists()
