"""The meetings of an organisation, at its workplace: each event for which it has a place."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cityplus.events.models import Registration, Timetable
from cityplus.organisations.access import Workplace, workplace
from cityplus.organisations.roles import Right

MOST = 100
"""Events that are shown, the latest first."""


@require_safe
@workplace(Right.DEAL)
def work(request: HttpRequest, at: Workplace) -> HttpResponse:
    """Where it is registered: one row an event, with the way to its meetings where they are arranged."""
    if not at.public:
        raise Http404
    mine = Registration.objects.filter(organisation=at.organisation, state="confirmed")
    rows = mine.select_related("event", "venue").prefetch_related("event__hosting__actor", "event__venues")
    found = {row.event_id: row for row in rows.order_by("-event__starts_at", "pk")[:MOST]}
    met = set(Timetable.objects.filter(event__in=found).values_list("event", flat=True))
    now = timezone.now()
    shown = [(row, row.event_id in met) for row in found.values()]
    context = {
        "at": at,
        "coming": [pair for pair in reversed(shown) if pair[0].event.ends_at >= now],
        "past": [pair for pair in shown if pair[0].event.ends_at < now],
    }
    return render(request, "events/meetings/work.html", context)
