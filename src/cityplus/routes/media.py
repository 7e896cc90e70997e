"""What routes say of media: those of a route are seen by who may see the route."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from cityplus.routes.models import Route, StopMedium


def seen_by(person: Any, ids: Collection[int]) -> Iterable[int]:
    routes = Route.objects.visible_to(person)
    yield from routes.filter(cover__in=ids).values_list("cover_id", flat=True)
    yield from routes.filter(film__in=ids).values_list("film_id", flat=True)
    links = StopMedium.objects.filter(medium__in=ids, stop__route__in=routes.values("pk"))
    yield from links.values_list("medium_id", flat=True)
