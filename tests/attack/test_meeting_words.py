"""What organisers and guests type, on its way into calendars, feeds, structured data, papers and letters."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import sign_in
from django.test import Client
from icalendar import Calendar

from cityplus.cities.models import City
from cityplus.events.doors import printing
from cityplus.events.models import Registration, Session
from cityplus.events.tests.cast import meeting
from cityplus.events.tests.planning_cast import hall
from cityplus.languages.text import Text
from cityplus.opportunities.tests.cast import begun, firm, public
from cityplus.people.models import Letter, Person
from cityplus.web.press import press

pytestmark = pytest.mark.django_db
EVIL = 'A\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:forged;X="1",2\\n'
LONG = "海" * 90


def folded(body: bytes) -> list[bytes]:
    """The lines as they are sent; none is longer than 75 octets, and none is cut inside of a letter."""
    lines = body.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    for line in lines:
        line.decode()
    return lines


def test_no_word_of_an_organiser_makes_lines_of_its_own_in_a_calendar(thehague: City, stranger: Client) -> None:
    event = meeting(thehague.actor, title=Text.of("en", en=EVIL + LONG), story=Text.of("en", en=LONG + EVIL))
    venue = event.venues.get()
    venue.change(by="x", name=Text.of("en", en=EVIL), address=EVIL, link="https://stream.example/a?b=1,2;c")
    facts: dict[str, Any] = {"title": Text.of("en", en=EVIL), "starts_at": event.starts_at, "ends_at": event.ends_at}
    Session.add(event, by="x", **facts)
    event.cancel(EVIL, by="x")
    for address in (f"{event.get_absolute_url()}agenda.ics", "/@thehague/events.ics"):
        body = stranger.get(address).content
        folded(body)
        calendar = Calendar.from_ical(body)
        found = calendar.walk("VEVENT")
        assert "forged" not in {str(one["uid"]) for one in found}
        assert len(found) == (2 if "agenda" in address else 1)
        assert LONG in str(found[0]["summary"])


@pytest.mark.parametrize(
    "link",
    [
        "https://stream.example/\r\nBEGIN:VALARM",
        "https://stream.example/\nX-A:b",
        "https://thehague.nl@evil.example/",
        "javascript:alert(1)//https://a.example",
        "https://stream.example/a b",
        "//evil.example/",
        "data:text/html,x",
        "https://stream.example/\u202egpj.exe",
    ],
)
def test_the_address_of_a_stream_is_an_address_and_nothing_else(thehague: City, owner: Person, link: str) -> None:
    event = meeting(thehague.actor)
    desk = sign_in(owner)
    answer = desk.post(f"/desk/@thehague/events/{event.pk}/places/", hall(link=link))
    assert answer.status_code == 422, "no such place"
    assert event.venues.count() == 1


@pytest.mark.parametrize(
    "link", ["https://thehague.nl@evil.example/", "javascript:alert(1)", "https://a\u202eb.example"]
)
def test_who_wrote_of_it_has_an_address_too(thehague: City, owner: Person, link: str) -> None:
    event = meeting(thehague.actor)
    said = {"press": f"{link} A paper", "recording": ""}
    assert sign_in(owner).post(f"/desk/@thehague/events/{event.pk}/afterwards/", said).status_code == 422
    event.refresh_from_db()
    assert event.press == []


@pytest.mark.parametrize("evidence", ["javascript:alert(1)", "ftp://a.example/x", "https://port.example@evil.example/"])
def test_evidence_of_an_outcome_is_a_page_that_one_can_read(thehague: City, shenzhen: City, evidence: str) -> None:
    talk = begun(public(firm(thehague, "delta").actor), firm(shenzhen, "port"))
    boss = Person.objects.get(username="port-boss")
    said = {"kind": "pilot", "on": talk.at.date().isoformat(), "evidence": evidence, "words": "", "tongue": "en"}
    answer = sign_in(boss).post(f"/opportunities/interests/{talk.pk}/outcomes/", said)
    assert answer.status_code == 422
    assert not talk.outcomes.exists()


def test_structured_data_ends_no_script(thehague: City, stranger: Client) -> None:
    evil = "</script><script>alert(1)</script><!--"
    event = meeting(thehague.actor, title=Text.of("en", en=evil), story=Text.of("en", en=evil))
    event.venues.update(address=evil, link="https://stream.example/")
    one = public(firm(thehague, "delta").actor, title=Text.of("en", en=evil), story=Text.of("en", en=evil))
    for address in (event.get_absolute_url(), one.get_absolute_url()):
        page = stranger.get(address).content.decode()
        assert "<script>alert" not in page
        (ld,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
        assert evil in json.dumps(json.loads(ld), ensure_ascii=False)


def test_a_feed_stays_a_feed_whatever_signs_are_typed(thehague: City, stranger: Client) -> None:
    evil = "A\x08\x0b\x1b\ufffe]]>&<b>"
    public(firm(thehague, "delta").actor, title=Text.of("en", en=evil), story=Text.of("en", en=evil))
    answer = stranger.get("/opportunities/opportunities.atom")
    assert answer.status_code == 200
    root = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
    assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) == 1


@pytest.mark.parametrize(
    "evil", ['=HYPERLINK("http://a")', "+1", "-1", "@x", "\t=1", " =1", "\u00a0=1", "\u200b=1", "＝1"]
)
def test_a_table_holds_no_formula(thehague: City, stranger: Client, evil: str) -> None:
    public(firm(thehague, "delta").actor, title=Text.of("en", en=evil), place=Text.of("en", en=evil))
    body = stranger.get("/opportunities/opportunities.csv").content.decode().removeprefix("\ufeff")
    row = next(csv.DictReader(io.StringIO(body)))
    assert row["title"].startswith("'") and row["place"].startswith("'")


EVIL_TYPST = '#panic("x") $ \\ ] [ "quote" */ // `raw` <label> @ref = Head \u202ertl\u202c {{#}}'


@pytest.mark.parametrize("template", ["badges.typ", "names.typ"])
def test_papers_set_words_as_words(thehague: City, template: str) -> None:
    event = meeting(thehague.actor, title=Text.of("en", en=EVIL_TYPST))
    venue = event.venues.get()
    venue.change(by="x", name=Text.of("en", en=EVIL_TYPST), address=EVIL_TYPST)
    firm_ = firm(thehague, "delta")
    Registration.make(venue, name=EVIL_TYPST[:120], email="a@example.org", language="en", organisation=firm_)
    book = printing.badge_book(event, venue, 1) if "badges" in template else printing.list_book(event, venue, 1)
    assert press(printing.TEMPLATES / template, book, {}).startswith(b"%PDF-")


def test_a_ticket_sets_words_as_words(thehague: City) -> None:
    event = meeting(thehague.actor, title=Text.of("en", en=EVIL_TYPST), bring=Text.of("en", en=EVIL_TYPST))
    venue = event.venues.get()
    row, _ = Registration.make(venue, name=EVIL_TYPST[:120], email="a@example.org", language="en")
    assert press(printing.TEMPLATES / "ticket.typ", printing.ticket_book(row), {}).startswith(b"%PDF-")


def test_no_title_and_no_name_reaches_the_head_of_a_letter(thehague: City, stranger: Client) -> None:
    evil = "Meeting\r\nBcc: all@example.org\r\n\r\nHello"
    event = meeting(thehague.actor, title=Text.of("en", en=evil))
    venue = event.venues.get()
    said = {"venue": venue.pk, "name": evil[:100], "email": "ana@example.org", "consent": "on"}
    assert stranger.post(f"{event.get_absolute_url()}registration/", said).status_code == 302
    letter = Letter.objects.get()
    assert "\n" not in letter.subject and "Bcc" not in letter.subject


@pytest.mark.parametrize("name", ["Ana\u202eavE", "Ana\u2066Eva", "Ana\x07", "Ana\nBoss of all"])
def test_a_name_turns_no_line_around(thehague: City, stranger: Client, name: str) -> None:
    """What stands in the lists of a door and on badges reads as it is."""
    event = meeting(thehague.actor)
    said = {"venue": event.venues.get().pk, "name": name, "email": "ana@example.org", "consent": "on"}
    stranger.post(f"{event.get_absolute_url()}registration/", said)
    kept = [row.name for row in Registration.objects.all()]
    assert all(one.isprintable() for one in kept)
