"""Bars of a chart, as numbers: where each stands, in a box that the page stretches to its width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 100.0
GAP = 0.28
"""The part of a bar's place that stays empty."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from ``y`` down to the ground, and inside it a second one. The box is ``len(bars)`` wide and 100 high."""

    x: float
    width: float
    y: float
    height: float
    inner_y: float
    inner_height: float


def ceiling(highest: float) -> int:
    """The number at the top of a scale: the next 1, 2 or 5 with noughts; at least 2, so that half of it is a whole number too."""
    top = 1
    while True:
        for step in (2, 4, 10):
            if highest <= top * step:
                return top * step
        top *= 10


def bars(values: Sequence[tuple[float, float]], top: float) -> list[Bar]:
    """A bar for each ``(value, inner value)``, on a scale that ends at ``top``. What is not nought is always to be seen."""

    def height(value: float) -> float:
        return max(round(HEIGHT * value / top, 2), 0.8) if value else 0.0

    return [
        Bar(
            round(place + GAP / 2, 3),
            round(1 - GAP, 3),
            round(HEIGHT - height(outer), 2),
            height(outer),
            round(HEIGHT - height(inner), 2),
            height(inner),
        )
        for place, (outer, inner) in enumerate(values)
    ]
