"""Routes and stops as they are attached to posts: who may see the route sees the card."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.languages.tags import reader_tag
from cityplus.media.models import Medium
from cityplus.routes.models import Route, Stop, StopMedium
from cityplus.social.attachments import SAMPLES, Attached

_ROUTE = re.compile(r"/@([a-z][a-z0-9_]+)/routes/([\w-]+)/?")
_STOP = re.compile(r"/@([a-z][a-z0-9_]+)/routes/([\w-]+)/stops/(\d{1,4})/?")


class Routes:
    """The kind ``route``: with its cover."""

    def find(self, path: str) -> int | None:
        if not (found := _ROUTE.fullmatch(path)):
            return None
        routes = Route.objects.filter(city__actor__handle=found[1], slug=found[2])
        return routes.values_list("pk", flat=True).first()

    def shown(self, ids: Collection[int], person: Any) -> Mapping[int, Attached]:
        routes = Route.objects.visible_to(person).select_related("city__actor", "cover").filter(pk__in=ids)
        return {
            route.pk: Attached(_("Route"), route.title, route.get_absolute_url(), route.summary, route.cover)
            for route in routes.prefetch_related("cover__renditions")
        }

    def offered(self, author: Actor) -> Sequence[tuple[str, str]]:
        """A city's own public ones."""
        routes = Route.objects.public().filter(city__actor=author).select_related("city__actor")
        return [
            (route.get_absolute_url(), route.title.in_language(reader_tag()))
            for route in routes.order_by("-published_at", "-id")[:SAMPLES]
        ]


class Stops:
    """The kind ``stop``: with its first picture."""

    def find(self, path: str) -> int | None:
        if not (found := _STOP.fullmatch(path)):
            return None
        stops = Stop.objects.filter(route__city__actor__handle=found[1], route__slug=found[2], number=int(found[3]))
        return stops.values_list("pk", flat=True).first()

    def shown(self, ids: Collection[int], person: Any) -> Mapping[int, Attached]:
        pictures = StopMedium.objects.filter(medium__kind=Medium.Kind.PICTURE).select_related("medium")
        stops = (
            Stop.objects.filter(pk__in=ids, route__in=Route.objects.visible_to(person).values("pk"))
            .select_related("route__city__actor")
            .prefetch_related(Prefetch("links", pictures.prefetch_related("medium__renditions"), to_attr="pictured"))
        )
        return {
            stop.pk: Attached(
                _("Stop %(number)d") % {"number": stop.number},
                stop.title,
                stop.get_absolute_url(),
                stop.route.title,
                stop.pictured[0].medium if stop.pictured else None,  # type: ignore[attr-defined]
            )
            for stop in stops
        }

    def offered(self, author: Actor) -> Sequence[tuple[str, str]]:
        """None: there are many, and each has an address to paste."""
        del author
        return []
