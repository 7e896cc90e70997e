"""The conversation of a million posts by 34,006 cities, on both engines: reading, posting, and both at a time.

All ratios are of one run. A home page, made anew by the server, beside the statements it asks, run bare: goal at most 3 times. Homes of
readers who follow 20 and 2,000: at most 2.5. Posting with 10 and with a million followers: at most 1.1. Requests a second beside a bare
hello through the same door: a post's page at least 1/2.5, an actor's 1/3, timelines 1/4. Posts taken: 100 a second from one
client, 250 from 16. ``BENCH_SECONDS``, ``BENCH_ENGINES`` and the sizes in ``bench/social_world.py`` make it smaller. Needs ``wrk``.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench import social_world
from bench.house import ROOT as HOUSE
from bench.house import environment, free_port, wait_for
from bench.pages import read_wrk
from bench.postgres import postgres
from bench.social_clients import ROOT, ask, crowd, post, write
from bench.start import proportional_megabytes, tree

FOLDER = HOUSE / "build" / "bench-social"
SECONDS = float(os.environ.get("BENCH_SECONDS", "10"))
ENGINES = os.environ.get("BENCH_ENGINES", "sqlite,postgresql").split(",")
TIMES = 200
"""How often a home page is asked for."""
GOALS = {"post": 2.5, "profile": 3, "public": 4, "home": 4}


def main() -> None:
    if not shutil.which("wrk"):
        raise SystemExit("bench social needs wrk: apt install wrk")
    for engine in ENGINES:
        with _network(engine) as env:
            facts = json.loads(subprocess.run(
                [sys.executable, "-m", "bench.social_facts"], env=env, cwd=HOUSE, check=True, capture_output=True, text=True
            ).stdout.splitlines()[-1])  # fmt: skip
            _measure(engine, env, facts)


@contextmanager
def _network(engine: str) -> Iterator[dict[str, str]]:
    """The environment of a network that is full; on SQLite it is kept between runs, for its sizes."""
    if engine == "sqlite":
        folder = FOLDER / f"{social_world.CITIES}-{social_world.POSTS}-{social_world.FOLLOWERS}-{social_world.MANY}"
        env = environment(free_port(), CITYPLUS_DATA=str(folder), DJANGO_SETTINGS_MODULE="bench.settings")
        if not (folder / "made").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            print(f"{engine}: made in {social_world.make(env):.0f} s", flush=True)
            (folder / "made").touch()
        yield env
        return
    with postgres() as address:
        folder = FOLDER / engine
        folder.mkdir(parents=True, exist_ok=True)
        more = {"CITYPLUS_DATABASE": address, "DJANGO_SETTINGS_MODULE": "bench.settings"}
        env = environment(free_port(), CITYPLUS_DATA=str(folder), **more)
        print(f"{engine}: made in {social_world.make(env):.0f} s", flush=True)
        yield env


def _measure(engine: str, env: dict[str, str], facts: Any) -> None:
    port = int(env["CITYPLUS_PORT"])
    server = subprocess.Popen([sys.executable, "-m", "cityplus", "serve"], env=env, cwd=HOUSE)
    base = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{base}/readyz")
        print(f"— {engine}: {social_world.POSTS:,} posts by {social_world.CITIES:,} cities")
        asyncio.run(_homes(port, facts))
        _rates(base, facts)
        asyncio.run(_posting(port, facts))
        asyncio.run(_crowd(port, facts))
        print(f"memory of the server: {sum(map(proportional_megabytes, tree(server.pid))):.0f} MB", flush=True)
    finally:
        server.terminate()
        server.wait(20)


def _cut(times: list[float], percent: int) -> float:
    return statistics.quantiles(times, n=100)[percent - 1]


async def _homes(port: int, facts: Any) -> None:
    """Each request has a header that no other had, so nothing that is kept answers it."""
    print(f"{'home page':<18}{'p50 ms':>8}{'p99 ms':>8}{'bare p50':>10}{'bare p99':>10}{'ratio p99':>11}  (goal ≤ 3)")
    line = await asyncio.open_connection("127.0.0.1", port)
    medians = {}
    for name, home in facts["homes"].items():
        times = []
        for n in range(TIMES + 5):
            more = f"X-Anew: {name}{n}\r\n"
            status, took, _ = await ask(line, "GET", home["address"], home["cookies"], more=more)
            assert status == 200, status
            times.append(took)
        times = times[5:]
        bare = home["bare"]
        medians[name] = statistics.median(times)
        print(
            f"{name:<18}{medians[name]:>8.1f}{_cut(times, 99):>8.1f}{statistics.median(bare):>10.2f}{_cut(bare, 99):>10.2f}"
            f"{_cut(times, 99) / _cut(bare, 99):>11.2f}",
            flush=True,
        )
    ratio = medians["many, page 1"] / medians["few, page 1"]
    print(f"following {social_world.MANY:,} beside following {social_world.FEW}: {ratio:.2f} times (goal ≤ 2.5)")
    line[1].close()


def _rates(base: str, facts: Any) -> None:
    print(f"{'16 connections':<22}{'req/s':>8}{'hello':>8}{'1 of':>7}{'goal':>6}{'p50 ms':>8}{'p99 ms':>8}")
    seconds = max(2, round(SECONDS / 3))
    for name, page in facts["pages"].items():
        headers = ["-H", f"Cookie: {page['cookies']}"] if page["cookies"] else []
        coding = [] if page["address"].startswith("/api") else ["-H", "Accept-Encoding: gzip"]
        arguments = ["-t1", "-c16", f"-d{seconds}s", *headers, *coding]
        try:
            read_wrk(["-t1", "-c2", "-d1s", *headers, *coding, f"{base}{page['address']}"])
        except RuntimeError:
            print(f"{name:<22}  not there")
            continue
        runs, hellos = [], []
        for _ in range(3):
            hellos.append(read_wrk(["-t1", "-c16", f"-d{seconds}s", f"{base}/hello"]).rate)
            runs.append(read_wrk([*arguments, f"{base}{page['address']}"]))
        rate, hello = statistics.median(run.rate for run in runs), statistics.median(hellos)
        p50, p99 = (statistics.median(getattr(run, p) for run in runs) for p in ("p50", "p99"))
        goal = GOALS[name.split()[0]]
        print(f"{name:<22}{rate:>8.0f}{hello:>8.0f}{hello / rate:>7.2f}{goal:>6}{p50:>8.1f}{p99:>8.1f}", flush=True)


async def _posting(port: int, facts: Any) -> None:
    line = await asyncio.open_connection("127.0.0.1", port)
    took: dict[int, list[float]] = {0: [], 1: []}
    for n in range(2 * TIMES):
        cookies, handle = facts["teams"][n % 2]
        status, time_, _ = await ask(line, "POST", f"{ROOT}/posts?as={handle}", cookies, post(n))
        assert status == 200, status
        took[n % 2].append(time_)
    line[1].close()
    most, few = statistics.median(took[0]), statistics.median(took[1])
    print(
        f"posting with {social_world.FOLLOWERS:,} followers {most:.1f} ms, with 10 {few:.1f} ms: {most / few:.2f} times (goal ≤ 1.1)"
    )
    for clients, goal in ((1, 100), (16, 250)):
        began = time.monotonic()
        times, refused = await write(port, facts["teams"], clients, SECONDS)
        rate = len(times) / (time.monotonic() - began)
        print(
            f"posts taken from {clients:>2} clients: {rate:.0f} a second (goal ≥ {goal}), p50 {statistics.median(times):.1f} ms,"
            f" p99 {_cut(times, 99):.1f} ms, refused {len(refused)}",
            flush=True,
        )


async def _crowd(port: int, facts: Any) -> None:
    seen = await crowd(port, facts["readers"], facts["teams"], 200, max(8.0, SECONDS))
    print(
        f"200 readers while {len(facts['teams'])} cities post: {len(seen.pages)} pages, p50 {statistics.median(seen.pages):.1f} ms,"
        f" p95 {_cut(seen.pages, 95):.1f} ms, p99 {_cut(seen.pages, 99):.1f} ms; {len(seen.said)} posts, p99 {_cut(seen.posts, 99):.1f} ms;"
        f" refused {len(seen.refused)}"
    )
    lost = sum(len(set(seen.said) - set(met)) for met in seen.met)
    doubled = sum(len(met) - len(set(met)) for met in seen.met)
    print(
        f"of what was posted, {len(seen.met)} readers who waited for it lost {lost} and met {doubled} twice", flush=True
    )
