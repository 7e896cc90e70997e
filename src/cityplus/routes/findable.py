"""What search knows of routes and stops."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from cityplus.cities.findable import VERBS as CITY_VERBS
from cityplus.journal.models import Entry
from cityplus.routes.models import Route, Stop
from cityplus.search.index import Kind, Scope, in_parts
from cityplus.search.items import Item

VERBS = (*CITY_VERBS, "route.published", "route.withdrawn", "route.changed")
"""A city that goes or comes takes its routes with it."""

ROUTE = Kind("route", 1, _("Routes"), "routes/found.html", VERBS)
STOP = Kind("stop", 2, _("Stops"), "routes/found_stop.html", VERBS)


class Routes:
    """Source of the kind ``route``: found by its title, its summary and its city, and where it begins."""

    def everything(self) -> Iterator[Item]:
        return map(_route_item, in_parts(self._public()))

    def within(self, scope: Scope) -> Iterable[Item]:
        routes = self._public().filter(city__actor__handle=scope.handle)
        return map(_route_item, routes.filter(pk=scope.object_id) if scope.object_id else routes)

    def touched(self, entry: Entry) -> Scope | None:
        return Scope(entry.handle, object_id=entry.subject_id if entry.subject == "routes.route" else None)

    def seen_by(self, person: Any, ids: Sequence[int]) -> Mapping[int, Route]:
        routes = Route.objects.visible_to(person).select_related("city__actor").filter(pk__in=ids)
        return {route.pk: route for route in routes}

    @staticmethod
    def _public() -> QuerySet[Route]:
        first = Prefetch("stops", Stop.objects.filter(number=1).only("route_id", "lat", "lon"), to_attr="first")
        return Route.objects.visible_to(None).select_related("city__actor").prefetch_related(first)


class Stops:
    """Source of the kind ``stop``: found by its title, its story and address, its route and its city."""

    def everything(self) -> Iterator[Item]:
        return map(_stop_item, in_parts(_stops_for(None)))

    def within(self, scope: Scope) -> Iterable[Item]:
        stops = _stops_for(None).filter(route__city__actor__handle=scope.handle)
        return map(_stop_item, stops.filter(route=scope.parent) if scope.parent else stops)

    def touched(self, entry: Entry) -> Scope | None:
        return Scope(entry.handle, parent=entry.subject_id if entry.subject == "routes.route" else None)

    def seen_by(self, person: Any, ids: Sequence[int]) -> Mapping[int, Stop]:
        return {stop.pk: stop for stop in _stops_for(person).filter(pk__in=ids)}


def _stops_for(person: Any) -> QuerySet[Stop]:
    """The stops of the routes that a visitor may see; None is a stranger."""
    return Stop.objects.filter(route__in=Route.objects.visible_to(person)).select_related("route__city__actor")


def _route_item(route: Route) -> Item:
    first: list[Stop] = route.first  # type: ignore[attr-defined] # made by the prefetch
    return Item(
        object_id=route.pk,
        handle=route.city.handle,
        url_name="routes:route",
        url_args=(route.city.handle, route.slug),
        title=route.title,
        words=[route.summary, route.city.actor.names, route.city.handle],
        point=first[0].point if first else route.city.point,
        size=route.city.population,
        parent=route.city_id,
    )


def _stop_item(stop: Stop) -> Item:
    city = stop.route.city
    return Item(
        object_id=stop.pk,
        handle=city.handle,
        url_name="routes:stop",
        url_args=(city.handle, stop.route.slug, stop.number),
        title=stop.title,
        words=[city.actor.names, stop.route.title, stop.address, stop.story, stop.look_for],
        point=stop.point,
        size=city.population,
        parent=stop.route_id,
    )
