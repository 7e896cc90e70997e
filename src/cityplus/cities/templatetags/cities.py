"""Tags that draw the members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from cityplus.cities.models import City
from cityplus.cities.naming import GLINT, ChartLabel, native_line, plain_line, reader_line, spoken
from cityplus.languages.formats import number
from cityplus.languages.tags import reader_tag
from cityplus.lib.charts import world
from cityplus.lib.charts.boxes import Box, Spot
from cityplus.lib.charts.labels import Label, place
from cityplus.lib.charts.spread import spread
from cityplus.lib.charts.typeset import Line, extent, touchable

register = template.Library()

PAPER = Box(8, 8, world.WIDTH - 8, world.HEIGHT - 8)
REACH = 9.0
"""Of a star, in units of the paper."""

WORTH = 300.0
"""Of a name: where many members stand close together, one stays without rather than cover another or a star. The list has it."""

PART, PART_NAMES = (100, 60), 3
"""How large the parts of the map are in units of the paper, and how many names each has at most."""

LAYOUTS = {"wide": (18.0, 15.0, 30.0), "middle": (26.0, 0.0, 52.0), "narrow": (52.0, 0.0, 84.0)}
"""By the width of the map: type size of own name and of second name, and what a finger needs.

Where each layout is shown, the first two are 12 pixels and more, the last is 24.
"""


@register.inclusion_tag("cities/world_map.html")
def world_map(
    cities: Sequence[City], view: world.World | None = None, filters: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The members on a map of the world, each a link with its own name; on a narrow screen with its number, as in the list.

    With the ``view`` of all members it also shows the lights of every one that fits the ``filters``.
    """
    tag = reader_tag()
    layer = f"{reverse('members-drawn')}?{urlencode(filters or {})}" if view else ""
    view = view or world.World.around([city.point for city in cities])
    spots = spread([view.spot(city.point) for city in cities], gap=13, most=5, paper=PAPER)
    labels = {name: _labels(name, cities, spots, tag) for name in LAYOUTS}
    return {
        "land": world.land(view),
        "lights": world.lights(view),
        "graticule": world.graticule(view),
        "layer": layer,
        "glint": GLINT,
        "cities": [
            {"city": city, "x": round(x, 1), "y": round(y, 1), "spoken": _numbered(city, tag), "labels": found}
            for city, (x, y), *found in zip(cities, spots, *labels.values(), strict=True)
        ],
    }


def _labels(layout: str, cities: Sequence[City], spots: Sequence[Spot], tag: str) -> list[ChartLabel | None]:
    """A label a city, in the order of the cities, None for those that go without."""
    named = _named(spots)
    lines = [_lines(layout, cities[i], tag) for i in named]
    wanted = [
        Label(*spots[i], REACH, *touchable(extent(words), LAYOUTS[layout][2]), worth=WORTH)
        for i, words in zip(named, lines, strict=True)
    ]
    placed = place(wanted, PAPER, marks=[Box.at(x, y, REACH) for x, y in spots])
    found: list[ChartLabel | None] = [None] * len(cities)
    for i, spot, words in zip(named, placed, lines, strict=True):
        found[i] = ChartLabel.of(layout, spot, words) if spot else None
    return found


def _named(spots: Sequence[Spot]) -> list[int]:
    """Which of the cities get a name: a few in each part of the map, the first in the list before others."""
    parts = [(int(x // PART[0]), int(y // PART[1])) for x, y in spots]
    return [i for i, part in enumerate(parts) if parts[:i].count(part) < PART_NAMES]


def _lines(layout: str, city: City, tag: str) -> list[Line]:
    own, second, _ = LAYOUTS[layout]
    if layout == "narrow":
        return [plain_line(number(city.number, tag) if city.number else "–", tag, own, "number")]
    lines = [native_line(city.actor.names, own)]
    reader = reader_line(city.actor.names, tag, second, "second") if second else None
    return [*lines, reader] if reader and reader.words != lines[0].words else lines


def _numbered(city: City, tag: str) -> str:
    return f"{number(city.number, tag)} {spoken(city, tag)}" if city.number else spoken(city, tag)
