"""Opportunities in the trail of a city, and what of them waits for whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db.models import Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cityplus.cities.models import City
from cityplus.cities.rights import Right
from cityplus.desk.access import Desk
from cityplus.desk.trail import sentences, things
from cityplus.desk.trail.things import Thing
from cityplus.desk.waiting import Waiting
from cityplus.languages.formats import number
from cityplus.languages.tags import reader_tag
from cityplus.opportunities.models import Care, Interest, Opportunity, Outcome

SAYS = {
    "opportunity.drafted": _("%(who)s began the opportunity %(what)s"),
    "opportunity.edited": _("%(who)s changed the draft of the opportunity %(what)s"),
    "opportunity.submitted": _("%(who)s asked the city to look over the opportunity %(what)s"),
    "opportunity.public": _("%(who)s made the opportunity %(what)s public"),
    "opportunity.returned": _("%(who)s gave the opportunity %(what)s back: %(reason)s"),
    "opportunity.taken_back": _("%(who)s took the opportunity %(what)s back"),
    "opportunity.renewed": _("%(who)s said that the opportunity %(what)s still holds"),
    "opportunity.expiring": _("The host of the opportunity %(what)s was reminded of its day"),
    "opportunity.lapsed": _("The day of the opportunity %(what)s was over"),
    "opportunity.closed": _("%(who)s closed the opportunity %(what)s"),
    "opportunity.withheld": _("%(who)s withheld the opportunity %(what)s"),
    "opportunity.restored": _("%(who)s shows the opportunity %(what)s again"),
    "opportunity.translated": _("A machine made a version of the opportunity %(what)s"),
    "opportunity.paper_added": _("%(who)s added the file %(name)s to the opportunity %(what)s"),
    "opportunity.paper_removed": _("%(who)s took the file %(name)s from the opportunity %(what)s"),
    "interest.begun": _("%(who)s answered %(what)s"),
    "interest.said": _("%(who)s wrote in the conversation of %(what)s"),
    "interest.moved": _("%(who)s said how far they are with %(what)s"),
    "interest.met": _("%(who)s noted that the two sides of %(what)s have met"),
    "interest.unanswered": _("A side of %(what)s was told that the other waits for its answer"),
    "interest.translated": _("A machine made a version of a message about %(what)s"),
    "care.asked": _("%(who)s asked the city to help with %(what)s"),
    "care.ended": _("%(who)s needs no help with %(what)s any more"),
    "care.assigned": _("%(who)s said who sees to %(what)s"),
    "care.dated": _("%(who)s set a reminder of %(what)s"),
    "care.due": _("The reminder of %(what)s has come"),
    "care.noted": _("%(who)s wrote a note on %(what)s"),
    "outcome.told": _("%(who)s told what came of %(what)s"),
    "outcome.confirmed": _("%(who)s confirmed what came of %(what)s"),
    "outcome.refused": _("%(who)s said that what was told of %(what)s is not so"),
    "outcome.withdrawn": _("%(who)s withdrew what was told of %(what)s"),
    "outcome.proof_added": _("%(who)s added a file to what came of %(what)s"),
    "outcome.proof_removed": _("%(who)s took a file from what came of %(what)s"),
    "outcome.withheld": _("%(who)s withheld what came of %(what)s"),
    "outcome.restored": _("%(who)s shows again what came of %(what)s"),
}
KINDS = {
    "opportunity": _("Opportunities"),
    "interest": _("Interest in opportunities"),
    "care": _("Help with opportunities"),
    "outcome": _("Outcomes"),
}


def _title(one: Opportunity) -> str:
    return f"“{one.title.in_language(reader_tag())}”"


def _opportunities(city: City, ids: Collection[int]) -> dict[int, Thing]:
    found = Opportunity.objects.filter(city=city, pk__in=ids).only("title")
    return {one.pk: Thing(_title(one), reverse("desk:opportunity", args=[city.handle, one.pk])) for one in found}


def _interests(city: City, ids: Collection[int]) -> dict[int, Thing]:
    here = Q(opportunity__city=city) | Q(organisation__city=city)
    found = Interest.objects.filter(here, pk__in=ids).select_related("opportunity")
    return {one.pk: _interest(city, one) for one in found}


def _cares(city: City, ids: Collection[int]) -> dict[int, Thing]:
    found = Care.objects.filter(city=city, pk__in=ids).select_related("interest__opportunity")
    return {one.pk: _interest(city, one.interest) for one in found}


def _outcomes(city: City, ids: Collection[int]) -> dict[int, Thing]:
    here = Q(interest__opportunity__city=city) | Q(interest__organisation__city=city)
    found = Outcome.objects.filter(here, pk__in=ids).select_related("interest__opportunity")
    return {one.pk: _interest(city, one.interest) for one in found}


def _interest(city: City, interest: Interest) -> Thing:
    return Thing(_title(interest.opportunity), reverse("desk:interest", args=[city.handle, interest.pk]))


def waits(desk: Desk) -> Iterator[Waiting]:
    """What is to be looked over, who asks for help and nobody sees to it, and whose day has come."""
    tag, handle = reader_tag(), desk.city.handle
    asked = Opportunity.objects.filter(city=desk.city, state="submitted")
    if desk.may(Right.REVIEW) and (n := asked.count()):
        words = ngettext("%(n)s opportunity waits to be looked over.", "%(n)s opportunities wait to be looked over.", n)
        since = asked.aggregate(at=Min("submitted_at"))["at"]
        yield Waiting(words % {"n": number(n, tag)}, reverse("desk:opportunities", args=[handle]), since)
    if not desk.may(Right.SPEAK):
        return
    helps = Care.objects.filter(city=desk.city, asked_at__isnull=False, assigned=None)
    if n := helps.count():
        words = ngettext("%(n)s conversation asks for your help.", "%(n)s conversations ask for your help.", n)
        yield Waiting(
            words % {"n": number(n, tag)},
            reverse("desk:opportunities", args=[handle]),
            helps.aggregate(at=Min("asked_at"))["at"],
        )
    mine = Care.objects.filter(city=desk.city, assigned=desk.person, remind_at__lte=timezone.now())
    for care in mine.select_related("interest__opportunity").order_by("remind_at")[:10]:
        words = str(_("You wanted to be reminded of %(what)s.")) % {"what": _title(care.interest.opportunity)}
        yield Waiting(words, reverse("desk:interest", args=[handle, care.interest_id]), care.remind_at)


def plug_in() -> None:
    sentences.plug(SAYS)
    sentences.KINDS |= KINDS
    things.plug("opportunities.opportunity", _opportunities)
    things.plug("opportunities.interest", _interests)
    things.plug("opportunities.care", _cares)
    things.plug("opportunities.outcome", _outcomes)
