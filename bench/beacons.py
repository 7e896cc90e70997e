"""Views that are counted durably, per second, through the whole stack, on SQLite and on PostgreSQL.

``bin/bench beacons``: how many a second, against durable commits of one row by the bare driver in the same run, and what
ordinary pages feel of it. Goals: 5,000 a second, p99 of pages within 2 × of what it is without.

``bin/bench beacons-exact``: a crowd sends distinct views, three times the server is killed with ``kill -9`` on the way, what was
not acknowledged is sent again, and the sum must be exact. ``BENCH_VIEWS`` says how many (60,000; two million in earnest).

Needs ``wrk`` and PostgreSQL (Debian: apt install wrk postgresql).
"""

from __future__ import annotations

import http.client
import itertools
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from bench.crowd import Crowd
from bench.house import ROOT, environment, free_port, wait_for, wait_until_free
from bench.pages import Run, read_wrk
from bench.postgres import postgres

SECONDS, ROUNDS, CONNECTIONS, BESIDE, PAUSE = 6, 3, 128, 24, 0.01
"""``CONNECTIONS`` bring as many views as the house can take, ``BESIDE`` those that come while pages are looked at, one after
the other with a pause."""
PAGE = "/@thehague/"
PAGES = ["/", "/cities/", "/routes/", "/ties/", "/about/", "/@thehague/", "/@shenzhen/", "/pulse/"]
PAGES += [f"/@thehague/routes/22-destinations/stops/{n}/" for n in range(1, 23)]
TOTAL = "SELECT views, visitors FROM pulse_total WHERE kind = 'network' AND language = ''"


class House:
    """A network of its own, with the sample and without renditions, behind one proxy."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.database, self.port = folder, database, free_port()
        more = {"CITYPLUS_DATA": str(folder), "CITYPLUS_PROXIES": "1"}
        self.env = environment(self.port, **more, **({"CITYPLUS_DATABASE": database} if database else {}))
        prepare = [sys.executable, "-m", "cityplus.config.cli.prepare", "--content", str(ROOT / "content")]
        subprocess.run(prepare, env=self.env, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        self.process: subprocess.Popen[bytes] | None = None
        self.base = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        serve = [sys.executable, "-m", "cityplus", "serve"]
        self.process = subprocess.Popen(serve, env=self.env, cwd=ROOT, start_new_session=True)
        wait_for(f"{self.base}/readyz")

    def kill(self) -> None:
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        wait_until_free(self.port)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)

    def tokens(self) -> list[str]:
        found = []
        for path in PAGES:
            with urllib.request.urlopen(self.base + path, timeout=30) as answer:  # noqa: S310
                match = re.search(r'data-token="([^"]+)"', answer.read().decode())
                assert match, path
                found.append(match[1])
        return found

    def driver(self) -> Any:
        """A bare connection that commits each statement durably."""
        if self.database:
            import psycopg  # noqa: PLC0415

            return psycopg.connect(self.database, autocommit=True)
        from cityplus.lib.sqlite import use_sound_library  # noqa: PLC0415

        use_sound_library()
        import sqlite3  # noqa: PLC0415

        db = sqlite3.connect(self.folder / "cityplus.sqlite3", timeout=30, isolation_level=None)
        db.execute("PRAGMA synchronous=FULL")
        return db

    def counted(self) -> tuple[int, int]:
        """Views and visitors as they are stored."""
        with closing(self.driver()) as db:
            return tuple(map(int, db.execute(TOTAL).fetchone() or (0, 0)))  # type: ignore[return-value]


@contextmanager
def houses() -> Iterator[Iterator[tuple[str, House]]]:
    """Two networks, one after the other: on SQLite and on PostgreSQL."""

    def each() -> Generator[tuple[str, House], None, None]:
        with tempfile.TemporaryDirectory(prefix="cityplus-bench-") as folder:
            yield "SQLite", House(Path(folder), "")
        with postgres() as address, tempfile.TemporaryDirectory(prefix="cityplus-bench-") as folder:
            yield "PostgreSQL", House(Path(folder), address)

    making = each()
    try:
        yield making
    finally:
        making.close()  # also where a measurement has failed: else the servers would stay


def floor(house: House) -> float:
    """Durable commits of one row a second, by the bare driver, one after the other."""
    with closing(house.driver()) as db:
        db.execute("CREATE TABLE IF NOT EXISTS bench_floor (n integer)")
        began, done = time.perf_counter(), 0
        while time.perf_counter() - began < 2:
            db.execute("INSERT INTO bench_floor VALUES (1)")
            done += 1
        return done / (time.perf_counter() - began)


def main() -> None:
    heads = ("views/s", "p99 ms", "commits/s", "ratio", "page p99", "beside", "views/s", "ratio")
    print(" " * 12 + "".join(f"{head:>11}" for head in heads))
    with houses() as each:
        for name, house in each:
            house.start()
            try:
                _measure(name, house)
            finally:
                house.stop()


def _measure(name: str, house: House) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(house.tokens()) + "\n")
        file.flush()
        people = itertools.count(0, 200_000)

        def beacons(seconds: int = SECONDS, connections: int = CONNECTIONS) -> Run:
            script = [f"-c{connections}", f"-d{seconds}s", "-s", str(ROOT / "bench" / "beacons.lua"), house.base]
            return read_wrk(["-t1", *script, "--", file.name, str(next(people))])

        beacons(2)
        page_p99(house)
        floors, alone, quiet, meanwhile, load = [], [], [], [], []
        for _ in range(ROUNDS):
            floors.append(floor(house))
            alone.append(beacons())
            quiet.append(page_p99(house))
            with ThreadPoolExecutor() as pool:
                coming = pool.submit(beacons, connections=BESIDE)
                meanwhile.append(page_p99(house))
                load.append(coming.result())
    rate, p99 = _median(alone, lambda run: run.rate), _median(alone, lambda run: run.p99)
    commits = statistics.median(floors)
    before, during = statistics.median(quiet), statistics.median(meanwhile)
    beside = _median(load, lambda run: run.rate)
    figures = (rate, p99, commits, rate / commits, before, during, beside, during / before)
    print(f"{name:<12}" + "".join(f"{figure:>11,.{0 if figure > 300 else 1}f}" for figure in figures), flush=True)


def page_p99(house: House) -> float:
    """Milliseconds within which 99 of 100 looks at an ordinary page are answered."""
    line = http.client.HTTPConnection("127.0.0.1", house.port)
    took, began = [], time.perf_counter()
    while time.perf_counter() - began < SECONDS:
        asked = time.perf_counter()
        line.request("GET", PAGE, headers={"Accept-Encoding": "gzip"})
        answer = line.getresponse()
        answer.read()
        assert answer.status == 200
        took.append(1000 * (time.perf_counter() - asked))
        time.sleep(PAUSE)
    line.close()
    return statistics.quantiles(took, n=100)[98]


def _median(runs: list[Run], of: Callable[[Run], float]) -> float:
    return statistics.median(of(run) for run in runs)


def exact() -> None:
    """Send distinct views with three kills on the way, and compare the sums.

    Raises:
        SystemExit: a sum is not exact.
    """
    views = int(os.environ.get("BENCH_VIEWS", "60000"))
    with houses() as each:
        for name, house in each:
            house.start()
            try:
                _exact(name, house, views)
            finally:
                house.stop()


def _exact(name: str, house: House, views: int) -> None:
    crowd = Crowd(house.port, house.tokens(), views)
    sending = threading.Thread(target=crowd.run)
    began = time.perf_counter()
    sending.start()
    away = 0.0
    for part in (0.25, 0.5, 0.75):
        crowd.wait_for(int(views * part))
        fell = time.perf_counter()
        house.kill()
        said, (stored, _) = crowd.acknowledged, house.counted()
        if stored < said:
            raise SystemExit(f"{name}: {said:,} views were acknowledged, and {stored:,} are stored")
        house.start()
        away += time.perf_counter() - fell
    sending.join()
    took = time.perf_counter() - began
    stored, people = house.counted()
    print(
        f"{name}: {views:,} distinct views sent, {crowd.acknowledged:,} acknowledged, {crowd.again:,} sent again, three kills; "
        f"{stored:,} views of {people:,} people stored. {took:.0f} s, {away:.0f} of them without a server: "
        f"{views / (took - away):,.0f} a second",
        flush=True,
    )
    if (stored, people) != (views, crowd.people):
        raise SystemExit(f"{name}: the sum is not exact: {views:,} of {crowd.people:,} people were sent")
