"""A full hall: thousands of phones that listen, and palms by the hundred a second, while people look at pages.

``bin/bench ceremony``: on SQLite, or on the database that ``CITYPLUS_DATABASE`` names (an empty one). ``BENCH_PHONES`` (5,000),
``BENCH_PRESSES`` (20,000) and ``BENCH_SECONDS`` (60) make it smaller. Goals: every palm that was acknowledged is stored and was seen on
the wall in order, press to wall within 1 s for 99 of 100, at most 30 KiB a stream that is idle, and pages within twice their p95.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from bench.beacons import House
from bench.hall import Hall
from bench.house import ROOT

PHONES = int(os.environ.get("BENCH_PHONES", "5000"))
PRESSES = int(os.environ.get("BENCH_PRESSES", "20000"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "60"))
GOAL_KIB, GOAL_WALL, GOAL_PAGE = 30, 1000, 2


def main() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < PHONES + 500:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, PHONES + 2000), hard))
    database = os.environ.get("CITYPLUS_DATABASE", "")
    with tempfile.TemporaryDirectory(prefix="cityplus-bench-") as folder:
        house = House(Path(folder), database)
        make = [sys.executable, "-m", "bench.ceremony_world", str(PRESSES)]
        world = json.loads(subprocess.run(make, env=house.env, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
        house.start()
        try:
            asyncio.run(_measure(house, world, "PostgreSQL" if database else "SQLite"))
        finally:
            house.stop()


async def _measure(house: House, world: dict[str, object], engine: str) -> None:
    hall = Hall(house.port, world)
    await page_p95(house.port, 3)
    idle = await page_p95(house.port, 6)
    wall = asyncio.create_task(hall.watch())
    await asyncio.sleep(1)
    before = memory(house)
    began = time.perf_counter()
    await hall.fill(PHONES)
    filled = time.perf_counter() - began
    await asyncio.sleep(2)
    each = (memory(house) - before) / PHONES
    looking = asyncio.create_task(page_p95(house.port, SECONDS - 2))
    began = time.perf_counter()
    await hall.press(PRESSES, SECONDS)
    took = time.perf_counter() - began
    during = await looking
    await hall.settle()
    if wall.done():
        wall.result()
    wall.cancel()
    for phone in hall.phones:
        phone.transport.close()
    _report(house, hall, engine, (each, filled, took, idle, during))


def _report(house: House, hall: Hall, engine: str, figures: tuple[float, ...]) -> None:
    each, filled, took, idle, during = figures
    with closing(house.driver()) as db:
        stored = int(db.execute("SELECT count(*) FROM ceremonies_palm").fetchone()[0])
    delays, asked = hall.delays(), [1000 * seconds for seconds in hall.acknowledged.values()]
    wall, acknowledged = quantiles(delays), quantiles(asked)
    unseen = len(hall.acknowledged.keys() - hall.seen.keys())
    heard = [phone.events for phone in hall.phones]
    print(f"{engine}: {PHONES:,} phones connected in {filled:.1f} s")
    print(f"  {PRESSES:,} palms sent in {took:.1f} s, {PRESSES / took:,.0f} a second")
    print(f"  palms: {len(hall.acknowledged):,} acknowledged, {stored:,} stored, {unseen} not seen on the wall")
    print(f"  palms that were asked to come again: {hall.refused:,}")
    print(f"  acknowledged within p50 {acknowledged[0]:.0f} ms, p99 {acknowledged[1]:.0f} ms")
    print(
        f"  press to wall p50 {wall[0]:.0f} ms, p99 {wall[1]:.0f} ms (goal {GOAL_WALL} ms: {wall[1] / GOAL_WALL:.2f} of it)"
    )
    print(f"  an idle stream holds {each:.1f} KiB (goal {GOAL_KIB}: {each / GOAL_KIB:.2f} of it)")
    print(f"  pages p95 {idle:.1f} ms idle, {during:.1f} ms during: {during / idle:.2f} times (goal {GOAL_PAGE})")
    print(f"  each phone heard {min(heard)} to {max(heard)} events", flush=True)
    if len(hall.acknowledged) != PRESSES or stored != PRESSES or unseen:
        raise SystemExit(f"{engine}: not every palm is there")


def quantiles(values: list[float]) -> tuple[float, float]:
    """The median, and within what 99 of 100 lie."""
    parts = statistics.quantiles(values, n=100)
    return parts[49], parts[98]


async def page_p95(port: int, seconds: float, *page: str) -> float:
    """Milliseconds within which 95 of 100 looks at a page, an ordinary one or this, are answered."""
    asking = [sys.executable, "-m", "bench.looking", str(port), str(seconds), *page]
    process = await asyncio.create_subprocess_exec(*asking, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    said, _ = await process.communicate()
    return float(said)


def memory(house: House) -> float:
    """KiB that the server's processes hold now."""
    assert house.process
    pid = house.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    found = 0.0
    for one in (str(pid), *children):
        line = next(x for x in Path(f"/proc/{one}/status").read_text().splitlines() if x.startswith("VmRSS:"))
        found += int(line.split()[1])
    return found
