from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query

from cityplus.api import asking, problems
from cityplus.api.addresses import resource
from cityplus.api.asking import PagedQuery, Reader
from cityplus.api.cursors import Place
from cityplus.api.problems import Problem
from cityplus.api.resource import Resource
from cityplus.api.resources import media
from cityplus.api.resources.routes import of, walked
from cityplus.api.schemas.common import Handle, Location
from cityplus.api.schemas.routes import (
    AddressOut,
    LegCard,
    LegOut,
    Slug,
    StopCard,
    StopList,
    StopMediumOut,
    StopNumber,
    StopOut,
)
from cityplus.routes.legs import Leg
from cityplus.routes.models import Route, Stop

operations = Resource("Stops")


@operations.reads(
    "/cities/{handle}/routes/{slug}/stops",
    StopList,
    name="listStops",
    summary="The stops of a route",
    about="The stops of a published route in order, each with the way that leads to it.",
)
def list_stops(
    request: HttpRequest,
    response: HttpResponse,
    handle: Path[Handle],
    slug: Path[Slug],
    query: Query[PagedQuery],
) -> StopList:
    reader = Reader(request, response, query)
    walk = walked(handle, slug)
    seen = query.place.key if query.place else 0
    ahead = [part for part in walk.parts() if part["stop"].number > seen]
    page, following = reader.paged(ahead, query.limit, lambda part: Place(part["stop"].number))
    items = [StopCard(**in_few_words(p["stop"], reader), leg=_leg(p["leg"])) for p in page]
    return StopList(items=items, next=following)


@operations.reads(
    "/cities/{handle}/routes/{slug}/stops/{number}",
    StopOut,
    name="getStop",
    summary="A stop",
    about="A stop of a published route with its story, its media and the way that leads to it.",
)
def get_stop(
    request: HttpRequest,
    response: HttpResponse,
    handle: Path[Handle],
    slug: Path[Slug],
    number: Path[StopNumber],
    query: Query[asking.Query],
) -> StopOut:
    reader = Reader(request, response, query)
    part = next((p for p in walked(handle, slug).parts() if p["stop"].number == number), None)
    if part is None:
        raise Problem(problems.NOT_FOUND)
    return told(part["stop"], part["leg"], reader)


def known(route: Route, number: int) -> Stop:
    """The stop of a public route.

    Raises:
        Problem: the route has none of this number.
    """
    stop = route.stops.filter(number=number).first()
    if stop is None:
        raise Problem(problems.NOT_FOUND)
    stop.route = route
    return stop


def told(stop: Stop, leg: Leg | None, reader: Reader) -> StopOut:
    address = AddressOut(text=stop.address, language=stop.address_language or None) if stop.address else None
    return StopOut(
        **in_few_words(stop, reader),
        leg=_leg_in_full(stop, leg, reader),
        address=address,
        story=reader.text(stop.story),
        look_for=reader.text(stop.look_for),
        access=reader.text(stop.access),
        opening_hours=stop.opening_hours or None,
        website=stop.website or None,
        media=[
            StopMediumOut(**media.in_few_words(link.medium, reader), role=link.role or None)
            for link in stop.links.all()
        ],
        sources=stop.sources,
        route=resource(of(stop.route)),
    )


def in_few_words(stop: Stop, reader: Reader) -> dict[str, Any]:
    return {
        "number": stop.number,
        "slug": stop.slug,
        "title": reader.text(stop.title),
        "location": Location(lat=stop.lat, lon=stop.lon),
        "minutes": stop.minutes,
        "step_free": stop.step_free,
        "picture": media.card(next(iter(stop.pictures), None), reader),
        "self": resource(f"{of(stop.route)}/stops/{stop.number}"),
        "url": reader.page(stop.get_absolute_url()),
    }


def _leg(leg: Leg | None) -> LegCard | None:
    return LegCard(**_way(leg)) if leg else None


def _leg_in_full(stop: Stop, leg: Leg | None, reader: Reader) -> LegOut | None:
    if leg is None:
        return None
    track = [Location(lat=lat, lon=lon) for lat, lon in stop.leg_track]
    return LegOut(**_way(leg), note=reader.text(stop.leg_note), track=track)


def _way(leg: Leg) -> dict[str, Any]:
    return {"mode": leg.mode, "metres": round(leg.metres), "minutes": leg.minutes, "drawn": leg.drawn}
