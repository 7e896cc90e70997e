"""Moderation in the trail of a city: what its verbs are in words, and what they are about."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cityplus.cities.models import City
from cityplus.desk.trail import sentences, things
from cityplus.desk.trail.things import Thing
from cityplus.moderation.models import Appeal, Decision, Held, Report

SAYS = {
    "report.handed_over": _("%(who)s handed the report about %(what)s over to the network office"),
    "decision.dismissed": _("%(who)s found no breach of the rules in %(what)s: %(reason)s"),
    "decision.warned": _("%(who)s warned the author of %(what)s: %(reason)s"),
    "decision.hidden": _("%(who)s hid %(what)s: %(reason)s"),
    "decision.limited": _("%(who)s limited %(what)s: %(reason)s"),
    "decision.suspended": _("%(who)s suspended %(what)s: %(reason)s"),
    "decision.lifted": _("%(who)s took the decision about %(what)s back: %(reason)s"),
    "decision.proposed": _("%(who)s proposed a decision about %(what)s: %(reason)s"),
    "decision.refused": _("%(who)s did not approve the decision about %(what)s: %(reason)s"),
    "appeal.made": _("%(who)s appealed the decision about %(what)s"),
    "appeal.upheld": _("%(who)s upheld the decision about %(what)s on appeal: %(reason)s"),
    "appeal.reversed": _("%(who)s undid the decision about %(what)s on appeal: %(reason)s"),
    "held.begun": _("%(what)s waits for an officer: %(why)s"),
    "held.approved": _("%(who)s approved %(what)s, which was held"),
    "held.refused": _("%(who)s refused %(what)s, which was held: %(reason)s"),
}


def _reports(city: City, ids: Collection[int]) -> dict[int, Thing]:
    found = Report.objects.of_city(city.actor).filter(pk__in=ids).only("label")
    return {one.pk: Thing(one.label, reverse("desk:moderation-report", args=[city.handle, one.pk])) for one in found}


def _decisions(city: City, ids: Collection[int]) -> dict[int, Thing]:
    listed = reverse("desk:moderation-decisions", args=[city.handle])
    found = Decision.objects.filter(pk__in=ids).only("label", "team")
    return {one.pk: Thing(one.label, listed if one.team_id == city.actor_id else "") for one in found}


def _appeals(city: City, ids: Collection[int]) -> dict[int, Thing]:
    found = Appeal.objects.filter(pk__in=ids).select_related("decision")
    return {one.pk: Thing(one.decision.label) for one in found}


def _held(city: City, ids: Collection[int]) -> dict[int, Thing]:
    return {one.pk: Thing(one.excerpt[:80]) for one in Held.objects.filter(pk__in=ids).only("excerpt")}


def plug_in() -> None:
    sentences.plug(SAYS)
    sentences.KINDS |= {"report": _("Reports"), "decision": _("Decisions"), "appeal": _("Appeals"), "held": _("Held")}
    things.plug("moderation.report", _reports)
    things.plug("moderation.decision", _decisions)
    things.plug("moderation.appeal", _appeals)
    things.plug("moderation.held", _held)
