"""Marks that stand too close are gently pushed apart, so that each can be seen and touched."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import cos, hypot, sin

from cityplus.lib.charts.boxes import Box, Spot

_ROUNDS = 240
_GOLDEN = 2.399963  # radians: marks in one and the same place part into different directions


def spread(places: Sequence[Spot], gap: float, most: float, paper: Box) -> list[Spot]:
    """The places at least ``gap`` apart as far as that goes, none moved further than ``most`` or off the paper."""
    return list(_spread(tuple(places), gap, most, paper))


@lru_cache(maxsize=256)
def _spread(places: tuple[Spot, ...], gap: float, most: float, paper: Box) -> tuple[Spot, ...]:
    spots = list(places)
    for _ in range(_ROUNDS):
        moved = _push(spots, gap)
        spots = [_held(spot, home, most, paper) for spot, home in zip(spots, places, strict=True)]
        if not moved:
            break
    return tuple(spots)


def _push(spots: list[Spot], gap: float) -> bool:
    """Every pair that is too close parts by half of what is missing; whether there was one."""
    moved = False
    for i in range(len(spots)):
        for j in range(i):
            (x, y), (u, v) = spots[i], spots[j]
            run = hypot(x - u, y - v)
            if run >= gap - 0.1:
                continue
            moved = True
            east, south = ((x - u) / run, (y - v) / run) if run else (cos(i * _GOLDEN), sin(i * _GOLDEN))
            step = (gap - run) / 4
            spots[i], spots[j] = (x + east * step, y + south * step), (u - east * step, v - south * step)
    return moved


def _held(spot: Spot, home: Spot, most: float, paper: Box) -> Spot:
    """The spot on its leash, on the paper."""
    (x, y), (u, v) = spot, home
    run = hypot(x - u, y - v)
    if run > most:
        x, y = u + (x - u) * most / run, v + (y - v) * most / run
    return min(max(x, paper.left), paper.right), min(max(y, paper.top), paper.bottom)
