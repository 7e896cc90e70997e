"""Reading a GPX of a million track points, ours against gpxpy's, each in a process of its own, in one run.

Ours ends with the route laid out, its track thinned; gpxpy's with the file in memory. Goal: quicker, in a tenth of the memory.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from math import cos, sin
from pathlib import Path

POINTS, ROUNDS = 1_000_000, 2

_MEASURE = """
import json, resource, sys, time
{before}
base, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
{work}
seconds = time.perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([seconds, peak / 1024, (peak - base) / 1024, points]))
"""
_OURS = _MEASURE.format(
    before="import django; django.setup()\nfrom pathlib import Path\nfrom cityplus.routes.formats.laying import lay\n"
    "from cityplus.routes.formats.reading import read_file",
    work="finds = read_file(Path(sys.argv[1])); laid = lay(finds); points = finds.rows",
)
_GPXPY = _MEASURE.format(
    before="import gpxpy, lxml.etree",
    work="read = gpxpy.parse(open(sys.argv[1], encoding='utf-8')); points = read.get_points_no()",
)


def write_track(path: Path, points: int) -> None:
    """A walk of a day around a city as a watch records it: a place with height and time each tenth of a second."""
    with path.open("w") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="bench" ')
        file.write('xmlns="http://www.topografix.com/GPX/1/1"><trk><name>Day</name><trkseg>\n')
        for i in range(points):
            turn = i / points * 40
            lat, lon = 52.08 + 0.002 * turn * sin(turn), 4.31 + 0.003 * turn * cos(turn)
            time = f"2026-05-02T{i // 36_000 % 24:02}:{i // 600 % 60:02}:{i // 10 % 60:02}Z"
            file.write(f'<trkpt lat="{lat:.6f}" lon="{lon:.6f}"><ele>{i % 90 / 10}</ele><time>{time}</time></trkpt>\n')
        file.write("</trkseg></trk></gpx>\n")


def measure(code: str, path: Path, data: str) -> tuple[float, float, float]:
    """Seconds, peak megabytes of the process, and those beyond what it had before it read.

    Raises:
        RuntimeError: it did not find every point.
    """
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "cityplus.config.settings", "CITYPLUS_DATA": data}
    done = subprocess.run([sys.executable, "-c", code, str(path)], env=env, capture_output=True, text=True, check=True)
    seconds, peak, grown, points = json.loads(done.stdout)
    if points != POINTS:
        raise RuntimeError(f"{points} points were found, not {POINTS}")
    return seconds, peak, grown


def main() -> None:
    """Print seconds and megabytes of both, and their ratios; the better of two rounds each, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "day.gpx"
        write_track(path, POINTS)
        print(f"GPX of {POINTS:,} track points, {path.stat().st_size / 2**20:.0f} MB")
        rounds = [(measure(_OURS, path, folder), measure(_GPXPY, path, folder)) for _ in range(ROUNDS)]
    ours, theirs = (min(run[side] for run in rounds) for side in (0, 1))
    for name, (seconds, peak, grown) in (("cityplus", ours), ("gpxpy", theirs)):
        print(f"  {name:<9} {seconds:6.1f} s   {peak:7.0f} MB at most, {grown:7.0f} MB of them for the file")
    print(f"  ours / gpxpy: {ours[0] / theirs[0]:.2f} of the time, {ours[1] / theirs[1]:.3f} of the memory")
