"""What comes as no browser would send it: signs that no database takes, numbers without end, calls without measure."""

from __future__ import annotations

import asyncio

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.cities.models import City
from cityplus.events.doors import views
from cityplus.events.doors.live import doors
from cityplus.events.tests.cast import meeting
from cityplus.events.tests.door_cast import Phone, open_house
from cityplus.events.tests.meeting_cast import comes, company, halls
from cityplus.events.tests.planning_cast import beginning, hall
from cityplus.limits import Limit
from cityplus.live import Answer, Asked
from cityplus.opportunities.tests.cast import begun, boss, drafted, firm, public
from cityplus.people.models import Letter, Person

pytestmark = pytest.mark.django_db
NUL = "a\x00b"


@pytest.mark.parametrize(
    "address",
    [
        "/events/?of=a%00b",
        "/events/?sector=%00&kind=%00&when=%00",
        "/events/?after=a%00b&before=%00",
        "/opportunities/?city=%00a&sector=%00&language=%00",
        "/opportunities/?after=%00",
        "/opportunities/outcomes/?city=a%00b",
        "/opportunities/outcomes/?pair=a%00b%2Bc",
        "/opportunities/outcomes/?outcome=a%00b",
        "/opportunities/outcomes/?year=0000",
        "/opportunities/outcomes/?year=9999",
        "/opportunities/outcomes/outcomes.csv?city=a%00b&year=0000",
        "/opportunities/opportunities.csv?city=a%00b",
        "/opportunities/opportunities.atom?city=a%00b",
        "/organisations/?q=a%00b&city=%00&branch=%00&language=%00&kind=%00&size=%00",
        "/organisations/?after=%00",
        "/events/registration/a%00b/",
    ],
)
def test_what_is_asked_with_odd_signs_is_answered(thehague: City, stranger: Client, address: str) -> None:
    assert stranger.get(address).status_code in {200, 302, 400, 404}


def test_a_letter_is_asked_for_with_odd_signs(thehague: City, stranger: Client) -> None:
    event = meeting(thehague.actor)
    answer = stranger.post(f"{event.get_absolute_url()}registration/letter/", {"email": f"{NUL}@example.org"})
    assert answer.status_code < 500


@pytest.mark.parametrize("what", ["address", "name.nl", "access.nl", "link", "time_zone", "city"])
def test_a_place_is_planned_with_odd_signs(thehague: City, owner: Person, what: str) -> None:
    event = meeting(thehague.actor)
    said = hall(**{what: f"https://a.example/{NUL}" if what == "link" else NUL})
    assert sign_in(owner).post(f"/desk/@thehague/events/{event.pk}/places/", said).status_code < 500


def test_an_event_is_called_off_and_decided_with_odd_signs(thehague: City, owner: Person) -> None:
    event, desk = meeting(thehague.actor), sign_in(owner)
    where = f"/desk/@thehague/events/{event.pk}"
    assert desk.post(f"{where}/organisers/", {"handle": NUL}).status_code < 500
    assert desk.post(f"{where}/cancellation/", {"sure": "yes", "reason": NUL}).status_code < 500
    assert desk.post("/desk/@thehague/events/", beginning(slug=NUL)).status_code < 500


def test_words_about_an_opportunity_with_odd_signs(thehague: City, shenzhen: City, owner: Person) -> None:
    one = public(firm(thehague, "delta").actor)
    talk = begun(one, firm(shenzhen, "port"))
    guest = sign_in(Person.objects.get(username="port-boss"))
    said = {"words": NUL, "tongue": "en"}
    assert guest.post(f"/opportunities/interests/{talk.pk}/messages/", said).status_code < 500
    assert guest.post(f"/opportunities/interests/{talk.pk}/state/", {"state": NUL}).status_code < 500
    assert guest.post(f"{one.get_absolute_url()}interests/", {**said, "for": NUL}).status_code < 500
    assert guest.post("/opportunities/searches/", {"name": NUL, "kind": "pilot"}).status_code < 500
    waiting = drafted(firm(thehague, "waal").actor)
    waiting.submit(by="x")
    desk = sign_in(owner)
    assert desk.post(f"/desk/@thehague/opportunities/{waiting.pk}/verdict/", {"reason": NUL}).status_code < 500
    assert desk.post(f"/desk/@thehague/interests/{talk.pk}/notes/", {"words": NUL}).status_code < 500
    assert desk.post(f"/desk/@thehague/interests/{talk.pk}/assignment/", {"to": NUL}).status_code < 500


@pytest.mark.parametrize("number", ["9" * 5000, "٣", "²", "-1", "1e9", NUL])
def test_a_meeting_is_named_by_a_number_without_end(thehague: City, number: str) -> None:
    timetable = halls(thehague)
    comes(timetable, company("ahoy", thehague))
    boss = sign_in(Person.objects.get(username="ahoy-boss"))
    where = f"{timetable.event.get_absolute_url()}meetings/ahoy/"
    for part, name in (("wishes", "other"), ("cancellations", "meeting")):
        assert boss.post(f"{where}{part}/", {name: number, "level": "want"}).status_code == 404


def test_nobody_has_letters_sent_without_measure_in_the_name_of_what_they_founded(shenzhen: City) -> None:
    """Anybody founds an organisation, and its name stands in the letter."""
    browser = sign_in(boss(firm(shenzhen, "spam", verified=False)))
    said = {"role": "editor", "language": "en"}
    for number in range(50):
        answer = browser.post("/work/@spam/delegates/", {**said, "email": f"victim{number}@example.org"})
        assert answer.status_code == 302
    assert browser.post("/work/@spam/delegates/", {**said, "email": "victim@example.org"}).status_code == 429
    assert not Letter.objects.filter(to="victim@example.org").exists()


def test_a_steward_has_letters_sent_within_measure(thehague: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "WALK_INS", Limit("walk-ins of a keeper of a door", 2, 3600))
    event = open_house(thehague)
    phone = Phone(event.venues.get())
    browser = Client()
    browser.post(f"{event.get_absolute_url()}stewards/{phone.token}/")
    address = f"{event.get_absolute_url()}door/{phone.venue.pk}/walk-ins/"
    said = {"name": "Ana", "language": "en", "consent": "on"}
    found = [browser.post(address, {**said, "email": f"victim{n}@example.org"}).status_code for n in range(3)]
    assert found == [200, 200, 429]
    assert Letter.objects.count() == 2


async def _told(body: str) -> Answer:
    return await doors(Asked("POST", "", {}, "127.0.0.1", body.encode()))


def test_what_a_phone_sends_is_answered_whatever_it_is() -> None:
    for body in ("[" * 60_000, "{}", "[]", '{"pass":{},"device":[],"scans":{}}', "NaN", '"\\ud800"'):
        answer = asyncio.run(_told(body))
        assert answer.status == 400, body[:20]
