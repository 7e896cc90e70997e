"""Our own basemap: its numbers of tiles, its scissors, its archive."""

from __future__ import annotations

import gzip
import json
import struct

import pytest
from tools import basemap_data as basemap
from tools.basemap_data import Ring, Run

SQUARE = Ring([0.25, 0.75, 0.75, 0.25], [0.25, 0.25, 0.75, 0.75], hole=False)


@pytest.mark.parametrize(
    ("tile", "number"),
    [((0, 0, 0), 0), ((1, 0, 0), 1), ((1, 0, 1), 2), ((1, 1, 1), 3), ((1, 1, 0), 4), ((2, 0, 0), 5), ((3, 7, 0), 84)],
)
def test_tiles_are_numbered_as_the_format_says(tile: basemap.Tile, number: int) -> None:
    assert basemap.first_of(tile, 1) == number


def test_the_tiles_under_one_follow_one_another() -> None:
    quarter = {basemap.first_of((3, 4 + x, y), 16) for x in range(4) for y in range(4)}
    assert len(quarter) == 1


def test_scissors_cut_along_the_box_and_leave_what_is_inside_alone() -> None:
    assert basemap.clip([SQUARE], 0, 0, 1, 1)[0] is SQUARE
    assert basemap.clip([SQUARE], 0.8, 0, 1, 1) == []
    (half,) = basemap.clip([SQUARE], 0, 0, 0.5, 1)
    assert (min(half.xs), max(half.xs), min(half.ys), max(half.ys)) == (0.25, 0.5, 0.25, 0.75)


def test_land_without_a_coast_is_one_run_of_tiles_a_zoom() -> None:
    everywhere = Ring([-1, 2, 2, -1], [-1, -1, 2, 2], hole=False)
    found = [(tile, count) for tile, _, count in basemap.cover([everywhere], (0, 0, 0), 0, 2)]
    assert found == [((0, 0, 0), 1), ((1, 0, 0), 4), ((2, 0, 0), 16)]


def test_every_tile_with_land_comes_once() -> None:
    tiles = [tile for tile, _, _ in basemap.cover([SQUARE], (0, 0, 0), 0, 2)]
    assert len(tiles) == len(set(tiles)) == 1 + 4 + 16


def test_the_outer_ring_turns_one_way_and_holes_the_other() -> None:
    back = Ring(SQUARE.xs[::-1], SQUARE.ys[::-1], hole=False)
    hole = Ring(SQUARE.xs, SQUARE.ys, hole=True)
    outer = basemap.on_grid(SQUARE, 100, 0, 0)
    assert sorted(basemap.on_grid(back, 100, 0, 0)) == sorted(outer)
    assert turning(basemap.on_grid(back, 100, 0, 0)) == turning(outer) == 1
    assert turning(basemap.on_grid(hole, 100, 0, 0)) == -1


def turning(points: list[tuple[int, int]]) -> int:
    area = sum(a * d - c * b for (a, b), (c, d) in zip(points, [*points[1:], points[0]], strict=True))
    return 1 if area > 0 else -1


def test_an_island_too_small_to_see_leaves_no_tile() -> None:
    speck = Ring([0.5, 0.5001, 0.5], [0.5, 0.5, 0.5001], hole=False)
    assert basemap.encode([speck], (0, 0, 0)) == b""


def test_the_archive_keeps_the_same_bytes_once() -> None:
    packed = basemap.archive([Run(0, 1, b"one"), Run(1, 4, b"two"), Run(5, 1, b"one")])
    assert packed[:8] == b"PMTiles\x03"
    root, root_size, about, about_size, leaves, leaves_size, tiles, tiles_size, *counts = struct.unpack(
        "<11Q", packed[8:96]
    )
    assert counts == [6, 3, 2]
    assert tiles + tiles_size == len(packed) and leaves + leaves_size == tiles and root + root_size == about
    assert json.loads(gzip.decompress(packed[about : about + about_size]))["vector_layers"][0]["id"] == "land"
