"""What a newcomer at a desk meets: what is missing is said before, a slip of the hand costs nothing, one comes back to where one was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from cityplus.cities.models import City, Member
from cityplus.events.doors.listing import list_of
from cityplus.events.models import Event, Question, Registration, Ticket, Timetable
from cityplus.events.tests.cast import meeting
from cityplus.events.tests.planning_cast import beginning, hall
from cityplus.languages.text import Text
from cityplus.people.models import Person

pytestmark = pytest.mark.django_db
DESK = "/desk/@thehague/events/"


@pytest.fixture
def owner(thehague: City) -> Client:
    person = Person.objects.create_user("thehague-owner", password="a long password")
    Member.join(thehague, person, "owner", by="test")
    client = Client()
    client.force_login(person)
    return client


def test_a_hall_has_the_clock_of_its_city_where_none_is_named(owner: Client, shenzhen: City) -> None:
    owner.post(DESK, beginning())
    event = Event.objects.get()
    page = f"{DESK}{event.pk}/places/"
    assert 'name="time_zone" value=""' in owner.get(page).content.decode()
    owner.post(page, hall(time_zone=""))
    owner.post(page, hall(time_zone="", city=str(shenzhen.pk)))
    owner.post(page, hall(time_zone="Asia/Tokyo", city=str(shenzhen.pk)))
    assert [one.time_zone for one in event.venues.all()] == ["Europe/Amsterdam", "Asia/Shanghai", "Asia/Tokyo"]


def test_a_draft_says_all_that_it_lacks(owner: Client, shenzhen: City) -> None:
    owner.post(DESK, beginning())
    event = Event.objects.get()
    page = f"{DESK}{event.pk}/"
    owner.post(f"{page}organisers/", {"handle": "@shenzhen"})
    said = owner.get(page).content.decode()
    assert "Say where it takes place" in said and "has not agreed yet" in said
    owner.post(f"{page}places/", hall())
    assert "Say where it takes place" not in owner.get(page).content.decode()


def test_a_refusal_leads_to_the_top_of_the_page_where_it_is_said(owner: Client, thehague: City) -> None:
    event = meeting(thehague.actor)
    page = f"{DESK}{event.pk}/"
    refused = owner.post(f"{page}places/{event.venues.get().pk}/removal/")
    assert refused.headers["Location"] == page
    assert owner.post(f"{page}organisers/", {"handle": "@nobody"}).headers["Location"] == page


@pytest.mark.parametrize("options", [{}, {"options.nl": "Vis"}, {"options.nl": "Vis\nRijst", "options.en": "Fish"}])
def test_a_choice_has_something_to_choose_in_every_language(
    owner: Client, thehague: City, options: dict[str, str]
) -> None:
    event = meeting(thehague.actor)
    page = f"{DESK}{event.pk}/questions/"
    asked = owner.post(page, {"words.nl": "Eten?", "kind": "choice", **options})
    assert asked.status_code == 422 and "at least two things" in asked.content.decode()
    assert "Eten?" in asked.content.decode() and not Question.objects.exists()
    fits = {"options.nl": "Vis\nRijst", "options.en": "Fish\nRice"}
    assert owner.post(page, {"words.nl": "Eten?", "kind": "choice", **fits}).status_code == 302
    with_none = owner.post(f"{page}{Question.objects.get().pk}/", {"words.nl": "Eten?", "kind": "choice"})
    assert with_none.status_code == 422


def test_a_decision_leads_back_to_the_list_as_it_was(owner: Client, thehague: City) -> None:
    event = meeting(thehague.actor, capacity=0, approval=True)
    venue = event.venues.get()
    for name in ("Ana", "Bo"):
        Registration.make(venue, name=name, email=f"{name}@example.org", language="en")
    ana, bo = Registration.objects.order_by("pk")
    page = f"{DESK}{event.pk}/registrations/"
    found = owner.get(page, {"state": "asked", "q": "bo@"}).content.decode()
    assert f'action="{page}{bo.pk}/?state=asked&amp;q=bo%40"' in found and "ana@example.org" not in found.lower()
    decided = owner.post(f"{page}{bo.pk}/?state=asked&q=bo%40&next=//elsewhere", {"decision": "approve"})
    assert decided.headers["Location"] == f"{page}?state=asked&q=bo%40"
    assert owner.post(f"{page}{ana.pk}/", {"decision": "refuse"}).headers["Location"] == page


def test_what_cannot_be_undone_asks_first(owner: Client, thehague: City) -> None:
    event = meeting(thehague.actor, capacity=0)
    Registration.make(event.venues.get(), name="Ana", email="ana@example.org", language="en")
    shown = owner.get(f"{DESK}{event.pk}/registrations/").content.decode()
    before, _found, after = shown.partition('value="cancel"')
    assert after and before.rfind("<details") > before.rfind("</details>")


def test_a_phone_without_a_line_knows_codes_that_nobody_has_looked_at(thehague: City) -> None:
    event = meeting(thehague.actor, capacity=0)
    Registration.make(event.venues.get(), name="Ana", email="ana@example.org", language="en")
    assert not Ticket.objects.exists()
    told = list_of(event)["list"]
    assert Ticket.objects.get().digest in told


def test_languages_are_chosen_by_their_names_and_stay(owner: Client, thehague: City) -> None:
    event = meeting(thehague.actor, languages=["tlh", "nl"], title=Text.of("en", en="Meeting"))
    page = owner.get(f"{DESK}{event.pk}/").content.decode()
    assert 'name="languages" value="tlh" checked' in page and "Cantonese" not in page.split('value="tlh"')[0]


def test_the_office_plans_by_the_clock_of_the_city_and_says_so(shenzhen: City) -> None:
    office = Client()
    office.force_login(Person.objects.create_user("foundation", password="a long password", is_staff=True))
    shown = office.get("/office/events/new/").content.decode()
    assert (
        "By the clock of the city that holds it" in shown and "UTC" not in shown.split("<main")[1].split("</form>")[0]
    )
    wrong = office.post("/office/events/", beginning(host="@nobody"))
    assert wrong.status_code == 422 and 'id="host-wrong"' in wrong.content.decode()
    office.post("/office/events/", beginning(host="@shenzhen"))
    assert Event.objects.get().starts_at.astimezone(shenzhen.zone).hour == 9


def test_the_trail_and_the_console_speak_of_a_timetable(owner: Client, thehague: City) -> None:
    event = meeting(thehague.actor)
    hours = [(event.starts_at, event.starts_at + timedelta(hours=2))]
    Timetable.arrange(event, hours, minutes=20, walk=5, streak=0, by="thehague-owner")
    told = owner.get("/desk/@thehague/").content.decode()
    assert "said when organisations meet at" in told and "no longer there" not in told
    console = "/@thehague/events/meeting/console/meetings/"
    assert '<a href="#halls">' in owner.get(console).content.decode()
    event.venues.update(tables=2)
    assert '<a href="#halls">' not in owner.get(console).content.decode()
