"""What a person takes along of this room: what they registered for and said there, where they had a seat, when they came, and the pages
on which they are presented."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from cityplus.events.models import Event, Organiser, Presenter, Registration
from cityplus.people.models import Person
from cityplus.social.takeout import belongings
from cityplus.social.takeout.telling import Fact, moment
from cityplus.web.addresses import absolute


def registrations(person: Person) -> Iterator[Fact]:
    """Each with its answers beside the questions, its seats, what was consented to until when, and when its ticket was seen at a door."""
    rows = (
        Registration.objects.filter(person=person)
        .select_related("event", "venue", "organisation__actor")
        .order_by("pk")
    )
    more = ("seats__session", "scans", "event__hosting__actor", "event__questions")
    for row in rows.prefetch_related(*more).iterator(chunk_size=200):
        yield {
            "event": absolute(row.event.get_absolute_url()),
            "title": row.event.title.as_json(),
            "starts": moment(row.event.starts_at),
            "venue": row.venue.name.as_json(),
            "state": row.state,
            "name": row.name,
            "email": row.email,
            "letters_in": row.language,
            "time_zone": row.time_zone,
            "organisation": row.organisation.actor.handle if row.organisation else None,
            "answers": _answers(row),
            "seats": [{"session": seat.session.title.as_json(), "state": seat.state} for seat in row.seats.all()],
            "organisers_may_keep_it_until": row.consent_until.isoformat() if row.consent_until else None,
            "made": moment(row.made_at),
            "proved": moment(row.proved_at),
            "decided": moment(row.decided_at),
            "cancelled": moment(row.cancelled_at),
            "seen_at_doors": [
                {"at": moment(scan.at), "left": scan.leaves, "came_to": scan.outcome} for scan in row.scans.all()
            ],
        }


def _answers(row: Registration) -> list[Fact]:
    """In the order of the questions and in words; then those to what is asked no more, as they are kept."""
    left = dict(row.answers)
    asked = [
        (question, left.pop(str(question.pk))) for question in row.event.questions.all() if str(question.pk) in left
    ]
    told = [{"question": one.words.as_json(), "answer": one.said(answer, row.language)} for one, answer in asked]
    return [*told, *({"question": None, "answer": answer} for answer in left.values())]


def presented(person: Person) -> Iterator[Fact]:
    """The pages of presenters that are theirs."""
    for one in Presenter.objects.filter(person=person).order_by("pk").iterator():
        yield {
            "address": absolute(one.get_absolute_url()),
            "names": one.names.as_json(),
            "title": one.title.as_json(),
            "about": one.about.as_json(),
            "languages": one.languages,
        }


def planned(person: Person) -> Iterator[Fact]:
    """The events for which they asked or agreed in somebody's name."""
    name = person.username
    rows = Organiser.objects.filter(Q(asked_by=name) | Q(agreed_by=name)).select_related("actor").order_by("pk")
    events = Event.objects.for_cards().in_bulk({row.event_id for row in rows})
    for row in rows:
        yield {
            "event": absolute(events[row.event_id].get_absolute_url()),
            "for": row.actor.handle,
            "asked": moment(row.asked_at) if row.asked_by == name else None,
            "agreed": moment(row.agreed_at) if row.agreed_by == name else None,
        }


def plug_in() -> None:
    """From ``apps.ready()``."""
    belongings.plug("registrations", registrations)
    belongings.plug("presenters", presented)
    belongings.plug("events", planned)
