from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cityplus.cities.isic import SECTIONS
from cityplus.cities.models import City
from cityplus.events import feed, filters, months
from cityplus.events.models import Event
from cityplus.pulse import counted
from cityplus.web.pagecache import keep
from cityplus.web.paging import page_of

SIZE, FEED = 24, 50
"""A page, a feed: how many events each has at most."""


@require_safe
@keep
@counted("events")
def index(request: HttpRequest) -> HttpResponse:
    """What is coming (or, ``?when=past``, what was), of all cities or one (``of``), of all kinds or one, for a sector, in a language."""
    chosen = filters.chosen_in(request.GET)
    city, past = city_of(chosen["of"]), chosen["when"] == "past"
    found = filters.fitting(Event.objects.public(), chosen, city)
    found = filters.past(found) if past else filters.coming(found)
    order = ["-starts_at", "-id"] if past else ["starts_at", "id"]
    page = page_of(found.for_cards(), request.GET, order, size=SIZE, filters=chosen)
    context: dict[str, Any] = {
        **choices(chosen, city),
        "page": page,
        "query": filters.query_of(chosen),
        "past": past,
        "month": _month(page.items, city),
        "in_month": filters.query_of(chosen | {"when": ""}),
    }
    return render(request, "events/index.html", context)


def choices(chosen: Mapping[str, str], city: City | None) -> dict[str, Any]:
    """What the form of the filters offers, and what was chosen."""
    return {
        "asked": chosen,
        "city": city,
        "cities": City.objects.public().select_related("actor").order_by("actor__handle")[:200],
        "kinds": Event.Kind.choices,
        "sections": SECTIONS.items(),
        "languages": filters.languages(),
    }


def _month(shown: Sequence[Event], city: City | None) -> date:
    """The month in which the first of these is, if it is not going on already; this one where there is none."""
    today = months.today_of(city)
    days = [day for event in shown[:1] for day in months.days_of(event, city)]
    return (today if not days or today in days else min(days)).replace(day=1)


@require_safe
@keep
def atom(request: HttpRequest) -> HttpResponse:
    """What the page of the same filter lists, what was announced last first, in the language of the address."""
    chosen = filters.chosen_in(request.GET)
    return _feed(chosen, reverse("events:atom"), filters.query_of(chosen))


@require_safe
@keep
def atom_of_a_city(request: HttpRequest, handle: str) -> HttpResponse:
    """What a city holds, and what takes place in it; the other filters hold too."""
    chosen = filters.chosen_in(request.GET) | {"of": ""}
    return _feed(chosen | {"of": handle}, reverse("events:city-atom", args=[handle]), filters.query_of(chosen))


def _feed(chosen: dict[str, str], here: str, query: str) -> HttpResponse:
    city, name = city_of(chosen["of"]), filters.query_of(chosen)
    found = filters.fitting(Event.objects.public(), chosen, city)
    found = filters.past(found) if chosen["when"] == "past" else filters.coming(found)
    newest = found.for_cards().order_by("-published_at", "-pk")[:FEED]
    body = feed.written(
        list(newest),
        title=feed.title_of(filters.in_words(chosen, city)),
        home=f"{reverse('events:index')}{f'?{name}' if name else ''}",
        here=f"{here}{f'?{query}' if query else ''}",
        name=name,
    )
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


def city_of(handle: str) -> City | None:
    """Raises:
    Http404: there is no such city."""
    return get_object_or_404(City.objects.public().select_related("actor"), actor__handle=handle) if handle else None
