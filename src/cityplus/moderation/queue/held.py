"""Writings that wait for an officer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cityplus.moderation.queue.deeds import do
from cityplus.moderation.queue.officer import Officer
from cityplus.web.paging import page_of

SIZE = 30


def waiting(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Those that wait, who has waited longest first."""
    page = page_of(officer.held.filter(state="waiting"), request.GET, ("pk",), size=SIZE)
    return officer.shown(request, "held", {"page": page, "part": "held"})


def decision(request: HttpRequest, officer: Officer, held: int) -> HttpResponse:
    """``verdict``: publish it, or not, with a reason."""
    found, reason = officer.one_held(held), request.POST.get("reason", "")
    to = officer.address("moderation-held")
    if request.POST.get("verdict") == "approved":
        return do(request, lambda: found.approve(by=officer.person), to, _("It is published."))
    done = _("It is not published. Its author gets the reason by letter.")
    return do(request, lambda: found.refuse(by=officer.person, reason=reason), to, done)
