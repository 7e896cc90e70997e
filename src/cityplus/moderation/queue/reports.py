"""Reports: the queue, one of them, who has it in hand, and what is decided."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cityplus.moderation import policies, subjects
from cityplus.moderation.models import Report
from cityplus.moderation.models.report import OPEN
from cityplus.moderation.queue.deeds import chosen_rules, do, rules_in_force
from cityplus.moderation.queue.officer import Officer
from cityplus.moderation.words import Kind, Reason
from cityplus.web.paging import page_of

SIZE = 30
EARLIER = 20
STATES = ("open", "decided", "all")
WHOSE = ("", "mine", "nobody")


def queue(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Those that wait, the oldest first; with filters."""
    asked = _filters(request)
    found = _filtered(officer, asked)
    order = ("pk",) if asked["state"] == "open" else ("-pk",)
    page = page_of(found, request.GET, order, size=SIZE, filters=asked)
    things = subjects.things([(report.kind, report.subject_id) for report in page.items])
    more = Counter(_open_about(officer, page.items))
    lines = [
        {"report": report, "thing": things.get(key), "more": more[key] - 1 if report.is_open else 0}
        for report in page.items
        if (key := (report.kind, report.subject_id))
    ]
    context = {
        "page": page,
        "lines": lines,
        "asked": asked,
        "reasons": Reason.choices,
        "part": "reports",
        "held": officer.held.filter(state="waiting").count(),
    }
    return officer.shown(request, "queue", context)


def _filters(request: HttpRequest) -> dict[str, str]:
    state, reason, whose = (request.GET.get(name, "") for name in ("state", "reason", "whose"))
    return {
        "state": state if state in STATES else "open",
        "reason": reason if reason in Reason.values else "",
        "whose": whose if whose in WHOSE else "",
        "lies": "office" if request.GET.get("lies") == "office" else "",
    }


def _filtered(officer: Officer, asked: dict[str, str]) -> QuerySet[Report]:
    found = officer.reports
    if asked["state"] == "open":
        found = found.filter(state__in=OPEN)
    elif asked["state"] == "decided":
        found = found.filter(state="decided")
    if asked["reason"]:
        found = found.filter(reason=asked["reason"])
    if asked["whose"]:
        found = found.filter(officer=officer.person if asked["whose"] == "mine" else None)
    if asked["lies"]:
        found = found.exclude(forwarded=True, handed_at=None)
    return found


def _open_about(officer: Officer, reports: Any) -> list[tuple[str, int]]:
    """For each open report about one of the things on the page, the thing."""
    same = officer.reports.filter(state__in=OPEN, subject_id__in=[r.subject_id for r in reports])
    return list(same.order_by().values_list("kind", "subject_id"))


def one(request: HttpRequest, officer: Officer, report: int) -> HttpResponse:
    """What was reported, by whom it was made, what was decided about them before, and what may be decided now."""
    return page_of_report(request, officer, officer.report(report))


def page_of_report(
    request: HttpRequest, officer: Officer, report: Report, *, status: int = 200, refusal: str = ""
) -> HttpResponse:
    case = report.case(officer.person, officer.city)
    same = officer.reports.filter(kind=report.kind, subject_id=report.subject_id).prefetch_related("rules")
    waits = report.decision if report.decision and report.decision.state == "proposed" else None
    context = {
        "report": report,
        "thing": report.thing,
        "subject": report.subject,
        "same": list(same.select_related("reporter")[:EARLIER]),
        "earlier": list(officer.earlier(report.author)[:EARLIER]),
        "choices": [Kind(kind) for kind in policies.choices(case)] if report.is_open and not waits else [],
        "own": case.own,
        "waits": waits,
        "rules": rules_in_force(),
        "colleagues": officer.colleagues.exclude(pk=officer.person.pk)[:100],
        "part": "reports",
        "refusal": refusal,
        "typed": request.POST,
        "typed_rules": request.POST.getlist("rule"),
    }
    return officer.shown(request, "report", context, status=status)


def assignment(request: HttpRequest, officer: Officer, report: int) -> HttpResponse:
    """Take it, give it to a colleague, or give it back: ``officer`` is a number, or empty."""
    found, chosen = officer.report(report), request.POST.get("officer", "")
    to = officer.address("moderation-report", report)
    if not chosen:
        return do(request, lambda: found.assign(None, by=officer.by), to, _("Nobody has it in hand now."))
    known = officer.colleagues.filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 19 else None
    if known is None:
        return page_of_report(request, officer, found, status=422, refusal=_("Choose somebody of your team."))
    done = _("%(name)s has it in hand now.") % {"name": known.get_username()}
    return do(request, lambda: found.assign(known, by=officer.by), to, done)


def decision(request: HttpRequest, officer: Officer, report: int) -> HttpResponse:
    """Decide, with a reason."""
    found, kind, reason = officer.report(report), request.POST.get("kind", ""), request.POST.get("reason", "")
    if not reason.strip() or kind not in policies.ALL:
        refusal = _("Nothing was decided: choose what happens, and say why.")
        return page_of_report(request, officer, found, status=422, refusal=refusal)
    to = officer.address("moderation-report", report)

    def decide() -> None:
        found.decide(kind, by=officer.person, reason=reason, rules=chosen_rules(request), team=officer.city)

    return do(request, decide, to, _("It is decided. Whom it is about is told, with the reason."))


def handover(request: HttpRequest, officer: Officer, report: int) -> HttpResponse:
    """Leave it to the network office."""
    found = officer.report(report)
    to, note = officer.address("moderation-report", report), request.POST.get("note", "")
    done = _("The network office has it now.")
    return do(request, lambda: found.hand_over(by=officer.by, note=note), to, done)
