"""The events of a month, as a calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cityplus.events import calendars, filters, months
from cityplus.events.models import Event
from cityplus.events.views.calendars import answer
from cityplus.events.views.index import choices, city_of
from cityplus.pulse import counted
from cityplus.web.pagecache import keep


@require_safe
@keep
@counted("events-by-month")
def month(request: HttpRequest, begin: date) -> HttpResponse:
    """By the same filters as the list, but for when they are."""
    chosen = filters.chosen_in(request.GET) | {"when": ""}
    city = city_of(chosen["of"])
    if not months.is_shown(begin, city):
        raise Http404
    shown = months.month_of(filters.fitting(Event.objects.public(), chosen, city), begin, city)
    query, listed = filters.query_of(chosen), filters.query_of(chosen | {"when": "past" if shown.past else ""})
    context: dict[str, Any] = {**choices(chosen, city), "month": shown, "query": query, "listed": listed}
    return render(request, "events/month.html", context)


@require_safe
def month_calendar(request: HttpRequest, begin: date) -> HttpResponse:
    """What the page of the same month and filter shows, as a file."""
    chosen = filters.chosen_in(request.GET) | {"when": ""}
    city = city_of(chosen["of"])
    if not months.is_shown(begin, city):
        raise Http404
    events = months.within(filters.fitting(Event.objects.public(), chosen, city), begin, city)
    return answer(request, calendars.of_events(months.named(begin), events), f"events-{begin:%Y-%m}")
