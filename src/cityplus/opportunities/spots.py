"""The map of the list: a light for each place that a page of it has, with how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cityplus.cities.models import City
from cityplus.cities.naming import GLINT
from cityplus.languages.tags import reader_tag
from cityplus.lib.charts import world
from cityplus.lib.charts.boxes import Box
from cityplus.lib.charts.spread import spread
from cityplus.opportunities.models import Opportunity

PAPER = Box(8, 8, world.WIDTH - 8, world.HEIGHT - 8)


@dataclass(frozen=True, slots=True)
class Spot:
    """A city on the map: where, how many of the page are there, and the list of those."""

    city: City
    x: float
    y: float
    here: int
    name: str
    url: str


def spots(found: Sequence[Opportunity]) -> dict[str, Any]:
    """What the map draws; empty where there is nothing to draw."""
    cities = list({one.city_id: one.city for one in found}.values())
    if not cities:
        return {}
    view = world.World.around([city.point for city in cities])
    placed = spread([view.spot(city.point) for city in cities], gap=26, most=5, paper=PAPER)
    tag = reader_tag()
    return {
        "land": world.land(view),
        "graticule": world.graticule(view),
        "glint": GLINT,
        "cities": [
            Spot(
                city,
                round(x, 1),
                round(y, 1),
                sum(one.city_id == city.pk for one in found),
                city.actor.names.in_language(tag),
                f"{reverse('opportunities:index')}?city={city.handle}",
            )
            for city, (x, y) in zip(cities, placed, strict=True)
        ],
    }
