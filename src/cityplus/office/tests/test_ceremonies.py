"""The office and ceremonies: what it is told, what it plans for any city, and the trial."""

from __future__ import annotations

from datetime import timedelta

import pytest
from conftest import sign_in
from django.test import Client
from django.utils import timezone

from cityplus.ceremonies.models import Ceremony, NotNow, Run
from cityplus.ceremonies.models.run import Press
from cityplus.cities.models import City, Member
from cityplus.jobs.models import Job
from cityplus.jobs.worker import run_one
from cityplus.journal.models import Entry
from cityplus.journal.subscribers import deliver
from cityplus.languages.text import Text
from cityplus.office import trials
from cityplus.people.models import Letter, Person

WHEN = {"starts": "2027-05-14T10:00"}


@pytest.fixture
def office(db: None) -> Client:
    person = Person.objects.create_user(
        "foundation", "office@example.org", "a long password", is_staff=True, language="nl"
    )
    return sign_in(person)


@pytest.fixture
def desk(plovdiv: City) -> Client:
    person = Person.objects.create_user("ivan", password="a long password")
    Member.objects.create(city=plovdiv, person=person, role=Member.Role.OWNER)
    return sign_in(person)


def told() -> list[str]:
    while deliver():
        pass
    return [letter.text for letter in Letter.objects.filter(to="office@example.org")]


def test_the_office_is_told_once_of_what_a_desk_plans(office: Client, desk: Client, thehague: City) -> None:
    desk.post("/desk/@plovdiv/ceremonies/", WHEN | {"kind": "launch", "cities": "@thehague"})
    ceremony = Ceremony.objects.get()
    (letter,) = told()
    assert f"/nl/office/ceremonies/{ceremony.pk}/" in letter and "14 mei 2027" in letter
    assert "planned at the desk of @plovdiv" in office.get("/office/ceremonies/").content.decode()


def test_the_office_is_not_told_of_what_it_plans_itself(office: Client, plovdiv: City, shenzhen: City) -> None:
    office.post("/office/ceremonies/", WHEN | {"kind": "launch", "cities": "plovdiv, @shenzhen", "time_zone": ""})
    made = Ceremony.objects.get()
    assert [(part.city.handle, part.state) for part in made.takings.all()] == [
        ("plovdiv", "accepted"),
        ("shenzhen", "asked"),
    ]
    assert made.time_zone == "Europe/Sofia" and told() == []


def test_a_launched_city_is_not_launched_again(office: Client, thehague: City) -> None:
    refused = office.post("/office/ceremonies/", WHEN | {"kind": "launch", "cities": "@thehague"})
    assert refused.status_code == 422 and "launched already" in refused.content.decode()


def test_the_trial_can_be_played_to_the_end_and_changes_nothing(office: Client, thehague: City) -> None:
    before = set(City.objects.public().values_list("pk", flat=True))
    begun = office.post("/office/ceremonies/trial/")
    ceremony = Ceremony.objects.get()
    assert begun["Location"] == f"/ceremonies/{ceremony.pk}/console/"
    run = Run.objects.get()
    run.press([Press(f"palm {guest.pk}", "phone", guest.pk) for guest in ceremony.guests.all()])
    Run.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    Job.objects.filter(state="waiting").update(run_after=timezone.now())
    while run_one("w"):
        pass
    run.refresh_from_db()
    assert run.state == "launched" and run.rehearsal
    assert set(City.objects.public().values_list("pk", flat=True)) == before
    assert not Entry.objects.filter(verb__in=("city.launched", "ceremony.launched"), handle=trials.HANDLE).exists()
    with pytest.raises(NotNow, match="not ready"):
        Run.begin(ceremony, by="x", rehearsal=False)


def test_the_trial_is_one_however_often_it_is_begun(thehague: City) -> None:
    first = trials.begin(by="foundation")
    assert trials.begin(by="foundation") == first
    assert (City.objects.filter(actor__handle=trials.HANDLE).count(), Run.objects.count()) == (1, 1)
    Run.objects.get().call_off(by="foundation", reason="")
    trials.begin(by="foundation")
    assert Run.objects.filter(state="open").count() == 1


def test_a_trial_where_there_is_no_other_city(db: None) -> None:
    assert trials.begin(by="foundation").cities_in_order[0].handle == trials.HANDLE


def test_what_a_trial_is_called_is_there_in_every_language_of_the_interface() -> None:
    for text in (trials.NAMES, trials.TITLE, *trials.GUESTS):
        assert isinstance(text, Text) and len(text.versions) == 7
