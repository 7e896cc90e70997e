"""Our own basemap: ``world.pmtiles``, the land of the Earth and nothing else, for networks that name no better map.

Coastlines: Natural Earth (public domain) by world-atlas; land only, no borders. Vector tiles (MVT 2.1) with one
layer, ``land``, in a PMTiles 3 archive; both formats are written here, so that a build needs no library for them.
"""

from __future__ import annotations

import gzip
import json
import math
import struct
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from pathlib import Path

FILES = ("world.pmtiles",)

FINE_FROM = 6  # from this zoom on the coast is that of 1 : 10 million, before it that of 1 : 50 million
DEEPEST = 7  # here a unit is 150 m, and the source's own grid 400 m: deeper tiles would show nothing more
EXTENTS = {DEEPEST: 2048}  # units across a tile; a map is looked at closer than the deepest zoom
EXTENT = 512
BUFFER = 1 / 64  # of a tile, drawn beyond its edge
LEAF = 2048  # entries in a leaf directory
HEADER = 127  # bytes
ABOUT = {
    "name": "CityPlus world",
    "attribution": "Natural Earth",
    "vector_layers": [{"id": "land", "fields": {}, "minzoom": 0, "maxzoom": DEEPEST}],
}
NORTHMOST = 85.0511287798066  # where the Mercator square ends

Axis = list[float]


@dataclass(slots=True)
class Ring:
    """A closed line on the Mercator square, 0 to 1 eastward and southward; a hole goes against the sun's way."""

    xs: Axis
    ys: Axis
    hole: bool


@dataclass(frozen=True, slots=True)
class Run:
    """``count`` tiles from number ``first`` on that are all the same."""

    first: int
    count: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a directory: where the bytes of a run lie, or, when ``count`` is 0, those of a directory."""

    first: int
    count: int
    offset: int
    length: int


SMALL = [bytes([number]) for number in range(0x80)]

Tile = tuple[int, int, int]
"""Zoom, column from the west, row from the north."""


def make(root: Path, out: Path) -> None:
    """Writes the archive into ``out``; the coastlines are read from ``root``'s node_modules."""
    runs: list[Run] = []
    for name, first, last in (("land-50m.json", 0, FINE_FROM - 1), ("land-10m.json", FINE_FROM, DEEPEST)):
        rings = list(read(root / "node_modules/world-atlas" / name))
        for tile, shape, count in cover(rings, (0, 0, 0), first, last):
            if data := encode(shape, tile):
                runs.append(Run(first_of(tile, count), count, data))
    (out / FILES[0]).write_bytes(archive(sorted(runs, key=lambda run: run.first)))


def read(path: Path) -> Iterator[Ring]:
    """The rings of a world-atlas file on the square; what crosses the antimeridian comes once for each side."""
    sys.path.append(str(Path(__file__).resolve().parent.parent))  # an isolated build cannot import the checkout
    from tools.globe_data import polygons  # noqa: PLC0415

    for polygon in polygons(json.loads(path.read_text())):
        for index, line in enumerate(polygon):
            xs, ys = [lon / 360 + 0.5 for lon, _ in line], [mercator(lat) for _, lat in line]
            for turn in (-1, 0, 1):
                if min(xs) + turn < 1 + BUFFER and max(xs) + turn > -BUFFER:
                    yield Ring([x + turn for x in xs], ys, hole=index > 0)


def mercator(lat: float) -> float:
    """Latitude in degrees to the square, 0 in the north."""
    lat = max(-NORTHMOST, min(NORTHMOST, lat))
    return 0.5 - math.asinh(math.tan(math.radians(lat))) / (2 * math.pi)


def cover(rings: Sequence[Ring], tile: Tile, first: int, last: int) -> Iterator[tuple[Tile, Sequence[Ring], int]]:
    """Every tile of zooms ``first`` to ``last`` from this one down that has land, with its land. Where there is nothing
    but land, one tile a zoom stands for all of them, and their number comes with it."""
    rings = clip(rings, *box(tile))
    zoom, x, y = tile
    if not rings:
        return
    if zoom >= first and is_whole(rings, tile):
        for down in range(last - zoom + 1):
            corner = (zoom + down, x << down, y << down)
            yield corner, clip(rings, *box(corner)), 4**down
        return
    if zoom >= first:
        yield tile, rings, 1
    if zoom < last:
        for child in ((2 * x, 2 * y), (2 * x + 1, 2 * y), (2 * x, 2 * y + 1), (2 * x + 1, 2 * y + 1)):
            yield from cover(rings, (zoom + 1, *child), first, last)


def box(tile: Tile) -> tuple[float, float, float, float]:
    """West, north, east and south of a tile with its buffer."""
    zoom, x, y = tile
    side = 1 / 2**zoom
    edge = BUFFER * side
    return x * side - edge, y * side - edge, (x + 1) * side + edge, (y + 1) * side + edge


def is_whole(rings: Sequence[Ring], tile: Tile) -> bool:
    """Whether clipped rings are the tile's whole box: no coast is in sight."""
    west, north, east, south = box(tile)
    return len(rings) == 1 and set(rings[0].xs) == {west, east} and set(rings[0].ys) == {north, south}


def clip(rings: Iterable[Ring], west: float, north: float, east: float, south: float) -> list[Ring]:
    """What of the rings lies in a box (Sutherland and Hodgman); edges that it adds run along the box."""
    found = []
    for ring in rings:
        xs, ys = between(ring.xs, ring.ys, west, east)
        ys, xs = between(ys, xs, north, south)
        if len(xs) > 2:
            found.append(ring if xs is ring.xs else Ring(xs, ys, ring.hole))
    return found


def between(us: Axis, vs: Axis, low: float, high: float) -> tuple[Axis, Axis]:
    """The part of a ring whose first coordinate lies between two limits; the very lists when that is all of it."""
    if not us or max(us) < low or min(us) > high:
        return [], []
    if min(us) < low:
        us, vs = beyond(us, vs, low, 1)
    if us and max(us) > high:
        us, vs = beyond(us, vs, high, -1)
    return us, vs


def beyond(us: Axis, vs: Axis, limit: float, side: int) -> tuple[Axis, Axis]:
    """The part of a ring on one side of a line. Rings are long and cross it seldom, so it goes from crossing to crossing."""
    inside = bytes([u >= limit for u in us] if side > 0 else [u <= limit for u in us])
    kept_u, kept_v = Axis(), Axis()
    start = 0
    while start < len(us):
        end = inside.find(not inside[start], start) % (len(us) + 1)  # -1, not found: the run goes to the end
        if inside[start]:
            kept_u += us[start:end]
            kept_v += vs[start:end]
        last, following = end - 1, end % len(us)
        if inside[last] != inside[following]:
            kept_u.append(limit)
            share = (limit - us[last]) / (us[following] - us[last])
            kept_v.append(vs[last] + share * (vs[following] - vs[last]))
        start = end
    return kept_u, kept_v


def encode(rings: Sequence[Ring], tile: Tile) -> bytes:
    """A vector tile: the layer with one feature, all land as one multipolygon; empty when it is too small to see."""
    zoom, x, y = tile
    extent = EXTENTS.get(zoom, EXTENT)
    scale = extent * 2**zoom
    commands: list[int] = []
    at = (0, 0)
    for ring in rings:
        points = on_grid(ring, scale, x * extent, y * extent)
        if not points:
            continue
        commands += (9, *step(at, points[0]), 2 | (len(points) - 1) << 3)
        for before, after in pairwise(points):
            commands += step(before, after)
        commands.append(15)
        at = points[-1]
    if not commands:
        return b""
    feature = b"\x18\x03" + chunk(4, b"".join(map(varint, commands)))
    return chunk(3, b"\x78\x02" + chunk(1, b"land") + chunk(2, feature) + b"\x28" + varint(extent))


def on_grid(ring: Ring, scale: int, left: int, top: int) -> list[tuple[int, int]]:
    """The ring in the tile's whole units, turning as its kind must; empty when nothing of it is left to see."""
    rounded = [(round(x * scale) - left, round(y * scale) - top) for x, y in zip(ring.xs, ring.ys, strict=True)]
    points = [point for point, _ in groupby(rounded)]
    if points[0] == points[-1]:
        points.pop()
    twice = sum(a * d - c * b for (a, b), (c, d) in zip(points, points[1:] + points[:1], strict=True))
    if len(points) < 3 or not twice:
        return []
    return points[::-1] if (twice < 0) != ring.hole else points


def step(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
    """From one point to the next, as zigzag numbers."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    return dx << 1 ^ dx >> 31, dy << 1 ^ dy >> 31


def varint(number: int) -> bytes:
    """Seven bits a byte, the low ones first."""
    if number < 0x80:
        return SMALL[number]
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def chunk(key: int, data: bytes) -> bytes:
    """A length-delimited field of a protocol buffer."""
    return varint(key << 3 | 2) + varint(len(data)) + data


def first_of(tile: Tile, count: int) -> int:
    """The number of the first of ``count`` tiles, a power of four, among which this one is. Tiles are numbered along the
    Hilbert curves of all zooms, laid end to end: all that lie under one tile follow one another."""
    zoom, x, y = tile
    place, side = 0, 1 << zoom
    for depth in reversed(range(zoom)):
        half = 1 << depth
        right, low = int(x & half > 0), int(y & half > 0)
        place += half * half * ((3 * right) ^ low)
        if not low:
            if right:
                x, y = side - 1 - x, side - 1 - y
            x, y = y, x
    return ((1 << 2 * zoom) - 1) // 3 + place // count * count


def archive(runs: Sequence[Run]) -> bytes:
    """The archive: header, root directory, metadata, leaf directories, tiles; the same bytes are kept once."""
    places: dict[bytes, Entry] = {}
    tiles, entries = bytearray(), list[Entry]()
    for run in runs:
        packed = gzip.compress(run.data, 9, mtime=0)
        if packed not in places:
            places[packed] = Entry(0, 0, len(tiles), len(packed))
            tiles += packed
        entries.append(replace(places[packed], first=run.first, count=run.count))
    leaves, roots = bytearray(), list[Entry]()
    for start in range(0, len(entries), LEAF):
        leaf = directory(entries[start : start + LEAF])
        roots.append(Entry(entries[start].first, 0, len(leaves), len(leaf)))
        leaves += leaf
    root, about = directory(roots), gzip.compress(json.dumps(ABOUT).encode(), 9, mtime=0)
    spans = list[int]()
    for part in (root, about, leaves, tiles):
        spans += (sum(spans[-2:]) or HEADER, len(part))
    counts = (sum(run.count for run in runs), len(entries), len(places))
    gzipped, vector = 2, 1
    header = b"PMTiles\x03" + struct.pack("<11Q", *spans, *counts)
    header += struct.pack("<6B", 1, gzipped, gzipped, vector, 0, DEEPEST)
    header += struct.pack("<4iB2i", *(round(degree * 1e7) for degree in (-180, -NORTHMOST, 180, NORTHMOST)), 0, 0, 0)
    return header + root + about + leaves + tiles


def directory(entries: Sequence[Entry]) -> bytes:
    """A directory as it is written: column by column, then gzipped."""
    firsts = [entry.first for entry in entries]
    ends = [None, *(entry.offset + entry.length for entry in entries)]
    columns: list[Iterable[int]] = [
        [len(entries)],
        (b - a for a, b in pairwise([0, *firsts])),
        (entry.count for entry in entries),
        (entry.length for entry in entries),
        (0 if entry.offset == end else entry.offset + 1 for entry, end in zip(entries, ends, strict=False)),
    ]
    return gzip.compress(b"".join(varint(value) for column in columns for value in column), 9, mtime=0)
