"""The kinds of notices of this room: who may still know of one, and its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cityplus import notifications
from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.cities.rights import RIGHTS, Right
from cityplus.events.models import Event, Organiser, Registration
from cityplus.journal.models import Entry
from cityplus.languages.tags import reader_tag
from cityplus.notifications import Group, Kind, Said
from cityplus.notifications.kinds import isolated
from cityplus.notifications.models import Notice
from cityplus.organisations.models import Organisation
from cityplus.organisations.roles import Right as DelegateRight
from cityplus.organisations.roles import roles_with
from cityplus.people.models import Person
from cityplus.social.speakers.reader import Reader

ANNOUNCED, PLACE, ORGANISING = "events.announced", "events.place", "events.organising"
EXCERPT = 200
_PLANNERS = [role for role, rights in RIGHTS.items() if Right.PUBLISH in rights]


def _title(one: Event) -> str:
    return str(one.title.in_language(reader_tag()))


def _may_come(person: Person, notices: Sequence[Notice]) -> Iterable[Notice]:
    """An event that is announced and not called off, by who is not shunned."""
    shown = Event.objects.public().filter(pk__in={notice.subject_id for notice in notices}).exclude(state="cancelled")
    there, shunned = set(shown.values_list("pk", flat=True)), Reader.of(person).shunned
    return [notice for notice in notices if notice.subject_id in there and notice.actor not in shunned]


def _words_announced(person: Person, groups: Sequence[Group]) -> Mapping[int, Said]:
    del person
    rows = Event.objects.for_cards().in_bulk([group.subject_id for group in groups])
    found = {}
    for group in groups:
        if row := rows.get(group.subject_id):
            reading = row.story.read((reader_tag(),))
            text, language = (reading.text[:EXCERPT], reading.language) if reading else ("", "")
            says = _("%(who)s announces “%(title)s”.") % {"who": group.who, "title": _title(row)}
            found[group.id] = Said(says, row.get_absolute_url(), text, language)
    return found


_OF_PLACES = {
    "registration.confirmed": gettext_lazy("You have a place at “%(title)s” now."),
    "registration.waiting": gettext_lazy("“%(title)s” has no place left: you are on the waiting list."),
    "registration.refused": gettext_lazy("The organisers of “%(title)s” cannot take you."),
    "registration.cancelled": gettext_lazy("Your registration for “%(title)s” is cancelled."),
    "event.cancelled": gettext_lazy("“%(title)s” is cancelled."),
    "event.changed": gettext_lazy("Hours or place of “%(title)s” have changed."),
    "event.venue_changed": gettext_lazy("Hours or place of “%(title)s” have changed."),
    "event.venue_removed": gettext_lazy("Hours or place of “%(title)s” have changed."),
}


def _places(person: Person, numbers: Iterable[int]) -> dict[int, Said]:
    """The notices about places of a person's own, by the entries of the journal that they are about, in a fixed number of queries."""
    entries = [e for e in Entry.objects.in_bulk(list(numbers)).values() if e.verb in _OF_PLACES]
    mine = Registration.objects.filter(person=person)
    own = mine.filter(pk__in=[e.subject_id for e in entries if e.verb.startswith("registration.")]).in_bulk()
    about = {row.event_id for row in own.values()} | {e.subject_id for e in entries if e.verb.startswith("event.")}
    mine_at = set(mine.filter(event__in=about).values_list("event", flat=True))
    events = Event.objects.exclude(state="draft").filter(pk__in=mine_at).for_cards().in_bulk()
    said = {}
    for entry in entries:
        row = own.get(entry.subject_id) if entry.verb.startswith("registration.") else None
        event = events.get(row.event_id if row else entry.subject_id)
        if event and (row or entry.verb.startswith("event.")):
            path, host = event.get_absolute_url(), event.host.handle
            if row and row.state not in {"cancelled", "refused"}:
                path = reverse("events:registration-mine", args=[host, event.slug, row.pk])
            reason = event.reason if entry.verb == "event.cancelled" else ""
            said[entry.pk] = Said(str(_OF_PLACES[entry.verb]) % {"title": _title(event)}, path, reason[:EXCERPT])
    return said


def _may_know(person: Person, notices: Sequence[Notice]) -> Iterable[Notice]:
    there = _places(person, [notice.subject_id for notice in notices])
    return [notice for notice in notices if notice.subject_id in there]


def _words_place(person: Person, groups: Sequence[Group]) -> Mapping[int, Said]:
    said = _places(person, [group.subject_id for group in groups])
    return {group.id: said[group.subject_id] for group in groups if group.subject_id in said}


_OF_ORGANISERS = {
    "event.organiser_asked": gettext_lazy("%(who)s asks %(voice)s to hold “%(title)s” together."),
    "event.organiser_agreed": gettext_lazy("%(who)s holds “%(title)s” together with %(voice)s."),
    "event.organiser_left": gettext_lazy("%(who)s does not hold “%(title)s” with %(voice)s."),
}


def plans_for(person: Person) -> set[int]:
    """The actors for which a person answers whether they hold an event."""
    cities = City.objects.filter(team__person=person, team__role__in=_PLANNERS).values_list("actor", flat=True)
    mine = {"delegates__person": person, "delegates__role__in": roles_with(DelegateRight.WRITE)}
    return {*cities, *Organisation.objects.public().filter(**mine).values_list("actor", flat=True)}


def _may_plan(person: Person, notices: Sequence[Notice]) -> Iterable[Notice]:
    """Who still plans for the actor that was told, which is still asked, or holds it."""
    mine = plans_for(person)
    entries = Entry.objects.in_bulk({notice.subject_id for notice in notices})
    rows = Organiser.objects.filter(event__in={e.subject_id for e in entries.values()}, actor__in=mine)
    there = set(rows.values_list("event", "actor"))
    return [
        notice
        for notice in notices
        if notice.subject_id in entries and (entries[notice.subject_id].subject_id, notice.voice) in there
    ]


def _words_organising(person: Person, groups: Sequence[Group]) -> Mapping[int, Said]:
    del person
    entries = Entry.objects.in_bulk([group.subject_id for group in groups])
    events = Event.objects.for_cards().in_bulk([entry.subject_id for entry in entries.values()])
    found = {}
    for group in groups:
        entry = entries.get(group.subject_id)
        event = events.get(entry.subject_id) if entry else None
        if entry and event and group.voice and entry.verb in _OF_ORGANISERS:
            known = {"who": group.who, "voice": isolated(group.voice), "title": _title(event)}
            found[group.id] = Said(str(_OF_ORGANISERS[entry.verb]) % known, _planning(group.voice, event))
    return found


def _planning(actor: Actor, event: Event) -> str:
    """Where an actor plans the event. The desk of a city is above this room: its address is part of the contract."""
    if actor.kind == Actor.Kind.CITY:
        return f"/desk/@{actor.handle}/events/{event.pk}/"
    return reverse("events:event", args=[actor.handle, event.pk])


def plug_in() -> None:
    """From ``apps.ready()``. What becomes of a place has a letter of its own, which says more."""
    announced, organising = gettext_lazy("Events of those I follow"), gettext_lazy("Events that we hold together")
    notifications.plug(Kind(ANNOUNCED, announced, _words_announced, _may_come))
    notifications.plug(
        Kind(PLACE, gettext_lazy("Events for which I am registered"), _words_place, _may_know, mail=False, push=True)
    )
    notifications.plug(Kind(ORGANISING, organising, _words_organising, _may_plan, push=True))
