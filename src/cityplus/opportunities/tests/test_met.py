"""After a meeting: a result begins in a conversation about something that one of the two offers or asks for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from conftest import sign_in
from django.test import Client
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.journal import subscribers
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.models import Interest, Outcome
from cityplus.opportunities.tests.cast import begun, boss, public
from cityplus.organisations.encounters import Met
from cityplus.organisations.models import Delegate, Organisation
from cityplus.people.models import Letter, Person

pytestmark = pytest.mark.django_db
ON = timezone.now().date() - timedelta(days=5)
EVENT = "/@thehague/events/meeting/"


def way(ours: Organisation, theirs: Organisation, on: date = ON) -> str:
    [(label, address)] = Met(ours.pk, theirs.pk, on, EVENT).pages
    assert label == "Tell what came of it"
    return address


def test_one_answers_what_the_other_offers_and_tells_what_came_of_it(delta: Organisation, port: Organisation) -> None:
    one, browser = public(delta.actor), sign_in(boss(port))
    page = browser.get(way(port, delta)).content.decode()
    assert "What came of your meeting with" in page and f'href="{EVENT}"' in page
    assert f'<option value="{one.pk}">Delta: Smart quays</option>' in page
    answer = browser.post(way(port, delta), {"about": one.pk, "words": "As we said in the hall.", "tongue": "en"})
    talk = Interest.objects.get()
    assert answer.headers["Location"] == f"{talk.get_absolute_url()}#came"
    assert (talk.met_on, talk.met_at, talk.organisation) == (ON, EVENT, port)
    assert "You met on" in browser.get(talk.get_absolute_url()).content.decode()
    told = {"kind": "memorandum", "on": ON.isoformat(), "tongue": "en"}
    assert browser.post(f"{talk.get_absolute_url()}outcomes/", told).status_code == 302, "the day of the meeting counts"
    Outcome.objects.get().confirm("host", by="delta-boss")
    assert (
        f'"{ON.isoformat()}"' in Client().get("/opportunities/outcomes/outcomes.csv").content.decode().splitlines()[1]
    )
    with pytest.raises(OpportunityError, match="the day on which it happened"):
        Outcome.tell(talk, "guest", by="x", kind="visit", on=ON - timedelta(days=1))


def test_a_host_may_write_first_to_whom_it_has_met(delta: Organisation, port: Organisation) -> None:
    one = public(delta.actor)
    browser = sign_in(boss(delta))
    browser.post(way(delta, port), {"about": one.pk, "words": "It was good to meet you.", "tongue": "en"})
    talk = Interest.objects.get()
    assert (talk.opportunity, talk.organisation, talk.messages.get().author) == (one, port, delta.actor)
    assert (talk.host_state, talk.waits_for) == ("new", "guest")
    subscribers.deliver()
    assert Letter.objects.filter(to="port@example.org", text__contains="It was good to meet you.").count() == 1
    assert sign_in(boss(port)).get(talk.get_absolute_url()).status_code == 200


def test_a_conversation_that_is_there_goes_on(delta: Organisation, port: Organisation) -> None:
    talk, browser = begun(public(delta.actor), port), sign_in(boss(delta))
    page = browser.get(way(delta, port)).content.decode()
    assert f'name="interest" value="{talk.pk}"' in page and 'name="about"' not in page
    for on in (ON, ON + timedelta(days=2)):
        answer = browser.post(way(delta, port, on), {"interest": talk.pk})
        assert answer.headers["Location"] == f"{talk.get_absolute_url()}#came"
        talk.refresh_from_db()
        assert talk.met_on == ON, "the first meeting stays"


def test_where_neither_offers_or_asks_it_says_so(delta: Organisation, port: Organisation) -> None:
    page = sign_in(boss(port)).get(way(port, delta)).content.decode()
    assert "Neither of you offers or asks for anything" in page and 'href="/work/@port/opportunities/new/"' in page


def test_only_who_deals_for_the_first_of_the_two_and_only_by_our_word(
    delta: Organisation, port: Organisation, thehague: City, visitor: Person, stranger: Client
) -> None:
    one, address = public(delta.actor), way(port, delta)
    editor = Person.objects.create_user("writer")
    Delegate.join(port, editor, "editor", by="port-boss")
    assert stranger.get(address).status_code == 302
    for person in (visitor, boss(delta)):
        assert sign_in(person).get(address).status_code == 404
        assert sign_in(person).post(address, {"about": one.pk, "words": "Hi", "tongue": "en"}).status_code == 404
    mine = sign_in(boss(port))
    forged = (f"{address}x", address.partition("?")[0], "/opportunities/met/?word=WzEsMl0:1tQ:abc", way(port, port))
    assert {mine.get(page).status_code for page in forged} == {404}
    delta.give_back("No.", by="desk")
    assert mine.get(address).status_code == 404, "who is not verified any more"
    assert not Interest.objects.exists()


def test_only_what_is_open_and_of_the_two_can_be_chosen(
    delta: Organisation, port: Organisation, thehague: City
) -> None:
    closed, other = public(delta.actor), public(thehague.actor, "other")
    closed.close(by="host")
    browser = sign_in(boss(port))
    for number in (closed.pk, other.pk, "x", "9" * 30):
        sent = {"about": number, "words": "Hi", "tongue": "en"}
        assert browser.post(way(port, delta), sent).status_code == 404
    one = public(delta.actor, "again")
    assert browser.post(way(port, delta), {"about": one.pk, "words": " ", "tongue": "en"}).status_code == 422
    assert not Interest.objects.exists()
