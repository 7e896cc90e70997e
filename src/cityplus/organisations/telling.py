"""What a city has decided reaches those who write for the organisation: by letter, and as a notice on their pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cityplus import journal, notifications
from cityplus.journal.models import Entry
from cityplus.languages.tags import reader_tag
from cityplus.notifications import Group, Kind, Said
from cityplus.notifications.models import Notice
from cityplus.organisations import letters
from cityplus.organisations.models import Organisation
from cityplus.organisations.roles import Right, roles_with
from cityplus.people.models import Person

KIND, SUBJECT = "organisation", "journal.entry"
"""A notice is about the entry of a decision, for an organisation may be given back more than once."""
_DECIDED = ("organisation.verified", "organisation.returned")


@journal.subscribe("organisations.telling", *_DECIDED)
def of_decision(entry: Entry) -> None:
    organisation = Organisation.objects.select_related("actor", "city__actor").filter(pk=entry.subject_id).first()
    if organisation is None:
        return
    writers = Person.objects.filter(
        delegations__organisation=organisation, delegations__role__in=roles_with(Right.WRITE), is_active=True
    )
    notifications.give_many(
        KIND, to=writers, subject=(SUBJECT, entry.pk), by=organisation.city.actor, at=entry.at, doer=entry.by
    )
    letters.tell(organisation, entry.verb.partition(".")[2], str(entry.data.get("reason", "")))


def _decisions(ids: Iterable[int]) -> dict[int, tuple[Entry, Organisation]]:
    entries = Entry.objects.filter(pk__in=[*ids], verb__in=_DECIDED)
    found = Organisation.objects.select_related("actor", "city__actor").in_bulk({e.subject_id for e in entries})
    return {e.pk: (e, found[e.subject_id]) for e in entries if e.subject_id in found}


def _may_see(person: Person, notices: Sequence[Notice]) -> Iterable[Notice]:
    told = _decisions(notice.subject_id for notice in notices)
    mine = set(
        Organisation.objects.filter(delegates__person=person, delegates__role__in=roles_with(Right.WRITE)).values_list(
            "pk", flat=True
        )
    )
    return [n for n in notices if n.subject_id in told and told[n.subject_id][1].pk in mine]


def _words(person: Person, groups: Sequence[Group]) -> Mapping[int, Said]:
    del person
    told = _decisions(group.subject_id for group in groups)
    return {group.id: _said(*told[group.subject_id]) for group in groups if group.subject_id in told}


def _said(entry: Entry, organisation: Organisation) -> Said:
    tag = reader_tag()
    known = {
        "city": organisation.city.actor.names.in_language(tag),
        "organisation": organisation.actor.names.in_language(tag),
    }
    verified = entry.verb == "organisation.verified"
    words = _("%(city)s has verified %(organisation)s.") if verified else _("%(city)s gave %(organisation)s back.")
    path = reverse("organisations:work", args=[organisation.actor.handle])
    return Said(words % known, path, str(entry.data.get("reason", "")))


def plug() -> None:
    """From ``apps.ready()``. No mail: a letter of its own says more."""
    label = gettext_lazy("What a city decides on your organisation")
    notifications.plug(Kind(KIND, label, _words, _may_see, mail=False, push=True))
