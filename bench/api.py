"""Requests per second of the API against a bare hello through the same door, in turn, in one run.

Goal: a kept answer at least 1/3 of hello. Needs ``wrk`` (Debian: apt install wrk).
"""

from __future__ import annotations

import shutil
import statistics

from bench.house import served, wait_for
from bench.pages import CONNECTIONS, ROUNDS, wrk

ROOT = "/api/cityplus/v1"
ANSWERS = {
    "nine cities": f"{ROOT}/cities",
    "near a place": f"{ROOT}/cities?near=52.08,4.31&limit=3",
    "a city, all versions": f"{ROOT}/cities/thehague?languages=all",
    "22 stops": f"{ROOT}/cities/thehague/routes/22-destinations/stops?limit=100",
    "a stop": f"{ROOT}/cities/thehague/routes/22-destinations/stops/8",
}


def main() -> None:
    """Print a row for each answer: its median rate, that of the hellos beside it, their ratio, its latencies."""
    if not shutil.which("wrk"):
        raise SystemExit("bench api needs wrk: apt install wrk")
    with served() as base:
        wrk(f"{base}/hello")
        print(
            f"{'answer':<22}{'req/s':>8}{'hello':>8}{'ratio':>8}{'p50 ms':>8}{'p99 ms':>8}   ({CONNECTIONS} connections)"
        )
        for name, path in ANSWERS.items():
            wait_for(f"{base}{path}")
            runs, hellos = [], []
            for _ in range(ROUNDS):
                hellos.append(wrk(f"{base}/hello"))
                runs.append(wrk(f"{base}{path}"))
            rate, hello = (statistics.median(run.rate for run in side) for side in (runs, hellos))
            p50, p99 = (statistics.median(getattr(run, p) for run in runs) for p in ("p50", "p99"))
            print(f"{name:<22}{rate:>8.0f}{hello:>8.0f}{rate / hello:>8.2f}{p50:>8.1f}{p99:>8.1f}", flush=True)
