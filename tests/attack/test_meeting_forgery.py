"""Forms that another site sends in somebody's name, and codes that nobody here has made."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.attack.forms import BOUNDARY, form

from cityplus.cities.models import City
from cityplus.events.doors import codes
from cityplus.events.doors.access import Pass, read_pass
from cityplus.events.models import Paper, Registration, Scan
from cityplus.events.tests.cast import meeting
from cityplus.events.tests.door_cast import Phone, code_of, guest, open_house
from cityplus.opportunities.tests.cast import boss, firm
from cityplus.people.models import Person

pytestmark = pytest.mark.django_db


def careful(person: Person) -> Client:
    """A browser of theirs that another site has send something: the token of the form is not with it."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    return client


def test_no_other_site_sends_files_or_forms_in_somebodys_name(thehague: City, owner: Person) -> None:
    event, company = meeting(thehague.actor), firm(thehague, "delta")
    desk, work = careful(owner), careful(boss(company))
    file = form({"title": "Slides"}, ("file", "a.pdf", "application/pdf", b"%PDF-1"))
    where, door = f"/desk/@thehague/events/{event.pk}", f"{event.get_absolute_url()}door/{event.venues.get().pk}"
    multipart = f"multipart/form-data; boundary={BOUNDARY}"
    answers = [
        desk.post(f"{where}/files/", file, content_type=multipart),
        work.post("/work/@delta/logo/", file, content_type=multipart),
        desk.post(f"{where}/cancellation/", {"sure": "yes", "reason": "x"}),
        desk.post(f"{door}/scans/", {"code": "x"}),
        desk.post(f"{event.get_absolute_url()}console/stewards/", {"name": "Eve"}),
        Client(enforce_csrf_checks=True).post("/events/registration/"),
    ]
    assert [answer.status_code for answer in answers] == [403] * len(answers)
    event.refresh_from_db()
    assert event.state == "published" and not event.stewards.exists() and not Paper.objects.exists()


def test_a_code_with_one_bit_turned_opens_nothing(thehague: City) -> None:
    event = open_house(thehague)
    phone, row = Phone(event.venues.get()), guest(event.venues.get())
    code = code_of(row)
    for place in range(4, len(code), 7):
        other = codes.LETTERS[codes.LETTERS.index(code[place]) ^ 1]
        said = phone.scan(code[:place] + other + code[place + 1 :])
        assert said.outcome in {"forged", "unknown"}, place
    assert not Registration.objects.filter(attendance__isnull=False).exists()
    assert phone.scan(code).outcome == "entered"


def test_a_pass_is_made_by_nobody_else(thehague: City) -> None:
    event = open_house(thehague)
    given = str(Pass(event.pk, event.venues.get().pk, 0, 1))
    for said in (given[:-1], f"{given}x", given.replace(":", "", 1), "", "a" * 5000, "\ud800", "[1,2,3,4]"):
        with pytest.raises(ValueError, match="pass"):
            read_pass(said)


def test_the_same_nonce_at_another_event_is_another_scan(thehague: City, shenzhen: City) -> None:
    mine, other = open_house(thehague), open_house(shenzhen)
    phones = [Phone(event.venues.get()) for event in (mine, other)]
    rows = [guest(phone.venue) for phone in phones]
    for phone, row in zip(phones, rows, strict=True):
        seen = phone.seen(code_of(row))
        phone.send(type(seen)("nonce-of-both", seen.at, code=seen.code))
    found = Scan.objects.filter(nonce="nonce-of-both")
    assert sorted(found.values_list("event", "outcome")) == sorted((e.pk, "entered") for e in (mine, other))
