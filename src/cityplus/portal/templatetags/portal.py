"""Tags of the pages made of many rooms: a city's star chart, and what search engines read about a city."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from cityplus.cities.models import City
from cityplus.cities.naming import GLINT
from cityplus.languages.formats import country
from cityplus.languages.tags import reader_tag
from cityplus.lib.charts import sky
from cityplus.portal.sky import LAYOUTS, RINGS, lay_out, stars_around, ticks
from cityplus.web import structured
from cityplus.web.addresses import absolute

register = template.Library()

_RIM = sky.SIZE / 2 - 30
COMPASS = (
    (pgettext_lazy("compass", "N"), sky.CENTRE, sky.CENTRE - _RIM),
    (pgettext_lazy("compass", "E"), sky.CENTRE + _RIM, sky.CENTRE),
    (pgettext_lazy("compass", "S"), sky.CENTRE, sky.CENTRE + _RIM),
    (pgettext_lazy("compass", "W"), sky.CENTRE - _RIM, sky.CENTRE),
)


@register.inclusion_tag("portal/star_chart.html")
def star_chart(city: City, friends: Sequence[Mapping[str, Any]], others: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The Earth around a city, every member at its true direction. ``friends`` are ``{city, tie, metres}`` and get a ray of light;
    ``others`` are ``{city, metres}``."""
    tag = reader_tag()
    stars = stars_around(city, friends, others)
    layouts = [lay_out(name, city, stars, tag) for name in LAYOUTS]
    return {
        "city": city,
        "back": sky.backdrop(city.point),
        "glint": GLINT,
        "centre": sky.CENTRE,
        "radius": sky.RADIUS,
        "rings": [round(sky.ring_radius(metres), 1) for metres in RINGS],
        "ticks": ticks(),
        "compass": COMPASS,
        "layouts": layouts,
        "stars": [
            {
                "star": star,
                "x": round(star.spot[0], 1),
                "y": round(star.spot[1], 1),
                "spoken": star.spoken(tag),
                "labels": labels,
            }
            for star, *labels in zip(stars, *(layout.stars for layout in layouts), strict=True)
        ],
    }


@register.simple_tag
def structured_city(city: City) -> SafeString:
    """The city as JSON-LD: its names, where it lies, whose country's it is, and its websites."""
    tag = reader_tag()
    names = city.actor.names
    name = names.in_language(tag)
    cover = city.cover.best("image/jpeg", 1200) if city.cover else None
    path = city.get_absolute_url()
    entity = {
        "@type": "City",
        "@id": absolute(path),
        "name": name,
        "alternateName": sorted({version.text for version in names.versions.values()} - {name}),
        "description": city.tagline.in_language(tag),
        "image": absolute(cover.url) if cover else "",
        "geo": structured.geo(city.lat, city.lon),
        "sameAs": [contact.value for contact in city.contacts.all() if contact.kind == "website"],
        "containedInPlace": {"@type": "Country", "name": country(city.country, tag), "identifier": city.country},
    }
    return structured.json_ld(structured.page(path, name, tag, entity))
