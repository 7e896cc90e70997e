"""Appeals, at the office."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from cityplus.moderation import subjects
from cityplus.moderation.models import Appeal
from cityplus.moderation.queue.deeds import do
from cityplus.moderation.queue.officer import Officer
from cityplus.web.paging import page_of

SIZE = 30
EARLIER = 20


def waiting(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Those that wait, the oldest first; and what became of the others."""
    found = Appeal.objects.select_related("decision__author", "decision__team")
    context = {
        "waiting": found.filter(state="received").order_by("pk")[:200],
        "page": page_of(found.exclude(state="received"), request.GET, ("-pk",), size=SIZE),
        "part": "appeals",
    }
    return officer.shown(request, "appeals", context)


def one(request: HttpRequest, officer: Officer, appeal: int) -> HttpResponse:
    """What was decided, what is said against it, and the thing itself."""
    found = _one(appeal)
    first = found.decision
    subject = subjects.of_kind(first.subject_kind)
    context = {
        "appeal": found,
        "decision": first,
        "thing": subject.one(first.subject_id) if subject else None,
        "report": first.reports.first(),
        "earlier": list(officer.earlier(first.author).exclude(pk=first.pk)[:EARLIER]),
        "may": found.state == "received" and found.may_settle(officer.person),
        "part": "appeals",
    }
    return officer.shown(request, "appeal", context)


def decision(request: HttpRequest, officer: Officer, appeal: int) -> HttpResponse:
    """``verdict``: upheld or reversed, with a reason."""
    found, reason, verdict = _one(appeal), request.POST.get("reason", ""), request.POST.get("verdict")
    to = officer.address("moderation-appeal", appeal)
    if verdict == "reversed":
        done = _("The decision is undone. Whom it was about is told.")
        return do(request, lambda: found.reverse(by=officer.person, reason=reason), to, done)
    done = _("The decision stays. Whom it is about is told.")
    return do(request, lambda: found.uphold(by=officer.person, reason=reason), to, done)


def _one(appeal: int) -> Appeal:
    return get_object_or_404(Appeal.objects.select_related("decision__author", "decision__team"), pk=appeal)
