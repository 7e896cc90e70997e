"""A route with everything that its pages show, fetched in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404

from cityplus.lib import hours
from cityplus.routes.legs import Leg, legs
from cityplus.routes.models import Route, Stop, StopMedium


@dataclass(frozen=True, slots=True)
class Walkthrough:
    """A route, its stops in order, and for each stop but the first the leg that leads to it."""

    route: Route
    stops: Sequence[Stop]
    legs: Sequence[Leg]

    @property
    def metres(self) -> float:
        return sum(leg.metres for leg in self.legs)

    @property
    def moving_minutes(self) -> int:
        """Minutes on the way, without the visits."""
        return sum(leg.minutes for leg in self.legs)

    @property
    def reckoned(self) -> bool:
        """Whether any leg's distance is an estimate rather than a drawn track."""
        return any(not leg.drawn for leg in self.legs)

    def parts(self) -> list[dict[str, Any]]:
        """For each stop: itself, the leg to it (None for the first), its opening hours, its neighbours."""
        return [
            {
                "stop": stop,
                "leg": self.legs[i - 1] if i else None,
                "hours": hours.parse(stop.opening_hours) if stop.opening_hours else None,
                "previous": self.stops[i - 1] if i else None,
                "next": self.stops[i + 1] if i + 1 < len(self.stops) else None,
            }
            for i, stop in enumerate(self.stops)
        ]


def walkthrough(visitor: Any, handle: str, slug: str) -> Walkthrough:
    """Fetch a route through its visitor.

    Raises:
        Http404: there is none that this visitor may know of.
    """
    links = StopMedium.objects.select_related("medium").prefetch_related("medium__renditions")
    found = (
        Route.objects.visible_to(visitor)
        .select_related("city__actor", "cover", "film__poster")
        .prefetch_related(
            "cover__renditions",
            "film__renditions",
            "film__captions",
            "film__poster__renditions",
            Prefetch("stops", Stop.objects.prefetch_related(Prefetch("links", links))),
        )
    )
    route = get_object_or_404(found, city__actor__handle=handle, slug=slug)
    stops = list(route.stops.all())
    for stop in stops:
        stop.route = route
    return Walkthrough(route, stops, legs(stops))
