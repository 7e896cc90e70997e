"""Prints of palms as the server draws them: hands made of points of light, each of its own, and the public's lights around them.

Pure drawing: the same palms give the same picture. Units are those of the picture that it is drawn into.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, pi, sin, sqrt
from random import Random

WIDE, HIGH = 200, 264
"""The box of a hand."""
TRIES, APART = 2_600, 4.6
"""How often a point is thrown, and how far from others it must come to lie."""
MOST_LIGHTS = 1_500
"""Lights that are drawn; all of them are counted in words."""
_FINGERS = (
    ((74, 204), (18, 134), 13.5),
    ((82, 142), (54, 46), 12.0),
    ((103, 132), (95, 18), 12.5),
    ((126, 136), (142, 34), 12.0),
    ((146, 156), (182, 84), 10.5),
)
_PALM = (106, 184, 50, 60)
_GRAIN = ("#ffe9c4", "#cfdcff", "#b9f5df", "#ffd3cb", "#ecd9ff", "#fff6e4")
"""The grains of a hand, paler than their glow."""
_HUES = ("#ffd08a", "#8fb4ff", "#63e2bb", "#ff9f8f", "#d8b4ff", "#fff1d0")


@dataclass(frozen=True, slots=True)
class Print:
    """A guest's hand in its place: ``x`` and ``y`` of its middle, its height, its tilt in degrees, its seed."""

    x: float
    y: float
    height: float
    tilt: float
    seed: int


def _within(x: float, y: float) -> bool:
    cx, cy, rx, ry = _PALM
    if ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1:
        return True
    return any(_near(x, y, *finger) for finger in _FINGERS)


def _near(x: float, y: float, root: tuple[int, int], tip: tuple[int, int], radius: float) -> bool:
    (ax, ay), (bx, by) = root, tip
    length = (bx - ax) ** 2 + (by - ay) ** 2
    along = max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
    return hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay)) <= radius


@lru_cache(maxsize=512)
def hand(seed: int) -> str:
    """The points of one hand as the data of a path whose round ends are the points; they keep apart, as grains of light do."""
    dice, found = Random(seed), list[tuple[float, float]]()  # noqa: S311 no secret
    for _try in range(TRIES):
        x, y = dice.uniform(0, WIDE), dice.uniform(0, HIGH)
        if _within(x, y) and all((x - a) ** 2 + (y - b) ** 2 > APART * APART for a, b in found):
            found.append((x, y))
    return "".join(f"M{x:.0f} {y:.0f}h0" for x, y in found)


def colour(seed: int) -> str:
    return _HUES[seed % len(_HUES)]


def drawn(one: Print) -> str:
    """A hand as SVG: its points wide and faint, then small and bright."""
    scale = one.height / HIGH
    hand_of, name = hand(one.seed), f"hand-{one.seed}"
    return (
        f'<g transform="translate({one.x:.1f} {one.y:.1f}) rotate({one.tilt:.1f}) scale({scale:.3f}) translate({-WIDE / 2} {-HIGH / 2})" '
        f'fill="none" stroke-linecap="round"><defs><path id="{name}" d="{hand_of}"/></defs>'
        f'<use href="#{name}" stroke="{colour(one.seed)}" stroke-width="12" stroke-opacity=".2"/>'
        f'<use href="#{name}" stroke="{_GRAIN[one.seed % len(_GRAIN)]}" stroke-width="3.8"/></g>'
    )


def rows(seeds: Sequence[int], left: float, right: float, middle: float, height: float) -> list[Print]:
    """Hands in their order on one row between two edges, the first one first, none taller than ``height``."""
    if not seeds:
        return []
    step = (right - left) / len(seeds)
    tall = min(height, step * HIGH / WIDE * 0.92)
    found = []
    for number, seed in enumerate(seeds):
        dice = Random(seed)  # noqa: S311 no secret
        x = left + step * (number + 0.5)
        found.append(Print(x, middle + dice.uniform(-0.05, 0.05) * tall, tall, dice.uniform(-9, 9), seed))
    return found


def lights(count: int, seed: int, centre: tuple[float, float], reach: tuple[float, float]) -> str:
    """The public's lights as SVG: points in an ellipse, laid like the seeds of a sunflower, so that none hides another."""
    shown = min(count, MOST_LIGHTS)
    if not shown:
        return ""
    groups: dict[str, list[str]] = {}
    for number, (x, y) in enumerate(_spiral(shown, seed, centre, reach)):
        groups.setdefault(colour(number * 7 + seed), []).append(f"M{x:.1f} {y:.1f}h0")
    paths = "".join(
        f'<path d="{"".join(points)}" stroke="{hue}" stroke-width="7" stroke-opacity=".18"/>'
        f'<path d="{"".join(points)}" stroke="{hue}" stroke-width="2.2"/>'
        for hue, points in groups.items()
    )
    return f'<g fill="none" stroke-linecap="round">{paths}</g>'


def _spiral(
    count: int, seed: int, centre: tuple[float, float], reach: tuple[float, float]
) -> Iterator[tuple[float, float]]:
    dice, turn = Random(seed), pi * (3 - sqrt(5))  # noqa: S311 no secret
    for number in range(count):
        far, angle = sqrt((number + 0.5) / count), number * turn + dice.uniform(-0.2, 0.2)
        yield centre[0] + reach[0] * far * cos(angle), centre[1] + reach[1] * far * sin(angle)


def picture(guests: Sequence[int], others: int, seed: int) -> str:
    """All prints of a ceremony as one picture, 1200 × 520: the public's lights in the sky, the guests' hands before them."""
    width, height = 1200, 520
    split = (len(guests) + 1) // 2 if len(guests) > 9 else len(guests)
    upper, lower = guests[:split], guests[split:]
    if lower:
        hands = [*rows(upper, 60, width - 60, 165, 230), *rows(lower, 90, width - 90, 375, 230)]
    else:
        hands = rows(upper, 60, width - 60, 280, 330)
    stars = lights(others, seed, (width / 2, height / 2), (width * 0.48, height * 0.46))
    return (
        f'<svg class="prints" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" aria-hidden="true" focusable="false">'
        f"{stars}{''.join(map(drawn, hands))}</svg>"
    )
