"""The kinds of notices of this room: who may still know of one, and its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cityplus import notifications
from cityplus.journal.models import Entry
from cityplus.languages.tags import reader_tag
from cityplus.notifications import Group, Kind, Said
from cityplus.notifications.kinds import isolated
from cityplus.notifications.models import Notice
from cityplus.opportunities import acting
from cityplus.opportunities.acting import Act
from cityplus.opportunities.models import Care, Interest, Message, Opportunity, Outcome
from cityplus.people.models import Person

SAID, OUTCOME, MATCH, DEED = "opportunities.said", "opportunities.outcome", "opportunities.match", "opportunities.deed"
EXCERPT = 200


def _title(one: Opportunity) -> str:
    return str(one.title.in_language(reader_tag()))


def _heard(person: Person) -> dict[int, str]:
    """The interests whose words a person may read, each with the page where they do: as a side, or at the desk of a city that helps."""
    sides = {
        pk: reverse("opportunities:interest", args=[pk])
        for pk in Interest.objects.between(person).values_list("pk", flat=True)
    }
    helps = Care.objects.filter(asked_at__isnull=False, city__actor__in=acting.actors(person, Act.DEAL).values("pk"))
    desks = {
        pk: f"/desk/@{handle}/interests/{pk}/" for pk, handle in helps.values_list("interest", "city__actor__handle")
    }
    return {**desks, **sides}


def _may_hear(person: Person, notices: Sequence[Notice]) -> Iterable[Notice]:
    rows = Message.objects.filter(
        pk__in=[notice.subject_id for notice in notices], interest__in=_heard(person), state="said"
    )
    there = set(rows.values_list("pk", flat=True))
    return [notice for notice in notices if notice.subject_id in there]


def _words_said(person: Person, groups: Sequence[Group]) -> Mapping[int, Said]:
    pages, found = _heard(person), {}
    said = Message.objects.filter(state="said").select_related("author", "interest__opportunity")
    rows = said.in_bulk([group.subject_id for group in groups])
    for group in groups:
        if (row := rows.get(group.subject_id)) and row.interest_id in pages:
            reading = row.text.read((reader_tag(),))
            words = {"who": isolated(row.author), "title": _title(row.interest.opportunity)}
            text, language = (reading.text[:EXCERPT], reading.language) if reading else ("", "")
            found[group.id] = Said(
                _("%(who)s wrote about “%(title)s”.") % words, pages[row.interest_id], text, language
            )
    return found


def _may_confirm(person: Person, notices: Sequence[Notice]) -> Iterable[Notice]:
    mine = Interest.objects.between(person).values("pk")
    rows = Outcome.objects.filter(pk__in=[notice.subject_id for notice in notices], interest__in=mine)
    there = set(rows.exclude(state="withdrawn").values_list("pk", flat=True))
    return [notice for notice in notices if notice.subject_id in there]


def _words_outcome(person: Person, groups: Sequence[Group]) -> Mapping[int, Said]:
    rows = Outcome.objects.select_related("interest__opportunity").in_bulk([group.subject_id for group in groups])
    says = _("%(who)s told what came of “%(title)s”. Is it so?")
    return {
        group.id: Said(
            says % {"who": group.who, "title": _title(row.interest.opportunity)}, row.interest.get_absolute_url()
        )
        for group in groups
        if (row := rows.get(group.subject_id))
    }


def _may_match(person: Person, notices: Sequence[Notice]) -> Iterable[Notice]:
    found = Opportunity.objects.visible_to(person).open().filter(pk__in=[notice.subject_id for notice in notices])
    there = set(found.values_list("pk", flat=True))
    return [notice for notice in notices if notice.subject_id in there]


def _words_match(person: Person, groups: Sequence[Group]) -> Mapping[int, Said]:
    rows = Opportunity.objects.select_related("host").in_bulk([group.subject_id for group in groups])
    says = _("“%(title)s” fits a search that you keep.")
    return {
        group.id: Said(says % {"title": _title(row)}, row.get_absolute_url())
        for group in groups
        if (row := rows.get(group.subject_id))
    }


_DEEDS = {
    "opportunity.submitted": gettext_lazy("“%(title)s” waits for your city to look it over."),
    "opportunity.public": gettext_lazy("“%(title)s” is public."),
    "opportunity.returned": gettext_lazy("The city gave “%(title)s” back, with a reason."),
    "opportunity.expiring": gettext_lazy("Does “%(title)s” still hold? Its day comes soon."),
    "opportunity.lapsed": gettext_lazy("The day of “%(title)s” is over."),
    "opportunity.closed": gettext_lazy("“%(title)s” was closed."),
    "opportunity.withheld": gettext_lazy("“%(title)s” is withheld by a decision of moderation."),
    "outcome.confirmed": gettext_lazy("The other side confirmed what came of “%(title)s”."),
    "outcome.refused": gettext_lazy("The other side says that what you told of “%(title)s” is not so."),
    "outcome.withdrawn": gettext_lazy("The other side withdrew what it told of “%(title)s”."),
    "interest.moved": gettext_lazy("The other side says how far it is with “%(title)s”."),
    "interest.unanswered": gettext_lazy("Somebody waits for your answer about “%(title)s”."),
    "care.asked": gettext_lazy("Your city is asked to help with “%(title)s”."),
    "care.assigned": gettext_lazy("You see to “%(title)s” now."),
    "care.due": gettext_lazy("You wanted to be reminded of “%(title)s”."),
}


def _deeds(person: Person, numbers: Iterable[int]) -> dict[int, Said]:
    """The notices about entries of the journal that a person may know of, with their words, in a fixed number of queries."""
    entries = Entry.objects.in_bulk(list(numbers))
    by_room: dict[str, list[int]] = {"opportunity": [], "outcome": [], "care": [], "interest": []}
    for entry in entries.values():
        by_room.setdefault(entry.verb.partition(".")[0], []).append(entry.subject_id)
    writes = set(acting.actors(person, Act.WRITE).values_list("pk", flat=True))
    teams = set(person.teams.values_list("city", flat=True))
    between = set(Interest.objects.between(person).values_list("pk", flat=True))
    mine = Q(host__in=writes) | Q(city__in=teams) | Q(interests__in=between)
    ones = (
        Opportunity.objects.filter(mine, pk__in=by_room["opportunity"]).select_related("host", "city__actor").distinct()
    )
    outcomes = Outcome.objects.filter(interest__in=between, pk__in=by_room["outcome"]).select_related(
        "interest__opportunity"
    )
    cares = Care.objects.filter(city__in=teams, pk__in=by_room["care"]).select_related(
        "city__actor", "interest__opportunity"
    )
    talks = Interest.objects.filter(pk__in=set(by_room["interest"]) & between).select_related("opportunity")
    about: dict[tuple[str, int], tuple[Opportunity, str]] = {}
    for talk in talks:
        about["interest", talk.pk] = talk.opportunity, talk.get_absolute_url()
    for one in ones:
        own = reverse("opportunities:edit", args=[one.host.handle, one.slug])
        about["opportunity", one.pk] = one, own if one.host_id in writes else one.get_absolute_url()
    for outcome in outcomes:
        about["outcome", outcome.pk] = outcome.interest.opportunity, outcome.interest.get_absolute_url()
    for care in cares:
        about["care", care.pk] = (
            care.interest.opportunity,
            f"/desk/@{care.city.actor.handle}/interests/{care.interest_id}/",
        )
    said = {}
    for entry in entries.values():
        found = about.get((entry.verb.partition(".")[0], entry.subject_id))
        if found and entry.verb in _DEEDS:
            path = (
                f"/desk/@{found[0].city.actor.handle}/opportunities/"
                if entry.verb == "opportunity.submitted"
                else found[1]
            )
            said[entry.pk] = Said(str(_DEEDS[entry.verb]) % {"title": _title(found[0])}, path)
    return said


def _may_know(person: Person, notices: Sequence[Notice]) -> Iterable[Notice]:
    there = _deeds(person, [notice.subject_id for notice in notices])
    return [notice for notice in notices if notice.subject_id in there]


def _words_deed(person: Person, groups: Sequence[Group]) -> Mapping[int, Said]:
    said = _deeds(person, [group.subject_id for group in groups])
    return {group.id: said[group.subject_id] for group in groups if group.subject_id in said}


def plug_in() -> None:
    notifications.plug(
        Kind(SAID, gettext_lazy("Messages about opportunities"), _words_said, _may_hear, mail=False, push=True)
    )
    notifications.plug(Kind(OUTCOME, gettext_lazy("Outcomes to confirm"), _words_outcome, _may_confirm, mail=False))
    notifications.plug(Kind(MATCH, gettext_lazy("Opportunities that fit a search"), _words_match, _may_match))
    notifications.plug(Kind(DEED, gettext_lazy("Your opportunities"), _words_deed, _may_know, mail=False))
