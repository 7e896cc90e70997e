"""Path data of SVG, written short: relative steps in tenths of a unit, to be drawn under ``scale(.1)``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

Spot = tuple[float, float]

TENTHS = 10


def outline(points: Iterable[Spot], closed: bool = True) -> str:
    """A line through the points, in tenths of a unit. Points that fall together are left out."""
    steps = _steps(points)
    first = next(steps, None)
    if first is None:
        return ""
    line = "".join(_pair(x, y) for x, y in steps)
    return f"M{first[0]}{_signed(first[1])}" + (f"l{line.lstrip()}" if line else "") + ("z" if closed else "")


def dots(points: Iterable[Spot]) -> str:
    """Lines without length, in tenths of a unit: round caps make dots of them."""
    where = sorted({(round(x * TENTHS), round(y * TENTHS)) for x, y in points})
    moves = [f"m{u - x}{_signed(v - y)}h0" for (x, y), (u, v) in pairwise([(0, 0), *where])]
    return "".join(moves)


def curve(points: Sequence[Spot]) -> str:
    """A smooth line through the points, in whole units (Catmull-Rom as cubic Bézier curves); straight where there are two."""
    if len(points) < 2:
        return ""
    ends = [points[0], *points, points[-1]]
    parts = [f"M{_short(points[0][0])} {_short(points[0][1])}"]
    for before, start, end, after in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        bends = (
            start[0] + (end[0] - before[0]) / 6,
            start[1] + (end[1] - before[1]) / 6,
            end[0] - (after[0] - start[0]) / 6,
            end[1] - (after[1] - start[1]) / 6,
        )
        parts.append("C" + " ".join(_short(value) for value in (*bends, *end)))
    return "".join(parts)


def _steps(points: Iterable[Spot]) -> Iterator[tuple[int, int]]:
    """The first point as it is, every other as the step from the one before."""
    last: tuple[int, int] | None = None
    for x, y in points:
        spot = (round(x * TENTHS), round(y * TENTHS))
        if last is None:
            yield spot
        elif spot != last:
            yield spot[0] - last[0], spot[1] - last[1]
        last = spot


def _pair(x: int, y: int) -> str:
    return f"{_signed(x)}{_signed(y)}"


def _signed(value: int) -> str:
    """The sign parts two numbers as well as a space does."""
    return str(value) if value < 0 else f" {value}"


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
