"""A ticket that was lost: replaced by who has it, or by the organisers; told by letter; and names that fit on paper."""

from __future__ import annotations

import io
import re

import pytest
from conftest import sign_in
from django.test import Client
from pypdf import PdfReader

from cityplus.cities.models import City, Member
from cityplus.events.doors import lettering
from cityplus.events.models import Event, OldCode, Registration, Ticket, Venue
from cityplus.events.tests.door_cast import guest, open_house
from cityplus.events.tests.test_registering import opened
from cityplus.journal.subscribers import deliver
from cityplus.people.models import Letter, Person

pytestmark = pytest.mark.django_db(transaction=True)
TICKETS = "/@thehague/events/meeting/tickets/"


@pytest.fixture
def event(thehague: City) -> Event:
    return open_house(thehague)


@pytest.fixture
def venue(event: Event) -> Venue:
    return event.venues.get()


def test_who_has_it_replaces_it_and_is_told(venue: Venue, visitor: Person, client: Client) -> None:
    row, token = Registration.make(venue, name="Ana", email="ana@example.org", language="en", person=visitor)
    other = guest(venue)
    owner, linked = sign_in(visitor), Client()
    assert opened(linked, f"/events/registration/{token}/").status_code == 302
    renewal = f"{TICKETS}{row.pk}/renewal/"
    codes = [Ticket.of(row).typed()]
    for browser in (owner, linked):
        assert browser.get(renewal).status_code == 405
        page = browser.post(renewal, follow=True).content.decode()
        codes.append(Ticket.of(row).typed())
        assert codes[-1] in page and codes[-2] not in page and "The one before it opens no door" in page
    assert len(set(codes)) == 3 and OldCode.objects.count() == 2
    for browser in (client, owner, linked):
        assert browser.post(f"{TICKETS}{other.pk}/renewal/").status_code == 404
    assert client.post(renewal).status_code == 404
    deliver()
    letters = Letter.objects.filter(subject="Your ticket has a new code")
    assert letters.count() == 2 and not any(code in letter.text for letter in letters for code in codes)
    for _time in range(4):
        owner.post(renewal)
    assert owner.post(renewal).status_code == 429
    row.forget()
    deliver()
    assert not OldCode.objects.exists() and not Ticket.objects.exists()


def test_the_organisers_replace_it_for_who_calls(thehague: City, event: Event, venue: Venue) -> None:
    ana = guest(venue)
    before = Ticket.of(ana).typed()
    person = Person.objects.create_user("planner", password="a long password")
    Member.objects.create(city=thehague, person=person, role="owner")
    desk = sign_in(person)
    page = f"/desk/@thehague/events/{event.pk}/registrations/"
    assert "Replace the ticket" in desk.get(page).content.decode()
    assert desk.post(f"{page}{ana.pk}/", {"decision": "renew"}).status_code == 302
    assert Ticket.of(ana).typed() != before
    deliver()
    link = re.search(r"(/events/registration/\S+/)", Letter.objects.get(subject="Your ticket has a new code").text)
    guest_browser = Client()
    assert link and opened(guest_browser, link[1]).status_code == 302
    assert Ticket.of(ana).typed() in guest_browser.get(TICKETS).content.decode()
    ana.cancel(by="ana")
    refused = desk.post(f"{page}{ana.pk}/", {"decision": "renew"}, follow=True).content.decode()
    assert "There is no place for which" in refused


def test_names_keep_their_direction_and_break_where_they_must() -> None:
    assert lettering.of_person("محمد").get("rtl") is True
    assert lettering.of_person("O'Brien <x>").get("rtl") is False
    assert lettering.of_person("王芳").get("rtl") is False
    long = "Donaudampfschifffahrtsgesellschaft"
    assert max(map(len, lettering.fitting(f"Ana {long}").split("\u200b"))) <= lettering.LONGEST
    assert lettering.fitting(f"Ana {long}").replace("\u200b", "") == f"Ana {long}"
    assert lettering.fitting("الأنصاريالأنصاريالأنصاري") == "الأنصاريالأنصاريالأنصاري", (
        "letters that join are not parted"
    )


def test_long_names_of_any_script_are_whole_on_lists_and_badges(venue: Venue, owner: Person) -> None:
    names = [
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk",
        "محمد بن عبد الله",
        "山田太郎・田中花子",
        "W" * 120,
        "#panic() *x* $y$ \\ @z",
    ]
    for name in names:
        guest(venue, name)
    desk = sign_in(owner)
    for kind in ("names", "badges"):
        paper = desk.get(f"/@thehague/events/meeting/console/halls/{venue.pk}/{kind}-1.pdf")
        assert paper.status_code == 200, kind
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages)
        plain = re.sub(r"[\s\u200b]", "", text)
        for name in (names[0], names[2], names[3], "#panic()*x*$y$"):
            assert re.sub(r"\s", "", name) in plain, (kind, name)
