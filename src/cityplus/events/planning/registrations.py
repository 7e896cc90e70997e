"""Who has registered, and what the organisers decide."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cityplus.events.errors import EventError
from cityplus.events.forgetting import FORGOTTEN
from cityplus.events.models import Event, Registration, Ticket
from cityplus.events.planning.pages import deed, refused, shown
from cityplus.events.planning.planner import Planner
from cityplus.languages.tags import reader_tag
from cityplus.lib import signs
from cityplus.web.paging import page_of

LISTED = 60
LABELS = {
    "asked": _("to be decided"),
    "confirmed": _("have a place"),
    "waiting": _("wait for one"),
    "cancelled": pgettext_lazy("registrations", "cancelled"),
    "refused": _("refused"),
}


def registrations(request: HttpRequest, planner: Planner, event: int) -> HttpResponse:
    """All of them, or those of one state; who asked first stands first."""
    found = planner.find(event)
    if not planner.may or not planner.agreed(found):
        return refused(request, planner)
    state, asked = request.GET.get("state", ""), signs.line(request.GET.get("q", ""))[:80]
    rows = Registration.objects.filter(event=found).select_related("venue", "organisation__actor")
    if state in LABELS:
        rows = rows.filter(state=state)
    if asked:
        rows = rows.filter(Q(name__icontains=asked) | Q(email__icontains=asked))
    filters = {"state": state, "q": asked}
    page = page_of(rows.prefetch_related("seats__session"), request.GET, ("pk",), size=LISTED, filters=filters)
    questions = list(found.questions.all())
    lines = [_line(row, questions) for row in page.items]
    context = {
        "event": found,
        "page": page,
        "lines": lines,
        "state": state,
        "asked": asked,
        "kept": _kept(request),
        "states": _states(found),
        "decides": planner.may_change(found) and not found.is_over,
    }
    return shown(request, planner, "registrations", context)


def _kept(request: HttpRequest) -> str:
    """What of the query string says which page of the list one looks at: a decision leads back to it."""
    return urlencode({name: request.GET[name] for name in ("state", "q", "after", "before") if name in request.GET})


def _line(row: Registration, questions: list[Any]) -> dict[str, Any]:
    forgotten = row.email.endswith(FORGOTTEN)
    return {"row": row, "answers": _answers(row, questions), "state": LABELS[row.state], "forgotten": forgotten}


def _states(event: Event) -> list[tuple[str, Any, int]]:
    rows = Registration.objects.filter(event=event).order_by().values_list("state", flat=True)
    counted = dict.fromkeys(LABELS, 0)
    for state in rows:
        counted[state] += 1
    return [(state, LABELS[state], n) for state, n in counted.items()]


def _answers(row: Registration, questions: list[Any]) -> list[tuple[Any, str]]:
    tag = reader_tag()
    found = [(one.words, one.said(row.answers.get(str(one.pk)), tag)) for one in questions]
    return [(words, said) for words, said in found if said]


def decision(request: HttpRequest, planner: Planner, event: int, registration: int) -> HttpResponse:
    """Take somebody, refuse them, cancel the place of somebody who asked for that, or replace the ticket of who lost it; when it is over
    nothing is decided any more."""
    row = get_object_or_404(Registration, event=planner.find(event), pk=min(registration, 2**63 - 1))

    def renew(by: str) -> None:
        Ticket.of(row).renew(by=by)

    deeds = {"approve": row.approve, "refuse": row.refuse, "cancel": row.cancel, "renew": renew}
    do = deeds.get(request.POST.get("decision", ""))

    def decide(found: Event) -> None:
        if found.is_over:
            raise EventError(_now("The event is over; its registrations stay as they are."))
        if do:
            do(by=planner.by)

    answer = deed(request, planner, event, decide, page="event-registrations")
    if "Location" in answer and (kept := _kept(request)):
        answer["Location"] += f"?{kept}"
    return answer
