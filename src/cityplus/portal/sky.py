"""What the star chart of a city shows, laid out for a wide and for a narrow screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin, tau
from typing import Any

from cityplus.cities.models import City
from cityplus.cities.naming import ChartLabel, native_line, plain_line, spoken
from cityplus.languages.formats import distance
from cityplus.lib.charts import sky
from cityplus.lib.charts.boxes import Box, Spot, Stroke
from cityplus.lib.charts.labels import Label, Placed, place
from cityplus.lib.charts.spread import spread
from cityplus.lib.charts.typeset import Line, extent, touchable

PAPER = Box(6, 6, sky.SIZE - 6, sky.SIZE - 6)
RINGS = (2_000_000.0, 5_000_000.0, 10_000_000.0)
"""Metres from the city at which a circle is drawn."""

LAYOUTS = {"wide": (21.0, 16.0, 15.0, 30.0), "narrow": (32.0, 0.0, 28.0, 56.0)}
"""By the width of the chart: type sizes of own names, of the reader's names with distances (0: none, the list has them) and of the
rings, and what a finger needs.

Where each layout is shown, type is 12 pixels and more, and the last is 24.
"""

REACH, CENTRE_REACH = 11.0, 20.0
_ANGLES = 72


@dataclass(frozen=True, slots=True)
class Star:
    """A member on the chart: its city, where its link leads, how far it is, and whether it is a friend."""

    city: City
    href: str
    metres: float
    friend: bool
    spot: Spot

    @property
    def ray(self) -> Stroke:
        return (sky.CENTRE, sky.CENTRE), self.spot

    def spoken(self, tag: str) -> str:
        return f"{spoken(self.city, tag)}, {distance(self.metres, tag)}"


def stars_around(centre: City, friends: Sequence[Mapping[str, Any]], others: Sequence[Mapping[str, Any]]) -> list[Star]:
    """Friends first. A friend's star leads to the tie, another's to its city; stars that would cover each other part a little."""
    items = [*friends, *others]
    places = [sky.place(centre.point, item["city"].point) for item in items]
    spots = spread(places, gap=15, most=7, paper=PAPER)
    return [
        Star(item["city"], item.get("tie", item["city"]).get_absolute_url(), item["metres"], "tie" in item, spot)
        for item, spot in zip(items, spots, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Layout:
    """The words of the chart for one width of screen: the city's own label, one a star, one a ring."""

    name: str
    centre: ChartLabel | None
    stars: list[ChartLabel | None]
    rings: list[ChartLabel]


def lay_out(name: str, city: City, stars: Sequence[Star], tag: str) -> Layout:
    """Words where they cover neither a star nor each other."""
    size, small, ring_size, touch = LAYOUTS[name]
    marks = [Box.at(sky.CENTRE, sky.CENTRE, CENTRE_REACH), *(Box.at(*star.spot, REACH) for star in stars)]
    rays = [star.ray for star in stars if star.friend]
    rings = _ring_labels(name, ring_size, marks, rays, tag)
    words = [[native_line(city.actor.names, size * 1.25)], *(_words(star, size, small, tag) for star in stars)]
    spots = [(sky.CENTRE, sky.CENTRE), *(star.spot for star in stars)]
    reaches = [CENTRE_REACH, *(REACH for _ in stars)]
    labels = [
        Label(*spot, reach, *touchable(extent(lines), touch))
        for spot, reach, lines in zip(spots, reaches, words, strict=True)
    ]
    placed = place(labels, PAPER, [*marks, *(box for box, _ in rings)], rays)
    found = [ChartLabel.of(name, spot, lines) if spot else None for spot, lines in zip(placed, words, strict=True)]
    return Layout(name, found[0], found[1:], [label for _, label in rings])


def _words(star: Star, size: float, small: float, tag: str) -> list[Line]:
    lines = [native_line(star.city.actor.names, size if star.friend else size * 0.95)]
    if small:
        second, far = star.city.actor.names.in_language(tag), distance(star.metres, tag)
        words = far if second == lines[0].words else f"{second} · {far}"
        lines.append(plain_line(words, tag, small, "second"))
    return lines


def _ring_labels(
    name: str, size: float, marks: Sequence[Box], rays: Sequence[Stroke], tag: str
) -> list[tuple[Box, ChartLabel]]:
    """The distance of each ring, all in the one direction where they are furthest from stars and rays."""
    lines = [plain_line(distance(metres, tag), tag, size, "ring") for metres in RINGS]
    extents = [extent([line]) for line in lines]

    def boxes(angle: float) -> list[Box]:
        return [_centred(sky.ring_radius(metres), angle, *size) for metres, size in zip(RINGS, extents, strict=True)]

    def room(angle: float) -> float:
        found = boxes(angle)
        crossed = sum(box.grown(6, 6).crossed(ray) for box in found for ray in rays)
        nearest = min(_apart(box, mark) for box in found for mark in marks)
        return nearest - 1000 * crossed

    best = max((i * tau / _ANGLES for i in range(_ANGLES)), key=room)
    return [
        (box, ChartLabel.of(name, Placed(box, 0, None), [line])) for box, line in zip(boxes(best), lines, strict=True)
    ]


def _centred(radius: float, angle: float, width: float, height: float) -> Box:
    x, y = sky.CENTRE + radius * sin(angle), sky.CENTRE - radius * cos(angle)
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _apart(box: Box, mark: Box) -> float:
    """Clear space between a box and a mark; 0 where they meet."""
    across = max(mark.left - box.right, box.left - mark.right, 0.0)
    down = max(mark.top - box.bottom, box.top - mark.bottom, 0.0)
    return hypot(across, down)


def ticks(step: int = 10) -> str:
    """Small strokes on the rim at every so many degrees, longer at every thirty, as path data."""
    parts = []
    for degrees in range(0, 360, step):
        angle, long = degrees * pi / 180, degrees % 30 == 0
        inner, outer = sky.RADIUS, sky.RADIUS + (9 if long else 5)
        parts.append(
            f"M{sky.CENTRE + inner * sin(angle):.1f} {sky.CENTRE - inner * cos(angle):.1f}"
            f"L{sky.CENTRE + outer * sin(angle):.1f} {sky.CENTRE - outer * cos(angle):.1f}"
        )
    return "".join(parts)
