"""Where things are, as tokens: a place is indexed by the cell that it lies in on each of five grids."""

from __future__ import annotations

from math import ceil, cos, floor, radians

from cityplus.lib.geo import Point

GRIDS = (0.01, 0.05, 0.25, 1.25, 6.0)
"""Sides of the cells in degrees, the finest first; each divides 360."""

_METRES = 111_195.0
"""Of a degree of latitude."""


def cells(point: Point) -> set[str]:
    """The tokens of a place."""
    return {_token(grid, *_cell(grid, point)) for grid in range(len(GRIDS))}


def around(point: Point, grid: int) -> tuple[list[str], float]:
    """The tokens of a cell and its neighbours, and how many metres around the point they hold whatever there is.

    Meridians come together towards the poles, so more neighbours stand to the east and the west there. Beyond 85 degrees
    no number of them is enough, and the distance is what the cells themselves reach.
    """
    side, squeeze = GRIDS[grid], max(cos(radians(point.lat)), cos(radians(85)))
    column, row = _cell(grid, point)
    columns = round(360 / side)
    reach = min(ceil(1 / squeeze), columns // 2)
    across = {(column + step) % columns for step in range(-reach, reach + 1)}
    return [_token(grid, x, y) for x in sorted(across) for y in (row - 1, row, row + 1) if y >= 0], side * _METRES


def _cell(grid: int, point: Point) -> tuple[int, int]:
    side = GRIDS[grid]
    return floor((point.lon + 180) / side) % round(360 / side), floor((point.lat + 90) / side)


def _token(grid: int, column: int, row: int) -> str:
    return f"~{grid}_{column}_{row}"
