"""Who is told that meetings are set, changed or called off: by letter to the address of the registration, and by notice to the
delegates who deal for the organisation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cityplus import journal, notifications
from cityplus.events.models import Meeting, Party
from cityplus.journal.models import Entry
from cityplus.languages.tags import reader_tag
from cityplus.languages.text import Text
from cityplus.notifications import Group, Kind, Said
from cityplus.notifications.models import Notice
from cityplus.organisations.models import Delegate
from cityplus.organisations.roles import RIGHTS, Right
from cityplus.people import letters
from cityplus.people.letters import Known, Pattern
from cityplus.people.models import Person

KIND, LETTER, GONE = "events.meetings", "events/meetings", "events/meeting_off"
SAMPLE = "sample"
"""Who did what a sample network is loaded with: nobody gets a letter of it."""
_DEALERS = [role for role, rights in RIGHTS.items() if Right.DEAL in rights]


def _page(known: Known) -> str:
    return str(known["page"])


PATTERNS = {
    LETTER: Pattern(
        gettext_lazy("Your meetings"),
        (
            gettext_lazy(
                "The meetings of %(organisation)s at “%(event)s” are set, or have changed: %(meetings)s of them now."
            ),
            gettext_lazy("The page shows whom you meet, when by the clocks of both halls, and at which table or line."),
        ),
        gettext_lazy("See the meetings"),
        _page,
    ),
    GONE: Pattern(
        gettext_lazy("A meeting was called off"),
        (
            gettext_lazy("A meeting of %(organisation)s at “%(event)s” was called off by the other side: %(other)s."),
            gettext_lazy("The organisers can fill the time with another of your wishes."),
        ),
        gettext_lazy("See the meetings"),
        _page,
    ),
}


def address_of(party: Party) -> str:
    event = party.timetable.event
    return reverse("meetings:party", args=[event.host.handle, event.slug, party.organisation.actor.handle])


def _write(kind: str, party: Party, **known: Any) -> None:
    registration = party.registration
    with translation.override(registration.person.language if registration.person else registration.language):
        values = {
            "organisation": _in_words(party.organisation.actor.names),
            "event": _in_words(party.timetable.event.title),
            "meetings": party.sides.filter(over=False).count(),
            "page": address_of(party),
            **{name: _in_words(value) if isinstance(value, Text) else value for name, value in known.items()},
        }
        letters.write(kind, registration.email, registration.person, values)


def _in_words(text: Any) -> str:
    return str(text.in_language(reader_tag()))


def _parties() -> Any:
    return Party.objects.select_related("timetable__event", "organisation__actor", "registration__person")


def _dealers(party: Party) -> list[Person]:
    rows = Delegate.objects.filter(organisation=party.organisation_id, role__in=_DEALERS, person__is_active=True)
    return [row.person for row in rows.select_related("person")]


@journal.subscribe(
    "events.meetings", "party.scheduled", "meeting.called_off", "registration.cancelled", "registration.refused"
)
def follow(entry: Entry) -> None:
    """Tell whose meetings changed; who is not registered any more meets nobody."""
    if entry.verb.startswith("registration."):
        for party in Party.objects.filter(registration=entry.subject_id, left_at=None):
            party.leave(by=entry.by)
    elif entry.verb == "party.scheduled":
        for party in _parties().filter(pk=entry.subject_id):
            if entry.by != SAMPLE:
                _write(LETTER, party)
            notifications.give_many(KIND, to=_dealers(party), subject=party, at=entry.at, doer=entry.by)
    else:
        _called_off(entry)


def _called_off(entry: Entry) -> None:
    caller = Party.objects.select_related("organisation__actor").filter(pk=entry.data["party"]).first()
    for party in _parties().filter(sides__meeting=entry.subject_id).exclude(pk=entry.data["party"]):
        _write(GONE, party, other=caller.organisation.actor.names if caller else "")
        meeting = Meeting.objects.get(pk=entry.subject_id)
        notifications.give_many(KIND, to=_dealers(party), subject=meeting, at=entry.at, doer=entry.by)


def may_see(person: Person, notices: Sequence[Notice]) -> Iterable[Notice]:
    """Those of organisations for which this person still deals."""
    parties = Party.objects.filter(
        organisation__delegates__in=Delegate.objects.filter(person=person, role__in=_DEALERS)
    )
    mine = set(parties.values_list("pk", flat=True))
    theirs = set(Meeting.objects.filter(sides__party__in=mine).values_list("pk", flat=True))
    return [n for n in notices if n.subject_id in (mine if n.subject == Party._meta.label_lower else theirs)]


def words(person: Person, groups: Sequence[Group]) -> Mapping[int, Said]:
    found = {}
    mine = _parties().filter(organisation__delegates__person=person)
    for group in groups:
        about = group.head.subject == Party._meta.label_lower
        party = mine.filter(**({"pk": group.subject_id} if about else {"sides__meeting": group.subject_id})).first()
        if party:
            said = (
                _("Your meetings at “%s” are set, or have changed.")
                if about
                else _("A meeting at “%s” was called off.")
            )
            found[group.id] = Said(said % _in_words(party.timetable.event.title), address_of(party))
    return found


def plug_in() -> None:
    for kind, pattern in PATTERNS.items():
        letters.plug(kind, pattern)
    notifications.plug(Kind(KIND, gettext_lazy("Meetings at events"), words, may_see, push=True))
