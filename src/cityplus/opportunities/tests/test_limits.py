"""How much there is room for: opportunities of a host, answers of an organisation, messages, outcomes, searches and files."""

from __future__ import annotations

from datetime import timedelta

import pytest
from conftest import sign_in
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cityplus import limits
from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.limits import Limit
from cityplus.opportunities.allowed import BEGINNING, DRAFTING, TELLING, WRITING
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.models import Care, Interest, Opportunity, Paper, Search
from cityplus.opportunities.models.message import LONGEST
from cityplus.opportunities.models.opportunity import MOST
from cityplus.opportunities.models.parts import PAPER_BYTES, PAPERS
from cityplus.opportunities.models.search import MOST as SEARCHES
from cityplus.opportunities.tests.cast import boss, drafted, firm, public
from cityplus.people.models import Person

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 a plan"


def used_up(limit: Limit, *who: object, but: int = 1) -> None:
    """So that it has room for so many times more."""
    for _ in range(limit.times - but):
        limits.take(limit.by(*who))


def test_a_host_has_so_many_that_are_not_closed(thehague: City) -> None:
    first = drafted(thehague.actor, "n0")
    rows = [
        Opportunity(host=thehague.actor, city=thehague, slug=f"n{n}", direction="offer", kind="pilot", made_by="x",
                    expires_at=first.expires_at)
        for n in range(1, MOST)
    ]  # fmt: skip
    Opportunity.objects.bulk_create(rows)
    with pytest.raises(OpportunityError, match=f"{MOST} opportunities"):
        drafted(thehague.actor, "more")
    first.close(by="host")
    assert drafted(thehague.actor, "more").state == "draft"


def test_a_message_has_so_many_letters(talk: Interest) -> None:
    host = talk.opportunity.host
    with pytest.raises(OpportunityError, match=str(LONGEST)):
        talk.write(host, Text.of("en", en="x" * (LONGEST + 1)), by="delta-boss")
    assert talk.write(host, Text.of("en", en="x" * LONGEST), by="delta-boss").state == "said"


def test_there_are_so_many_files_and_none_too_large(thehague: City) -> None:
    one = drafted(thehague.actor)
    with pytest.raises(OpportunityError, match="10 MB"):
        Paper.add(one, "large.pdf", PDF + b"0" * PAPER_BYTES, by="x")
    for number in range(PAPERS):
        Paper.add(one, f"{number}.pdf", PDF, by="x")
    with pytest.raises(OpportunityError, match=f"at most {PAPERS} files"):
        Paper.add(one, "more.pdf", PDF, by="x")
    with pytest.raises(OpportunityError, match="no PDF"):
        Paper.add(one, "page.pdf", b"<html>", by="x")
    assert one.papers.count() == PAPERS


def test_a_person_keeps_so_many_searches(visitor: Person) -> None:
    browser = sign_in(visitor)
    for number in range(SEARCHES + 1):
        browser.post("/opportunities/searches/", {"sector": f"{number + 10}"})
    assert Search.objects.filter(person=visitor).count() == SEARCHES
    assert f"You keep {SEARCHES} searches already" in browser.get("/opportunities/searches/").content.decode()


def test_a_person_writes_so_many_messages_an_hour_wherever(talk: Interest, owner: Person) -> None:
    browser, address = sign_in(boss(talk.organisation)), f"{talk.get_absolute_url()}messages/"
    used_up(WRITING, boss(talk.organisation).pk)
    assert [browser.post(address, {"words": "Hi", "tongue": "en"}).status_code for _ in range(2)] == [302, 429]
    Care.ask(talk, "host", by="delta-boss")
    used_up(WRITING, owner.pk)
    desk, address = sign_in(owner), f"/desk/@thehague/interests/{talk.pk}/messages/"
    assert [desk.post(address, {"words": "Hi", "tongue": "en"}).status_code for _ in range(2)] == [302, 429]
    assert talk.messages.count() == 3


def test_an_organisation_answers_so_many_a_day(thehague: City, shenzhen: City) -> None:
    port = firm(shenzhen, "port")
    addresses = [f"{public(thehague.actor, slug).get_absolute_url()}interests/" for slug in ("one", "two")]
    used_up(BEGINNING, port.pk)
    facts = {"for": "port", "words": "Hello", "tongue": "en"}
    assert [sign_in(boss(port)).post(address, facts).status_code for address in addresses] == [302, 429]
    assert Interest.objects.count() == 1


def test_so_many_are_begun_for_a_host_a_day(thehague: City) -> None:
    delta = firm(thehague, "delta")
    until = (timezone.now() + timedelta(days=30)).date().isoformat()
    facts = {
        "direction": "offer", "kind": "pilot", "sectors": ["62"], "languages": ["en"], "audience": "all", "until": until,
        "tongue_0": "en", "title_0": "Smart quays", "story_0": "Sensors.", "place_0": "",
    }  # fmt: skip
    used_up(DRAFTING, delta.actor.pk)
    browser = sign_in(boss(delta))
    assert [browser.post("/work/@delta/opportunities/new/", facts).status_code for _ in range(2)] == [302, 429]
    assert Opportunity.objects.count() == 1


def test_a_person_tells_so_many_outcomes_a_day(talk: Interest) -> None:
    person = boss(talk.organisation)
    used_up(TELLING, person.pk)
    facts = {"kind": "visit", "on": timezone.now().date().isoformat(), "tongue": "en"}
    address = f"{talk.get_absolute_url()}outcomes/"
    said = [sign_in(person).post(address, {**facts, "kind": kind}).status_code for kind in ("visit", "pilot")]
    assert said == [302, 429] and talk.outcomes.count() == 1


def test_a_file_that_is_too_large_or_one_too_many_is_refused_on_the_page(thehague: City) -> None:
    one = drafted(firm(thehague, "delta").actor)
    browser, address = sign_in(boss(thehague.organisations.get())), "/work/@delta/opportunities/quays/files/"
    for number in range(PAPERS + 1):
        browser.post(address, {"file": SimpleUploadedFile(f"{number}.pdf", PDF, "application/pdf")})
    page = browser.get("/work/@delta/opportunities/quays/").content.decode()
    assert one.papers.count() == PAPERS and f"at most {PAPERS} files" in page
    browser.post(address, {"file": SimpleUploadedFile("large.pdf", PDF + b"0" * (PAPER_BYTES + 70_000))})
    assert "Choose a PDF of at most 10 MB." in browser.get("/work/@delta/opportunities/quays/").content.decode()


def test_a_file_needs_the_token_of_its_form(thehague: City) -> None:
    one, browser = drafted(firm(thehague, "delta").actor), Client(enforce_csrf_checks=True)
    browser.force_login(boss(thehague.organisations.get()))
    sent = {"file": SimpleUploadedFile("plan.pdf", PDF, "application/pdf")}
    assert browser.post("/work/@delta/opportunities/quays/files/", sent).status_code == 403
    assert not one.papers.exists()
