"""Tags of routes: their constellation, opening hours, and what search engines read about them."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext

from cityplus.languages.formats import opening_days
from cityplus.languages.tags import reader_tag
from cityplus.lib.charts import sketch
from cityplus.lib.hours import Hours
from cityplus.media.models import Medium
from cityplus.routes.models import Stop
from cityplus.routes.sky import StopMark, drawing, scale_words, stop_marks
from cityplus.routes.walkthrough import Walkthrough
from cityplus.web import structured
from cityplus.web.addresses import absolute

register = template.Library()

_TEASER = 300
"""Letters of a story that a description takes."""


@register.inclusion_tag("routes/constellation.html")
def constellation(walk: Walkthrough, current: int | None = None) -> dict[str, Any]:
    """A route as stars joined by its way, each stop a link: to its part of this page, or where one is ``current`` to its own page."""
    tag = reader_tag()
    drawn = drawing(walk)
    bar = drawn.bar
    return {
        "rings": [round(radius, 1) for radius in drawn.rings],
        "ways": drawn.ways,
        "reach": sketch.REACH,
        "north": drawn.north,
        "north_letter": pgettext("compass", "N"),
        "bar": {
            "x": round(bar.x, 1),
            "y": bar.y,
            "length": round(bar.length, 1),
            "middle": round(bar.x + bar.length / 2, 1),
            "words_y": bar.y - 15,
            "words": scale_words(bar.metres, tag),
        },
        "stops": [_shown(mark) for mark in stop_marks(walk, drawn, current, tag)],
    }


def _shown(mark: StopMark) -> dict[str, Any]:
    x, y = mark.mark.spot
    true = (round(mark.mark.true[0], 1), round(mark.mark.true[1], 1)) if mark.mark.pushed else None
    return {"mark": mark, "x": round(x, 1), "y": round(y, 1), "true": true}


@register.inclusion_tag("routes/opening_hours.html")
def opening_hours(hours: Hours) -> dict[str, Any]:
    """Opening hours as a small table of days, or two words where a place never closes."""
    return {"always": hours.always, "rows": opening_days(hours, reader_tag(), holidays=gettext("public holidays"))}


@register.simple_tag
def structured_route(walk: Walkthrough) -> SafeString:
    """The page of a route as JSON-LD: a trip whose itinerary are its stops."""
    tag, route = reader_tag(), walk.route
    name = route.title.in_language(tag)
    items = [{"@type": "ListItem", "position": stop.number, "item": _attraction(stop, tag)} for stop in walk.stops]
    trip = _trip(walk, tag) | {
        "description": route.summary.in_language(tag),
        "image": _picture(route.cover),
        "provider": {
            "@type": "Organization",
            "name": route.city.actor.names.in_language(tag),
            "url": absolute(route.city.get_absolute_url()),
        },
        "itinerary": {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items},
    }
    return structured.json_ld(structured.page(route.get_absolute_url(), name, tag, trip, _way(walk, tag)))


@register.simple_tag
def structured_stop(walk: Walkthrough, stop: Stop) -> SafeString:
    """The page of a stop as JSON-LD: the attraction, and the trip that it is part of."""
    tag, path = reader_tag(), stop.get_absolute_url()
    name = stop.title.in_language(tag)
    attraction = _attraction(stop, tag) | {
        "description": Truncator(stop.story.in_language(tag)).chars(_TEASER),
        "sameAs": stop.website,
        "subjectOf": _trip(walk, tag),
    }
    way = [*_way(walk, tag), (name, path)]
    return structured.json_ld(structured.page(path, name, tag, attraction, way))


def _trip(walk: Walkthrough, tag: str) -> dict[str, Any]:
    path = absolute(walk.route.get_absolute_url())
    return {"@type": "TouristTrip", "@id": path, "url": path, "name": walk.route.title.in_language(tag)}


def _attraction(stop: Stop, tag: str) -> dict[str, Any]:
    path = absolute(stop.get_absolute_url())
    return {
        "@type": "TouristAttraction",
        "@id": path,
        "url": path,
        "name": stop.title.in_language(tag),
        "geo": structured.geo(stop.lat, stop.lon),
        "address": stop.address,
        "image": _picture(next(iter(stop.pictures), None)),
    }


def _picture(medium: Medium | None) -> str:
    rendition = medium.best("image/jpeg", 1200) if medium else None
    return absolute(rendition.url) if rendition else ""


def _way(walk: Walkthrough, tag: str) -> list[tuple[str, str]]:
    """From the city to the route."""
    city, route = walk.route.city, walk.route
    return [
        (city.actor.names.in_language(tag), city.get_absolute_url()),
        (route.title.in_language(tag), route.get_absolute_url()),
    ]
