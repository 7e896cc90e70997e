"""A night sky from above for a card: the Earth with its lights, the members as stars and their ties as lines.

Lambert's azimuthal projection, turned so that the farthest member is as near as it can be: all of them stand on one disc.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import acos, cos, hypot, pi, sin, sqrt
from pathlib import Path

from PIL import Image

from cityplus.lib.charts import atlas
from cityplus.lib.charts.atlas import Vector
from cityplus.lib.charts.boxes import Box, Spot
from cityplus.lib.charts.labels import Label, place
from cityplus.web import assets
from cityplus.web.lettering import Style, Words, svg, width

GLINT = "M0-12C1-4 4-1 12 0 4 1 1 4 0 12-1 4-4 1-12 0-4-1-1-4 0-12Z"
"""The four-point star, 24 units across, about its middle."""

BEYOND = 0.16
"""Radians of Earth that are seen past the farthest member."""
AIR = 1.12
"""Radius of the glowing air, in radii of the Earth."""
NAME = Style("sans", 22, 26, "#f4f1e8")
_HALO = Style("sans", 22, 26, "#f4f1e8", outline="#0a1330")
_EARTH = (
    (0.0, (30, 52, 110)),
    (0.6, (20, 36, 82)),
    (0.93, (13, 25, 62)),
    (0.985, (58, 98, 190)),
    (1.0, (120, 166, 255)),
)
"""Colour of the sea by its distance from the middle: dark, with air along the rim."""
FAINTEST = 4
"""Lights below this magnitude are left out: 7,000 of 12,000 tell the same, sooner."""
_LIGHTS = ((6, 0.8, 0.5), (8, 1.2, 0.7), (10, 1.7, 0.85), (16, 2.4, 0.95))
"""Lights below this magnitude reach so many pixels from their middle and are so opaque."""


@dataclass(frozen=True, slots=True)
class Star:
    """A member in the sky: its own name and its place in WGS-84 degrees."""

    name: Words
    lat: float
    lon: float


class Sky:
    """The Earth as seen from above, laid so that all stars stand in a frame of the card. Ties are pairs of indices into the stars."""

    def __init__(self, stars: Sequence[Star], ties: Sequence[tuple[int, int]], frame: Box) -> None:
        self.stars = stars
        self.members = [atlas.vector(star.lon, star.lat) for star in stars]
        self.up = _middle(self.members)
        x, y, z = self.up
        level = hypot(x, y) or 1e-12
        self.east: Vector = (-y / level, x / level, 0.0)
        self.north: Vector = (-z * x / level, -z * y / level, level)
        horizon = min(max(_arc(self.up, member) for member in self.members) + BEYOND, pi * 0.9)
        self.reach, self.depth = 2 * sin(horizon / 2), cos(horizon)
        self.centre, self.scale = self._laid(frame)
        self.spots = [self.at(member) for member in self.members]
        self.arcs = [
            [self.at(_along(self.members[a], self.members[b], step / 24)) for step in range(25)] for a, b in ties
        ]

    def _laid(self, frame: Box) -> tuple[Spot, float]:
        self.centre, self.scale = (0.0, 0.0), 1.0
        xs, ys = zip(*map(self.at, self.members), strict=True)
        west, east, north, south = min(xs), max(xs), min(ys), max(ys)
        wide, high = frame.right - frame.left, frame.bottom - frame.top
        scale = min(wide / max(east - west, 1e-6), high / max(south - north, 1e-6), high / 2)
        middle = frame.centre
        return (middle[0] - (east + west) / 2 * scale, middle[1] - (south + north) / 2 * scale), scale

    @property
    def radius(self) -> float:
        """Of the Earth, in pixels."""
        return self.reach * self.scale

    def sees(self, place: Vector) -> bool:
        return _dot(self.up, place) > self.depth

    def at(self, place: Vector) -> Spot:
        stretch = sqrt(2 / max(1e-6, 1 + _dot(place, self.up))) * self.scale
        return self.centre[0] + _dot(place, self.east) * stretch, self.centre[1] - _dot(place, self.north) * stretch

    def paint(self, base: Image.Image) -> None:
        """Paint the Earth and the air around it on the card."""
        reach = round(self.radius * AIR)
        # The distance from the middle, to be looked up: 0 there, 181 at the edges of the square, more in its corners.
        distance = Image.radial_gradient("L")
        channels = zip(*(_air(step / 181 * AIR) for step in range(256)), strict=True)
        small = Image.merge("RGBA", [distance.point(list(channel)) for channel in channels])
        disc = small.resize((2 * reach, 2 * reach), Image.Resampling.BICUBIC)
        base.paste(disc, (round(self.centre[0]) - reach, round(self.centre[1]) - reach), disc)

    def markup(self) -> str:
        """What stands on the Earth, as SVG: land, lights, ties, stars and their names."""
        x, y = self.centre
        return (
            f"<defs>{glow('glow', '#ffdca6', 0.95)}</defs>{self._land()}{''.join(self._lights())}"
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{self.radius:.1f}" fill="none" stroke="#8fb4ff" stroke-width="2"/>'
            f"{''.join(map(_tie, self.arcs))}{''.join(map(_star, self.spots))}{''.join(self._names())}"
        )

    def _land(self) -> str:
        seen = [ring for ring in atlas.land_vectors() if any(map(self.sees, ring))]
        rings = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in map(self._on_disc, ring)) + "Z" for ring in seen)
        return f'<path d="{rings}" fill="#33509c" fill-opacity=".45" fill-rule="evenodd"/>'

    def _on_disc(self, place: Vector) -> Spot:
        """Where it lies; what is beyond the horizon lies on the rim, so that coasts run on along it."""
        (x, y), (u, v) = self.at(place), self.centre
        far = hypot(x - u, y - v) / self.radius
        return (x, y) if far < 1 else (u + (x - u) / far, v + (y - v) / far)

    def _lights(self) -> Iterator[str]:
        below = FAINTEST
        for limit, size, opacity in _LIGHTS:
            spots = [self.at(light) for light, bright in lights() if below <= bright < limit and self.sees(light)]
            # Little lozenges: at this size nobody tells them from dots, and they are drawn in half the time.
            dots = "".join(f"M{x:.1f} {y - size:.1f}l{size} {size}-{size} {size}-{size}-{size}z" for x, y in spots)
            yield f'<path d="{dots}" fill="#ffe3b0" fill-opacity="{opacity}"/>'
            below = limit

    def _names(self) -> Iterator[str]:
        labels = [
            Label(x, y, 15, width(star.name, NAME), NAME.size)
            for star, (x, y) in zip(self.stars, self.spots, strict=True)
        ]
        strokes = [stroke for arc in self.arcs for stroke in pairwise(arc)]
        left = 500 if self.centre[0] > 600 else 20
        paper = Box(left, 20, left + 680, 610)
        placed = place(labels, paper, [Box.at(x, y, 12) for x, y in self.spots], strokes)
        for star, spot in zip(self.stars, placed, strict=True):
            if spot:
                x, y = spot.box.left, spot.box.top + NAME.size * 0.8
                yield svg(star.name, _HALO, x, y) + svg(star.name, NAME, x, y)


def glow(name: str, colour: str, strength: float) -> str:
    """A radial gradient that falls off as light does, quickly and then slowly, without an edge."""
    stops = "".join(
        f'<stop offset="{at:g}" stop-color="{colour}" stop-opacity="{strength * (1 - at) ** 3:.3f}"/>'
        for at in (0, 0.1, 0.2, 0.35, 0.5, 0.7, 1)
    )
    return f'<radialGradient id="{name}">{stops}</radialGradient>'


@lru_cache(maxsize=1)
def lights() -> tuple[tuple[Vector, int], ...]:
    """The lights of the home page's globe as unit vectors with magnitudes 0 to 15, as ``tools/globe_data.py`` packs them.

    Raises:
        AssetError: the front end has not been built.
    """
    packed = (assets.BUILT / Path(assets.asset("globe-lights.bin")).name).read_bytes()
    found, cell, number, shift = [], 0, 0, 0
    for byte in packed:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            cell += number >> 4
            row, column = divmod(cell, 3600)
            found.append((atlas.vector(column / 10 - 179.95, row / 10 - 89.95), number & 15))
            number = shift = 0
    return tuple(found)


def _air(distance: float) -> tuple[int, int, int, int]:
    """Colour and opacity at so many radii from the middle of the Earth."""
    if distance > 1:
        left = max(0.0, AIR - distance) / (AIR - 1)
        return 91, 140, 255, round(150 * left**2.5)
    (start, low), (end, high) = next(step for step in pairwise(_EARTH) if distance <= step[1][0])
    share = (distance - start) / (end - start)
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(low, high, strict=True))
    return red, green, blue, 255


def _tie(arc: Sequence[Spot]) -> str:
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in arc)
    return (
        f'<g fill="none" stroke-linecap="round"><path d="{path}" stroke="#7fb0ff" stroke-opacity=".2" stroke-width="8"/>'
        f'<path d="{path}" stroke="#b4cfff" stroke-opacity=".9" stroke-width="2.2"/></g>'
    )


def _star(spot: Spot) -> str:
    x, y = spot
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="44" fill="url(#glow)"/>'
        f'<path transform="translate({x:.1f} {y:.1f}) scale(1.4)" d="{GLINT}" fill="#fff6e4"/>'
    )


def _middle(places: Sequence[Vector]) -> Vector:
    """The middle of the smallest cap that holds all places: walk towards the farthest, by ever smaller steps."""
    here = places[0]
    for step in range(2, 200):
        here = _along(here, max(places, key=lambda place: _arc(here, place)), 1 / step)
    return here


def _along(start: Vector, end: Vector, share: float) -> Vector:
    """The place so far along the great circle from one to the other."""
    angle = _arc(start, end)
    if angle < 1e-6:
        return start
    a, b = sin(angle * (1 - share)) / sin(angle), sin(angle * share) / sin(angle)
    return start[0] * a + end[0] * b, start[1] * a + end[1] * b, start[2] * a + end[2] * b


def _arc(a: Vector, b: Vector) -> float:
    return acos(max(-1.0, min(1.0, _dot(a, b))))


def _dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
