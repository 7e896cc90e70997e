"""The meetings of the sample network: whoever fits comes, wishes, and has a timetable that the house has worked out by its own rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from cityplus.cities.models import City
from cityplus.config import convening, gathering, organising
from cityplus.config.cli.prepare import DELEGATES, EVENTS, MEETINGS, ORGANISATIONS
from cityplus.events.doors import counting
from cityplus.events.meetings.asking import holding, problem_of
from cityplus.events.models import Event, Meeting, Party, Registration, Run, Timetable, Wish
from cityplus.journal.subscribers import deliver
from cityplus.lib import slots
from cityplus.organisations.models import Organisation
from cityplus.packs.reading import PackError
from cityplus.people.models import Letter, Person

pytestmark = pytest.mark.django_db
CONTENT = Path(__file__).parents[4] / "content"


@pytest.fixture
def event(thehague: City, shenzhen: City) -> Event:
    """The coming event of the sample, with the organisations of both cities and two people who act for one."""
    del thehague, shenzhen
    for name in DELEGATES:
        Person.objects.create_user(name, password="a long password", email=f"{name}@example.org")
    organising.bring(organising.read(CONTENT / ORGANISATIONS))
    organising.send(DELEGATES)
    gathering.bring(CONTENT / EVENTS)
    return Event.objects.get(slug="two-hall-meeting")


def convened(event: Event) -> Run:
    plan = convening.read(CONTENT / MEETINGS)
    assert convening.awaited(plan) == event
    return convening.bring(plan, event)


def test_all_who_fit_come_and_meet(event: Event) -> None:
    run = convened(event)
    fitting = {one.pk for one in Organisation.objects.public() if convening._fits(one, event)}
    coming = Party.objects.filter(timetable=run.timetable)
    assert {party.organisation_id for party in coming} == fitting and len(fitting) == 38
    problem, held = problem_of(run.timetable), holding(run.timetable)
    assert not slots.faults(problem, held) and run.figures["meetings"] == len(held) > 60
    met = slots.met(problem, held)
    assert min(met.values()) > 0, "somebody leaves without a meeting that they wished for"
    assert run.state == "published" and Timetable.objects.get().state == "published"
    ways = {(wish.party.venue.pk, wish.other.venue.pk) for wish in Wish.objects.exclude(level="no")}
    assert len(ways) == 4, "wishes go both ways, and within each hall"
    assert {meeting.by_line for meeting in Meeting.objects.all()} == {True, False}
    assert convening.awaited(convening.read(CONTENT / MEETINGS)) is None, "prepared again, nothing is brought twice"


def test_whoever_acts_for_one_sees_its_meetings_and_why_others_are_suggested(event: Event) -> None:
    convened(event)
    for name, handle in DELEGATES.items():
        client = Client()
        client.force_login(Person.objects.get(username=name))
        shown = client.get(reverse("meetings:party", args=["thehague", event.slug, handle])).content.decode()
        assert shown.count("Call off") >= 3 and "They want to meet you." in shown


def test_organisers_see_who_comes_and_how_it_was_worked_out(event: Event, owner: Person) -> None:
    run = convened(event)
    client = Client()
    client.force_login(owner)
    shown = client.get(reverse("meetings:console", args=["thehague", event.slug])).content.decode()
    assert f"{run.figures['met']} of {run.figures['wishes']} wishes met" in " ".join(shown.split())
    halls, sectors = counting.halls(event), counting.sectors(event)
    assert sum(row.expected for row in halls) == sum(row.expected for row in sectors) == Registration.objects.count()
    assert min(row.expected for row in halls) > 20 and len(sectors) > 8


def test_all_of_them_say_that_they_are_invented_and_get_no_letter(event: Event) -> None:
    deliver()
    Letter.objects.all().delete()
    convened(event)
    deliver()
    assert not Letter.objects.exists()
    known = "verzonnen|虚构|fictive?|fictif|متخيَّلة|架空|измислена|가상|invented"
    for row in Registration.objects.all():
        assert re.search(rf"[(（]({known})[)）]$", row.name), row.name
        assert row.email.endswith((".invalid", "-owner@example.org")) and row.consent_until and row.proved_at


def test_it_is_the_same_whenever_it_is_prepared(event: Event) -> None:
    first, told = convened(event), plan_of()
    for model in (Run, Meeting, Wish, Party, Timetable, Registration):
        model.objects.all().delete()
    event.venues.update(taken=0)
    second = convened(event)
    assert first.figures == second.figures and told == plan_of()


def plan_of() -> set[tuple[str, ...]]:
    rows = Meeting.objects.prefetch_related("sides__party__organisation__actor")
    return {
        (f"{row.starts_at}", *sorted(f"{s.party.organisation.actor.handle} {s.number}" for s in row.sides.all()))
        for row in rows
    }


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("must: [sample_windrand]", "must: [sample_nobody]", "line \\d+: sample_nobody does not come"),
        ("seeks: ['35']", "seeks: ['XX']", "line \\d+: “XX” is not one of"),
        ("language: ar", "language: tlh", "line \\d+: “tlh” is not one of"),
        ("{city: shenzhen, tables", "{city: brisbane, tables", "“shenzhen” is not one of"),
    ],
)
def test_a_file_that_is_wrong_is_refused_before_anything_is_written(
    tmp_path: Path, was: str, becomes: str, says: str
) -> None:
    words = (CONTENT / MEETINGS).read_text()
    assert was in words
    path = tmp_path / MEETINGS
    path.write_text(words.replace(was, becomes))
    with pytest.raises(PackError, match=says):
        convening.read(path)


def test_halls_that_the_event_does_not_have_stop_it(event: Event, tmp_path: Path) -> None:
    path = tmp_path / MEETINGS
    path.write_text((CONTENT / MEETINGS).read_text().replace("shenzhen", "brisbane"))
    with pytest.raises(PackError, match="the halls of two-hall-meeting are those of thehague, shenzhen"):
        convening.bring(convening.read(path), event)
    assert not Registration.objects.exists()
