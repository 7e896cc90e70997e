"""What routes say of media: those of a route are seen by who may see the route; and where they are shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.languages.tags import reader_tag
from cityplus.media.usage import Use
from cityplus.routes.models import Route, StopMedium


def seen_by(person: Any, ids: Collection[int]) -> Iterable[int]:
    routes = Route.objects.visible_to(person)
    yield from routes.filter(cover__in=ids).values_list("cover_id", flat=True)
    yield from routes.filter(film__in=ids).values_list("film_id", flat=True)
    links = StopMedium.objects.filter(medium__in=ids, stop__route__in=routes.values("pk"))
    yield from links.values_list("medium_id", flat=True)


def uses(owner: Actor, ids: Collection[int] | None) -> Iterable[Use]:
    """Covers and films of routes, and what is shown at stops; also of routes that are withdrawn, for they may come back."""
    for name, words in (
        ("cover", _("Cover picture of the route “%(route)s”")),
        ("film", _("Film of the route “%(route)s”")),
    ):
        routes = Route.objects.filter(**{f"{name}__owner": owner}).select_related("city__actor")
        for route in routes if ids is None else routes.filter(**{f"{name}__in": ids}):
            title = route.title.in_language(reader_tag())
            yield Use(getattr(route, f"{name}_id"), words % {"route": title}, route.get_absolute_url())
    links = StopMedium.objects.filter(medium__owner=owner).select_related("stop__route__city__actor")
    for link in links if ids is None else links.filter(medium__in=ids):
        stop = link.stop
        title = stop.title.in_language(reader_tag())
        words = _("Stop %(number)s (%(title)s) of the route “%(route)s”") % {
            "number": stop.number, "title": title, "route": stop.route.title.in_language(reader_tag()),
        }  # fmt: skip
        yield Use(link.medium_id, words, stop.get_absolute_url())
