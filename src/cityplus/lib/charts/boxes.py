"""Boxes and strokes on the paper, and whether they are in each other's way."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

Spot = tuple[float, float]
Stroke = tuple[Spot, Spot]


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle; ``top`` is less than ``bottom``, for y runs down."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def at(cls, x: float, y: float, reach: float) -> Box:
        """The square around a mark."""
        return cls(x - reach, y - reach, x + reach, y + reach)

    @property
    def centre(self) -> Spot:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def grown(self, across: float, down: float) -> Box:
        return Box(self.left - across, self.top - down, self.right + across, self.bottom + down)

    def moved(self, east: float) -> Box:
        return Box(self.left + east, self.top, self.right + east, self.bottom)

    def nearest(self, x: float, y: float) -> Spot:
        """The point of the box that is nearest."""
        return min(max(x, self.left), self.right), min(max(y, self.top), self.bottom)

    def distance(self, x: float, y: float) -> float:
        """To the nearest point of the box; 0 inside."""
        u, v = self.nearest(x, y)
        return hypot(x - u, y - v)

    def within(self, other: Box) -> bool:
        return (
            self.left >= other.left
            and self.top >= other.top
            and self.right <= other.right
            and self.bottom <= other.bottom
        )

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def crossed(self, stroke: Stroke) -> bool:
        """Whether a straight stroke runs through (Liang and Barsky)."""
        (x, y), (u, v) = stroke
        if (x <= self.left and u <= self.left) or (x >= self.right and u >= self.right):
            return False
        if (y <= self.top and v <= self.top) or (y >= self.bottom and v >= self.bottom):
            return False
        enters, leaves = 0.0, 1.0
        for step, low, high in ((u - x, self.left - x, self.right - x), (v - y, self.top - y, self.bottom - y)):
            if step:
                near, far = (low / step, high / step) if step > 0 else (high / step, low / step)
                enters, leaves = max(enters, near), min(leaves, far)
        return enters < leaves


def cross(one: Stroke, other: Stroke) -> bool:
    """Whether two strokes cross; touching ends do not count."""
    return _parts(one, other) and _parts(other, one)


def _parts(line: Stroke, ends: Stroke) -> bool:
    """Whether the ends lie on different sides of the line."""
    (x, y), (u, v) = line
    (p, q), (r, s) = ends
    east, south = u - x, v - y
    return (east * (q - y) - south * (p - x)) * (east * (s - y) - south * (r - x)) < 0
