"""What must not be seen any more, or never: events of who lost their word, opportunities for the verified, pages of who is signed in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from conftest import sign_in
from django.test import Client
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.events.doors.listing import list_of
from cityplus.events.models import Event, Registration, Ticket
from cityplus.events.tests.cast import meeting
from cityplus.events.tests.door_cast import code_of, guest, open_house
from cityplus.journal.models import Entry
from cityplus.journal.subscribers import deliver
from cityplus.languages.text import Text
from cityplus.opportunities.tests.cast import boss, firm, public
from cityplus.people.models import Person

pytestmark = pytest.mark.django_db

SECRET = "Zanzibarium"


def everywhere(event: Event) -> list[str]:
    return [
        "/events/",
        event.get_absolute_url(),
        f"{event.get_absolute_url()}agenda.ics",
        f"{event.get_absolute_url()}registration/",
        "/@thehague/events.ics",
        "/sitemap-events.xml",
    ]


def heard(browser: Client, addresses: list[str]) -> list[str]:
    return [
        one for one in addresses if SECRET in (page := browser.get(one)).content.decode() and page.status_code == 200
    ]


def test_a_draft_is_in_no_list_of_anybody(thehague: City, stranger: Client, owner: Person) -> None:
    starts = timezone.now() + timedelta(days=3)
    facts: dict[str, Any] = {"kind": "talk", "starts_at": starts, "ends_at": starts + timedelta(hours=1)}
    event = Event.plan(thehague.actor, by="x", slug="hidden", title=Text.of("en", en=SECRET), **facts)
    event.add_venue(by="x", name=Text.of("en", en="Hall"), time_zone="Europe/Amsterdam", city=thehague)
    assert heard(stranger, everywhere(event)) == []
    assert stranger.post(f"{event.get_absolute_url()}registration/", {}).status_code == 404
    assert heard(sign_in(owner), ["/events/", "/@thehague/events.ics"]) == []
    assert heard(stranger, [event.get_absolute_url()]) == [], "nobody gets the page that an organiser had made"


LISTS = [
    "/opportunities/",
    "/opportunities/opportunities.csv",
    "/opportunities/opportunities.atom",
    "/@delta/opportunities/",
    "/@delta/opportunities/quays/",
    "/opportunities/outcomes/",
    "/opportunities/outcomes/outcomes.csv",
    "/api/cityplus/v1/opportunities",
    "/api/cityplus/v1/opportunities/delta/quays",
    "/sitemap-opportunities.xml",
]


def test_what_is_for_the_verified_is_kept_for_nobody_else(thehague: City, shenzhen: City, stranger: Client) -> None:
    title = Text.of("en", en=SECRET)
    public(firm(thehague, "delta").actor, audience="verified", title=title, story=title)
    deliver()
    port = sign_in(boss(firm(shenzhen, "port")))
    unverified = sign_in(boss(firm(shenzhen, "bay", verified=False)))
    assert set(heard(port, LISTS)) >= {LISTS[0], LISTS[1], LISTS[4]}
    for browser in (stranger, unverified, sign_in(Person.objects.create_user("eve")), Client()):
        assert heard(browser, LISTS) == []
    assert heard(port, [LISTS[2], LISTS[8], LISTS[9]]) == [], "feeds and programs have no eyes of their own"


def test_a_page_is_kept_for_nobody_of_somebody_who_is_signed_in(thehague: City, stranger: Client) -> None:
    event = meeting(thehague.actor)
    ana = Person.objects.create_user("ana", "ana@example.org", "a long password")
    where = f"{event.get_absolute_url()}registration/"
    browser = sign_in(ana)
    said = {"venue": event.venues.get().pk, "name": SECRET, "email": "ana@example.org", "consent": "on"}
    assert browser.post(where, said).status_code == 302
    for address in (where, event.get_absolute_url(), f"{event.get_absolute_url()}tickets/", "/events/mine/"):
        browser.get(address)
        page = stranger.get(address).content.decode()
        assert SECRET not in page and "ana@example.org" not in page, address
    for address in (where, f"{event.get_absolute_url()}tickets/", "/events/mine/"):
        assert "no-store" in browser.get(address).headers["Cache-Control"]


def test_nobody_learns_who_is_registered(thehague: City) -> None:
    event = meeting(thehague.actor)
    where = f"{event.get_absolute_url()}registration/"
    said = {"venue": event.venues.get().pk, "name": "A", "email": "ana@example.org", "consent": "on"}
    pages = []
    for _turn in range(2):
        browser = Client()
        answer = browser.post(where, said, follow=True)
        pages.append((answer.redirect_chain, answer.status_code))
    assert pages[0] == pages[1]
    asked = [
        Client().post(f"{where}letter/", {"email": mail}).headers["Location"]
        for mail in ("ana@example.org", "no@example.org")
    ]
    assert len(set(asked)) == 1


def test_somebody_with_an_account_of_an_address_that_is_not_shown_to_be_theirs_learns_nothing(thehague: City) -> None:
    """Whoever types another's address into an account has not that address."""
    event = meeting(thehague.actor)
    where = f"{event.get_absolute_url()}registration/"
    said = {"venue": event.venues.get().pk, "name": "A", "email": "ana@example.org", "consent": "on"}
    Client().post(where, said)
    eve = Person.objects.create_user("eve", "eve@example.org", "a long password")
    answer = sign_in(eve).post(where, said)
    assert answer.headers["Location"].endswith("/sent/")


def test_the_token_of_a_letter_stands_in_no_page_and_no_journal(thehague: City, stranger: Client) -> None:
    event = meeting(thehague.actor)
    row, token = Registration.make(event.venues.get(), name="Ana", email="ana@example.org", language="en")
    first = stranger.get(f"/events/registration/{token}/")
    assert (first.status_code, first.headers["Location"]) == (302, "/events/registration/")
    assert first.headers["Referrer-Policy"] == "no-referrer"
    assert token not in stranger.get("/events/registration/").content.decode()
    stranger.post("/events/registration/")
    assert Client().get(f"/events/registration/{token}/", follow=True).status_code == 200
    assert Registration.of_token(token) is None, "it opens once"
    assert not any(token in str(entry.data) for entry in Entry.objects.all())
    page = stranger.get(f"{event.get_absolute_url()}tickets/").content.decode()
    ticket = Ticket.of(row)
    assert ticket.typed() in page and token not in page


def test_a_phone_at_the_door_knows_no_more_than_it_needs(thehague: City) -> None:
    event = open_house(thehague)
    venue = event.venues.get()
    rows = [guest(venue, name) for name in ("Ana", "Bo", "Cas")]
    codes = [code_of(row) for row in rows]
    rows[1].cancel(by="x")
    said = list_of(event)["list"]
    assert "@example.org" not in said and "Ana" in said
    assert not any(code in said or Ticket.of(row).typed() in said for code, row in zip(codes, rows, strict=True))
    assert "Bo" not in said, "who has cancelled is nobody whose name a steward reads"


def test_nothing_is_left_of_who_is_forgotten(thehague: City) -> None:
    event = meeting(thehague.actor)
    row, _token = Registration.make(
        event.venues.get(), name=SECRET, email=f"{SECRET.lower()}@example.org", language="en", answers={"1": SECRET}
    )
    Ticket.of(row)
    row.cancel(by="")
    row.forget()
    deliver()
    found = [*Registration.objects.values(), *Entry.objects.values(), *Ticket.objects.values()]
    assert SECRET.lower() not in str(found).lower()
