"""An actor as the office sees it: its standing, what was decided about it, and deciding without a report."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.moderation import policies, voices
from cityplus.moderation.models import Decision, Standing
from cityplus.moderation.models.report import OPEN
from cityplus.moderation.queue.deeds import chosen_rules, do, rules_in_force
from cityplus.moderation.queue.officer import Officer
from cityplus.moderation.words import Kind, Level

HISTORY = 50


def one(request: HttpRequest, officer: Officer, actor: str) -> HttpResponse:
    """Its standing, now and before; and what may be decided."""
    found = get_object_or_404(Actor, handle=actor)
    case = policies.Case(office=True, own=found.pk in voices.actors_of(officer.person), hides=False)
    rows = list(Standing.objects.filter(actor=found)[:HISTORY])
    level = rows[0].level if rows and rows[0].ended_at is None else "good"
    context = {
        "actor": found,
        "level": Level(level),
        "rows": rows,
        "earlier": list(officer.earlier(found)[:HISTORY]),
        "reports": list(officer.reports.filter(author=found, state__in=OPEN)[:HISTORY]),
        "choices": [Kind(kind) for kind in policies.choices(case) if kind != "dismiss"],
        "second": found.kind == Actor.Kind.CITY,
        "rules": rules_in_force(),
        "part": "decisions",
    }
    return officer.shown(request, "actor", context)


def decision(request: HttpRequest, officer: Officer, actor: str) -> HttpResponse:
    """Decide without a report, with a reason."""
    found, kind, reason = (
        get_object_or_404(Actor, handle=actor),
        request.POST.get("kind", ""),
        request.POST.get("reason", ""),
    )
    to = officer.address("moderation-actor", actor)

    def decide() -> None:
        Decision.about_actor(found, kind, by=officer.person, reason=reason, rules=chosen_rules(request))

    return do(request, decide, to, _("It is decided. Whom it is about is told, with the reason."))
