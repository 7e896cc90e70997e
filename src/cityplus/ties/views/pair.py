from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cityplus import pulse
from cityplus.events.filters import of_both
from cityplus.events.models import Event
from cityplus.lib.geo import distance
from cityplus.opportunities.models import Outcome
from cityplus.routes.models import Route
from cityplus.social.rendering.showing import latest
from cityplus.social.speakers.acting import acting
from cityplus.ties.models import Tie
from cityplus.web.pagecache import keep

ROUTES = 6
"""Of each city on this page; the list of its routes has all."""
EVENTS = 3
OUTCOMES = 3


@require_safe
@keep
def pair(request: HttpRequest, first: str, second: str) -> HttpResponse:
    """The space of a pair; asked for in the wrong order it leads to the right one."""
    if first > second:
        return redirect("ties:pair", second, first, permanent=True)
    ties = Tie.objects.public().select_related("first__actor", "second__actor", "first__cover", "second__cover")
    tie = get_object_or_404(ties, first__actor__handle=first, second__actor__handle=second)
    pulse.counts(request, "pair", *tie.subjects)
    cities = [tie.first, tie.second]
    reader, voice = acting(request)
    routes = [list(Route.objects.public().filter(city=city).for_cards()[: ROUTES + 1]) for city in cities]
    context = {
        "tie": tie,
        "metres": distance(tie.first.point, tie.second.point),
        "routes": [route for found in routes for route in found[:ROUTES]],
        "more": [city for city, found in zip(cities, routes, strict=True) if len(found) > ROUTES],
        "cities": cities,
        "events": _events(tie),
        "outcomes": Outcome.objects.counted(request.user).of_pair(first, second).for_lines()[:OUTCOMES],
        "said": latest(actor, reader) if (actor := tie.actor) else [],
        "pair": actor,
        "voice": voice,
    }
    return render(request, "ties/pair.html", context)


def _events(tie: Tie) -> list[Event]:
    """The next that concern both cities; where none is to come, the last ones."""
    found, now = of_both(tie.first, tie.second).for_cards(), timezone.now()
    coming = list(found.filter(ends_at__gte=now, state="published").order_by("starts_at", "pk")[:EVENTS])
    return coming or list(found.order_by("-starts_at", "-pk")[:EVENTS])
