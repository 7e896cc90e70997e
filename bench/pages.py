"""Requests per second of the public pages against a bare hello through the same door, in turn, in one run.

Goal: each page at least 1/3 of hello, p99 below 60 ms at 16 connections. Needs ``wrk`` (Debian: apt install wrk).
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
from dataclasses import dataclass

from bench.house import served, wait_for

PAGES = {
    "home": "/",
    "home in Chinese": "/zh-hans/",
    "city": "/@thehague/",
    "route": "/@thehague/routes/22-destinations/",
    "route in Arabic": "/ar/@shenzhen/routes/5-landmarks/",
}
CONNECTIONS, SECONDS, ROUNDS = 16, 4, 3


@dataclass(frozen=True, slots=True)
class Run:
    """Requests per second, and latencies in milliseconds."""

    rate: float
    p50: float
    p99: float


def wrk(url: str) -> Run:
    """One run of wrk, asking as a browser does, for gzip.

    Raises:
        RuntimeError: an answer was not 2xx: what was measured would not be the page.
    """
    return read_wrk(["-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", "Accept-Encoding: gzip", url])


def read_wrk(arguments: list[str]) -> Run:
    """What wrk finds with these arguments.

    Raises:
        RuntimeError: an answer was not 2xx, or none came.
    """
    out = subprocess.run(["wrk", "--latency", *arguments], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        raise RuntimeError(f"{' '.join(arguments)}: {out}")
    return Run(
        _find(r"Requests/sec:\s+([\d.]+)()", out),
        _find(r"50%\s+([\d.]+)(\w+)", out),
        _find(r"99%\s+([\d.]+)(\w+)", out),
    )


def _find(pattern: str, text: str) -> float:
    match = re.search(pattern, text)
    if not match:
        raise RuntimeError(f"wrk printed no {pattern}: {text}")
    return float(match[1]) * {"us": 0.001, "ms": 1, "s": 1000, "": 1}[match[2]]


def main() -> None:
    """Print a row for each page: its median rate, that of the hellos beside it, their ratio, its latencies."""
    if not shutil.which("wrk"):
        raise SystemExit("bench pages needs wrk: apt install wrk")
    with served() as base:
        wrk(f"{base}/hello")
        print(
            f"{'page':<18}{'req/s':>8}{'hello':>8}{'ratio':>8}{'p50 ms':>8}{'p99 ms':>8}   ({CONNECTIONS} connections)"
        )
        for name, path in PAGES.items():
            wait_for(f"{base}{path}")
            runs, hellos = [], []
            for _ in range(ROUNDS):
                hellos.append(wrk(f"{base}/hello"))
                runs.append(wrk(f"{base}{path}"))
            rate, hello = (statistics.median(run.rate for run in side) for side in (runs, hellos))
            p50, p99 = (statistics.median(getattr(run, p) for run in runs) for p in ("p50", "p99"))
            print(f"{name:<18}{rate:>8.0f}{hello:>8.0f}{rate / hello:>8.2f}{p50:>8.1f}{p99:>8.1f}", flush=True)
