from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from cityplus import pulse
from cityplus.lib.geo import distance
from cityplus.routes.models import Route
from cityplus.social.rendering.showing import latest
from cityplus.social.speakers.acting import acting
from cityplus.ties.models import Tie
from cityplus.web.pagecache import keep

ROUTES = 6
"""Of each city on this page; the list of its routes has all."""


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
        "said": latest(actor, reader) if (actor := tie.actor) else [],
        "pair": actor,
        "voice": voice,
    }
    return render(request, "ties/pair.html", context)
