from __future__ import annotations

from typing import Annotated, Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Path, Query
from pydantic import Field

from cityplus.actors.handles import PATTERN as HANDLE
from cityplus.api import asking, problems, public
from cityplus.api.addresses import resource
from cityplus.api.asking import PagedQuery, Reader, parameter
from cityplus.api.cursors import Place
from cityplus.api.problems import Problem
from cityplus.api.resource import Resource
from cityplus.api.resources import cities, media
from cityplus.api.resources.cities import ref
from cityplus.api.schemas.choice import OneOf
from cityplus.api.schemas.common import Handle
from cityplus.api.schemas.routes import RouteCard, RouteFiles, RouteList, RouteOut, Slug
from cityplus.routes.models import Route
from cityplus.routes.models.route import Mode
from cityplus.routes.walkthrough import Walkthrough, walkthrough

operations = Resource("Routes")


class CityRoutesQuery(PagedQuery):
    """Which routes of a city."""

    theme: Annotated[str, OneOf(*Route.Theme.values)] = parameter(
        "theme", f"one of {', '.join(Route.Theme.values)}", "Only those about something", examples=["culture"]
    )
    mode: Annotated[str, OneOf(*Mode.values)] = parameter(
        "mode", f"one of {', '.join(Mode.values)}", "Only those that one goes in this way", examples=["walk"]
    )


class RouteQuery(CityRoutesQuery):
    """Which routes."""

    city: Annotated[str, Field(pattern=f"^{HANDLE}$")] = parameter(
        "city", "the handle of a city, such as thehague", "Only those of one city", examples=["thehague"]
    )


@operations.reads(
    "/routes",
    RouteList,
    name="listRoutes",
    summary="Experience routes",
    about="Published routes of all members, the newest first. Filters narrow the list together.",
)
def list_routes(request: HttpRequest, response: HttpResponse, query: Query[RouteQuery]) -> RouteList:
    return _list(Reader(request, response, query), query, query.city)


@operations.reads(
    "/cities/{handle}/routes",
    RouteList,
    name="listRoutesOfCity",
    summary="The routes of a member",
    about="Published routes of one city, the newest first.",
)
def list_routes_of_city(
    request: HttpRequest, response: HttpResponse, handle: Path[Handle], query: Query[CityRoutesQuery]
) -> RouteList:
    reader = Reader(request, response, query)
    return _list(reader, query, cities.known(handle).handle)


@operations.reads(
    "/cities/{handle}/routes/{slug}",
    RouteOut,
    name="getRoute",
    summary="A route",
    about="A published route. Its stops are a list of their own.",
)
def get_route(
    request: HttpRequest,
    response: HttpResponse,
    handle: Path[Handle],
    slug: Path[Slug],
    query: Query[asking.Query],
) -> RouteOut:
    reader = Reader(request, response, query)
    walk = walked(handle, slug)
    route = walk.route
    return RouteOut(
        **in_few_words(route, len(walk.stops), reader),
        step_free=reader.text(route.step_free),
        season=reader.text(route.season),
        best_time=reader.text(route.best_time),
        metres=round(walk.metres),
        moving_minutes=walk.moving_minutes,
        reckoned=walk.reckoned,
        film=media.card(route.film, reader),
        credit=route.credit or None,
        licence=route.licence or None,
        sources=route.sources,
        files=RouteFiles(
            **{name: reader.page(reverse(f"routes:{name}", args=[handle, slug])) for name in RouteFiles.model_fields}
        ),
        stops=resource(f"{of(route)}/stops"),
    )


def known(handle: str, slug: str) -> Route:
    """The public route with its city.

    Raises:
        Problem: there is none.
    """
    route = public.routes().select_related("city__actor").filter(city__actor__handle=handle, slug=slug).first()
    if route is None:
        raise Problem(problems.NOT_FOUND)
    return route


def walked(handle: str, slug: str) -> Walkthrough:
    """The public route with its stops.

    Raises:
        Problem: there is none.
    """
    try:
        return walkthrough(public.NOBODY, handle, slug)
    except Http404:
        raise Problem(problems.NOT_FOUND) from None


def of(route: Route) -> str:
    """Where the API has a route, below its root; fetch the city's actor with it."""
    return f"cities/{route.city.handle}/routes/{route.slug}"


def in_few_words(route: Route, stops: int, reader: Reader) -> dict[str, Any]:
    return {
        "slug": route.slug,
        "city": ref(route.city, reader),
        "title": reader.text(route.title),
        "summary": reader.text(route.summary),
        "theme": route.theme or None,
        "mode": route.mode,
        "difficulty": route.difficulty or None,
        "minutes": route.minutes,
        "stop_count": stops,
        "cover": media.card(route.cover, reader),
        "published_at": route.published_at,
        "self": resource(of(route)),
        "url": reader.page(route.get_absolute_url()),
    }


def _list(reader: Reader, query: CityRoutesQuery, city: str) -> RouteList:
    wanted: dict[str, Any] = {"theme": query.theme, "mode": query.mode, "city__actor__handle": city}
    found = public.routes().filter(**{name: value for name, value in wanted.items() if value}).order_by("-pk")
    if query.place:
        found = found.filter(pk__lt=query.place.key)
    rows = list(found.select_related("city__actor", "cover").prefetch_related("cover__renditions")[: query.limit + 1])
    page, following = reader.paged(rows, query.limit, lambda route: Place(route.pk))
    counted = Route.objects.filter(pk__in=[route.pk for route in page]).annotate(stop_count=Count("stops"))
    stops = dict(counted.values_list("pk", "stop_count"))
    items = [RouteCard(**in_few_words(route, stops.get(route.pk, 0), reader)) for route in page]
    return RouteList(items=items, next=following)
