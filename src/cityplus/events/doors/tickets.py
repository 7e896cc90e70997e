"""One's ticket, as a page and as a PDF: by the link of the registration, or for who is signed in. Its code is in no address."""

from __future__ import annotations

import io
from typing import Any

import segno
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cityplus.events.doors import access
from cityplus.events.doors.printing import paper, ticket_book
from cityplus.events.models import Event, Registration, Ticket
from cityplus.web.press import INK

_WITH = ("event", "venue__city__actor", "organisation__actor")


@never_cache
@require_safe
@login_required
def mine(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    """All tickets of who is signed in for this event."""
    event = access.event_of(request, handle, slug)
    rows = Registration.objects.filter(event=event, person=request.user.pk).exclude(state__in=("cancelled", "refused"))
    found = [_shown(row) for row in rows.select_related(*_WITH).order_by("pk")]
    return _page(request, event, found, token="")


@never_cache
@require_safe
@login_required
def mine_pdf(request: HttpRequest, handle: str, slug: str, registration: int) -> HttpResponse:
    event = access.event_of(request, handle, slug)
    rows = Registration.objects.filter(event=event, person=request.user.pk, state="confirmed")
    return _pdf(get_object_or_404(rows.select_related(*_WITH), pk=min(registration, 2**63 - 1)))


@never_cache
@require_safe
def linked(request: HttpRequest, handle: str, slug: str, token: str) -> HttpResponse:
    """The ticket of who has no account, by the link of the registration."""
    event = access.event_of(request, handle, slug)
    return _page(request, event, [_shown(_of_token(event, token))], token=token)


@never_cache
@require_safe
def linked_pdf(request: HttpRequest, handle: str, slug: str, token: str) -> HttpResponse:
    row = _of_token(access.event_of(request, handle, slug), token)
    if row.state != "confirmed":
        raise Http404
    return _pdf(row)


def _of_token(event: Event, token: str) -> Registration:
    row = Registration.of_token(token)
    if row is None or row.event_id != event.pk:
        raise Http404
    return row


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


def _page(request: HttpRequest, event: Event, found: list[dict[str, Any]], *, token: str) -> HttpResponse:
    context = {"event": event, "host": event.host, "tickets": found, "token": token}
    answer = render(request, "events/doors/tickets.html", context)
    answer.headers["Referrer-Policy"] = "same-origin"
    return answer


def _pdf(row: Registration) -> HttpResponse:
    return paper("ticket.typ", ticket_book(row), f"{row.event.slug}-ticket.pdf")
