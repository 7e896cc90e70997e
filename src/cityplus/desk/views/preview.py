from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cityplus.cities import profile
from cityplus.cities.models import City
from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.desk.pieces import Piece, piece_of
from cityplus.portal.views.city import city_context
from cityplus.routes.document import staged
from cityplus.routes.legs import legs
from cityplus.routes.maps import map_context
from cityplus.routes.models import Route
from cityplus.routes.walkthrough import Walkthrough


@require_safe
@desk(Right.SEE)
def preview(request: HttpRequest, at: Desk, piece: str) -> HttpResponse:
    """The page as the public would have it, made of the draft; in the language of the address, as every page."""
    found = piece_of(at.city, piece)
    if isinstance(found.thing, City):
        city = profile.staged(
            City.objects.for_cards().prefetch_related("steps").get(pk=at.city.pk), found.draft.document
        )
        return render(request, "desk/preview_city.html", {**_bar(at, found), **city_context(request.user, city)})
    walk = _walk(found, found.thing)
    context = {"walk": walk, "route": walk.route, "parts": walk.parts(), **map_context(walk)}
    return render(request, "desk/preview_route.html", {**_bar(at, found), **context})


@require_safe
@desk(Right.SEE)
def stop(request: HttpRequest, at: Desk, piece: str, number: int) -> HttpResponse:
    """One stop of a route, as its own page would be."""
    found = piece_of(at.city, piece)
    walk = _walk(found, found.thing) if isinstance(found.thing, Route) else None
    if walk is None or not 1 <= number <= len(walk.stops):
        raise Http404
    part = walk.parts()[number - 1]
    context = {"walk": walk, "route": walk.route, "part": part, "stop": part["stop"]}
    return render(request, "desk/preview_stop.html", {**_bar(at, found), **context, "number": number})


def _walk(found: Piece, route: Route) -> Walkthrough:
    route, stops = staged(route, found.draft.document)
    return Walkthrough(route, stops, legs(stops))


def _bar(at: Desk, found: Piece) -> dict[str, Any]:
    return {"desk": at, "piece": found, "draft": found.draft}
