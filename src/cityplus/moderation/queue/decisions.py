"""Decisions: what was decided, what waits for a second officer, and taking one back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cityplus.moderation import policies, voices
from cityplus.moderation.models import Decision
from cityplus.moderation.queue.deeds import do
from cityplus.moderation.queue.officer import Officer
from cityplus.web.paging import page_of

SIZE = 30


def listed(request: HttpRequest, officer: Officer) -> HttpResponse:
    """The newest first; before them, at the office, those that wait for a second officer."""
    decided = officer.decisions.exclude(state="proposed").prefetch_related("rules")
    page = page_of(decided, request.GET, ("-pk",), size=SIZE)
    own = voices.actors_of(officer.person)
    waiting = officer.decisions.filter(state="proposed").prefetch_related("rules") if officer.office else []
    context = {
        "page": page,
        "lines": [{"decision": one, "may_lift": _may_lift(officer, one, own)} for one in page.items],
        "waiting": [{"decision": one, "may_agree": _may_agree(officer, one, own)} for one in waiting],
        "part": "decisions",
    }
    return officer.shown(request, "decisions", context)


def _may_lift(officer: Officer, decision: Decision, own: set[int]) -> bool:
    theirs = officer.city is not None and decision.team_id == officer.city.pk
    return policies.may_lift(
        decision.kind, decision.state, office=officer.office, own=decision.author_id in own, theirs=theirs
    )


def _may_agree(officer: Officer, decision: Decision, own: set[int]) -> bool:
    proposed_it = decision.by_id == officer.person.pk
    return policies.may_agree(office=officer.office, proposed_it=proposed_it, own=decision.author_id in own)


def lifting(request: HttpRequest, officer: Officer, decision: int) -> HttpResponse:
    """Take one back, with a reason."""
    found, reason = officer.decision(decision), request.POST.get("reason", "")
    to = officer.address("moderation-decisions")
    done = _("It is taken back. Whom it was about is told.")
    return do(request, lambda: found.lift(by=officer.person, reason=reason, team=officer.city), to, done)


def agreement(request: HttpRequest, officer: Officer, decision: int) -> HttpResponse:
    """As second officer: ``verdict`` yes, or no with a reason."""
    found, reason = officer.decision(decision), request.POST.get("reason", "")
    to = officer.address("moderation-decisions")
    if request.POST.get("verdict") == "yes":
        return do(request, lambda: found.approve(by=officer.person), to, _("The decision is in force."))
    return do(
        request, lambda: found.refuse(by=officer.person, reason=reason), to, _("Nothing happens; the reports wait.")
    )
