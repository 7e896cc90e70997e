"""The meetings at the coming event of a sample network, read from one file beside the packs: who comes, and whom they wish to meet.

All of the file is read and checked first. The timetable is worked out and published here, as the worker and the organisers would.
Nobody is written to: the addresses of those who are invented lead nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from cityplus.cities.isic import DIVISIONS, SECTIONS
from cityplus.events.meetings import running
from cityplus.events.meetings.telling import SAMPLE as BY
from cityplus.events.models import Event, Party, Question, Registration, Run, Timetable, Venue
from cityplus.languages.tags import UI_LANGUAGES
from cityplus.lib.matching import Level
from cityplus.organisations.models import Organisation
from cityplus.packs.checks import handle as handle_of
from cityplus.packs.loading import read_file
from cityplus.packs.reading import Node
from cityplus.people.models import Person

FORMAT = "cityplus-meetings/1"
NOWHERE = "sample.invalid"
LEVELS = {"must": Level.MUST, "want": Level.WANT, "never": Level.NO}
"""“no” is no word in YAML, but a truth."""


@dataclass(frozen=True, slots=True)
class Guest:
    """One person who comes: for an organisation, or for nobody but themselves."""

    name: str
    language: str
    food: int
    address: str
    organisation: str = ""
    hall: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What an organisation seeks and wishes, and who comes for it, the first of them to the meetings."""

    guests: Sequence[Guest]
    seeks: Sequence[str]
    wishes: Sequence[tuple[str, Level, Node]]
    node: Node


@dataclass(frozen=True, slots=True)
class Plan:
    """The file."""

    slug: str
    by: str
    hours: tuple[int, int]
    facts: Mapping[str, int]
    halls: Mapping[str, Mapping[str, int]]
    told: Mapping[str, Told]
    alone: Sequence[Guest]
    node: Node = field(repr=False)


def read(path: Path) -> Plan:
    """Read the file.

    Raises:
        PackError: something in it is missing, unknown or wrong; the message names the line.
    """
    node = read_file(path, path.parent)
    needed = [
        "format",
        "original",
        "event",
        "by",
        "from",
        "until",
        "minutes",
        "walk",
        "streak",
        "halls",
        "guests",
        "alone",
    ]
    top = node.mapping(needed)
    top["format"].one_of([FORMAT])
    halls = {}
    for one in top["halls"].items():
        hall = one.mapping(["city", "tables", "lines"])
        halls[handle_of(hall["city"])] = {name: hall[name].whole(0, 500) for name in ("tables", "lines")}
    told: dict[str, Told] = {}
    for one in top["guests"].items():
        found = _told(one, [*halls])
        if found.guests[0].organisation in told:
            raise one.fail(f"{found.guests[0].organisation} stands here for the second time")
        told[found.guests[0].organisation] = found
    for found in told.values():
        for other, _level, place in found.wishes:
            if other not in told:
                raise place.fail(f"{other} does not come")
    alone = [_guest(one, f"guest-{n}", [*halls], needs="hall") for n, one in enumerate(top["alone"].items(), 1)]
    facts = {name: top[name].whole(0, 60) for name in ("minutes", "walk", "streak")}
    hours = (top["from"].whole(0, 5000), top["until"].whole(1, 5000))
    return Plan(top["event"].word(), handle_of(top["by"]), hours, facts, halls, told, alone, node.place)


def _told(node: Node, halls: Sequence[str]) -> Told:
    top = node.mapping(["organisation", "name", "language", "food", "seeks"], ["account", "hall", *LEVELS, "with"])
    handle = handle_of(top["organisation"])
    facts: dict[str, Any] = {"organisation": handle}
    if "hall" in top:
        facts["hall"] = top["hall"].one_of(halls)
    if "account" in top:
        facts["account"] = top["account"].word()
    guests = [Guest(**_person(top), address=_address(handle), **facts)]
    for n, one in enumerate(top["with"].items() if "with" in top else [], 2):
        guests.append(_guest(one, f"{handle}-{n}", halls, organisation=handle))
    said = [(one, level) for key, level in LEVELS.items() if key in top for one in top[key].items()]
    wishes = [(handle_of(one), level, one.place) for one, level in said]
    return Told(guests, [one.one_of([*SECTIONS, *DIVISIONS]) for one in top["seeks"].items()], wishes, node.place)


def _guest(node: Node, address: str, halls: Sequence[str], organisation: str = "", needs: str = "") -> Guest:
    top = node.mapping(["name", "language", "food", *([needs] if needs else [])])
    hall = top["hall"].one_of(halls) if "hall" in top else ""
    return Guest(**_person(top), address=_address(address), organisation=organisation, hall=hall)


def _person(top: Mapping[str, Node]) -> dict[str, Any]:
    language = top["language"].one_of([one.code for one in UI_LANGUAGES])
    return {"name": top["name"].word(most=120), "language": language, "food": top["food"].whole(0, 9)}


def _address(name: str) -> str:
    return f"{name.replace('_', '-')}@{NOWHERE}"


def awaited(plan: Plan) -> Event | None:
    """The event, if it is to come and nobody has registered or arranged meetings yet."""
    rows = Event.objects.filter(hosting__actor__handle=plan.by, hosting__place=0, slug=plan.slug, sample=True)
    event = rows.filter(state="published", ends_at__gt=timezone.now(), timetable=None, registrations=None).first()
    return event if event and event.is_open else None


def bring(plan: Plan, event: Event) -> Run:
    """Let all of them register, wish and have their timetable, in one transaction; returns how that was worked out.

    Raises:
        PackError: it names a hall that the event does not have; nothing has been written.
    """
    venues = {venue.city.actor.handle: venue for venue in event.venues.select_related("city__actor") if venue.city}
    if plan.halls.keys() != venues.keys():
        raise plan.node.fail(f"the halls of {plan.slug} are those of {', '.join(venues)}")
    with transaction.atomic():
        part = tuple(event.starts_at + timedelta(minutes=one) for one in plan.hours)
        timetable = Timetable.arrange(event, [(part[0], part[1])], by=BY, **plan.facts)
        for handle, room in plan.halls.items():
            venues[handle].change(by=BY, **room)
        parties = _come(plan, event, timetable, venues)
        for handle, party in parties.items():
            for other, level, _node in plan.told[handle].wishes:
                if other in parties:
                    party.wish(parties[other], level, by=BY)
        return _worked_out(timetable)


def _come(plan: Plan, event: Event, timetable: Timetable, venues: Mapping[str, Venue]) -> dict[str, Party]:
    """Everybody registers; organisations that are not here, or whose branch nobody looks for, stay away."""
    reception = _Reception(event, venues)
    there = Organisation.objects.public().select_related("actor", "city__actor").prefetch_related("activities")
    known = {one.actor.handle: one for one in there.filter(actor__handle__in=plan.told)}
    parties = {}
    for handle, told in plan.told.items():
        if handle not in known or not _fits(known[handle], event):
            continue
        first, *_others = [reception.register(guest, known[handle]) for guest in told.guests]
        parties[handle] = Party.join(timetable, first, by=BY, seeks=list(told.seeks))
    for guest in plan.alone:
        reception.register(guest, None)
    return parties


def _fits(organisation: Organisation, event: Event) -> bool:
    return any({row.code, row.section} & set(event.sectors) for row in organisation.activities.all())


class _Reception:
    """Registers guests of one event, with what its form would ask of them."""

    def __init__(self, event: Event, venues: Mapping[str, Venue]) -> None:
        self.venues, self.agenda = venues, list(event.agenda.all())
        self.questions = {question.kind: str(question.pk) for question in event.questions.all()}
        self.until = (event.ends_at.astimezone(event.zone) + timedelta(days=event.keep_days)).date()

    def register(self, guest: Guest, organisation: Organisation | None) -> Registration:
        person = Person.objects.filter(username=guest.account).first() if guest.account else None
        hall = guest.hall or (organisation.city.actor.handle if organisation else "")
        registration, _token = Registration.make(
            self.venues.get(hall) or next(iter(self.venues.values())),
            name=guest.name,
            email=person.email if person else guest.address,
            language=guest.language,
            sessions=self.agenda,
            person=person,
            organisation=organisation,
            answers=self._answers(guest, organisation),
            consent_until=self.until,
            proved_at=timezone.now(),
        )
        return registration

    def _answers(self, guest: Guest, organisation: Organisation | None) -> dict[str, str]:
        said = {Question.Kind.CHOICE: str(guest.food)}
        if organisation and organisation.seeks:
            said[Question.Kind.LINE] = str(organisation.seeks)
        return {self.questions[kind]: words for kind, words in said.items() if kind in self.questions}


def _worked_out(timetable: Timetable) -> Run:
    run = running.ask(timetable, by=BY)
    running.work_out(run.pk)
    run.refresh_from_db()
    running.publish(run, by=BY)
    run.refresh_from_db()
    return run
