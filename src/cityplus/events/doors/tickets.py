"""One's tickets, as a page and as PDF: for who is signed in, or has opened the link of the letter. Their codes are in no address."""

from __future__ import annotations

import io
from typing import Any

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cityplus import limits
from cityplus.events.doors import access
from cityplus.events.doors.printing import paper, ticket_book
from cityplus.events.models import Registration, Ticket
from cityplus.events.registering.known import known
from cityplus.limits import Limit
from cityplus.web.press import INK

RENEWALS = Limit("renewals of a ticket", 6, 24 * 3600)


@never_cache
@require_safe
def mine(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    """All tickets for this event that this browser may see: of who is signed in, and of whose letter's link was opened."""
    event = access.event_of(request, handle, slug)
    found = [_shown(row) for row in known(request, event)]
    context = {"event": event, "host": event.host, "tickets": found}
    return render(request, "events/doors/tickets.html", context)


@never_cache
@require_safe
def pdf(request: HttpRequest, handle: str, slug: str, registration: int) -> HttpResponse:
    event = access.event_of(request, handle, slug)
    row = get_object_or_404(known(request, event), pk=min(registration, 2**63 - 1), state="confirmed")
    return paper("ticket.typ", ticket_book(row), f"{event.slug}-ticket.pdf")


@never_cache
@require_POST
def renewal(request: HttpRequest, handle: str, slug: str, registration: int) -> HttpResponse:
    """Have another code for a ticket that was lost; the one before it opens nothing any more."""
    event = access.event_of(request, handle, slug)
    row = get_object_or_404(known(request, event), pk=min(registration, 2**63 - 1), state="confirmed")
    limits.take(RENEWALS.by(str(row.pk)))
    Ticket.of(row).renew(by=request.user.get_username() if request.user.is_authenticated else "")
    messages.success(request, _("This is your new ticket. The one before it opens no door any more."))
    return redirect("doors:tickets", handle, slug)


def _shown(row: Registration) -> dict[str, Any]:
    if row.state != "confirmed":
        return {"registration": row}
    ticket = Ticket.of(row)
    return {"registration": row, "typed": ticket.typed(), "code": _code(ticket.scanned(row.event_id))}


def _code(text: str) -> str:
    """A code that is as large as its place, with the white border that it needs."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=4, omitsize=True, xmldecl=False, dark=INK)
    return out.getvalue().decode()
