"""The doors of an event: two scanners with twenty guests a second. ``bench registrations`` has the hour in which everybody registers.

``bin/bench doors``, on SQLite and on PostgreSQL, through the real server. ``BENCH_GUESTS`` (1,200) are scanned at 20 a second by two
phones, and every tenth ticket is shown at the other phone too. Kept must be what was acknowledged: nobody in twice, no scan lost.
Goal: p99 within 1 s.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from bench.beacons import House, houses
from bench.house import ROOT

GUESTS = int(os.environ.get("BENCH_GUESTS", "1200"))
RATE, GOAL = 20, 1000


@dataclass
class Asking:
    """Requests with the moments at which each is due; how long each took from then, in milliseconds, and what it said."""

    port: int
    took: list[float] = field(default_factory=list)
    said: list[tuple[int, bytes]] = field(default_factory=list)

    async def run(self, requests: list[tuple[float, bytes]], connections: int) -> float:
        """Send them in order over so many connections; returns the seconds it took."""
        waiting = iter(requests)
        began = time.perf_counter()
        await asyncio.gather(*(self._line(waiting, began) for _ in range(connections)))
        return time.perf_counter() - began

    async def _line(self, waiting: Any, began: float) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        for due, request in waiting:
            await asyncio.sleep(max(began + due - time.perf_counter(), 0))
            writer.write(request)
            self.said.append(await _answer(reader))
            self.took.append(1000 * (time.perf_counter() - began - due))
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head.split(None, 2)[1])
    if length := re.search(rb"content-length: (\d+)", head):
        return status, await reader.readexactly(int(length[1]))
    body = b""
    while b"chunked" in head:
        size = int(await reader.readuntil(b"\r\n"), 16)
        body += (await reader.readexactly(size + 2))[:-2]
        if not size:
            break
    return status, body


def main() -> None:
    with houses() as each:
        for engine, house in each:
            make = [sys.executable, "-m", "bench.doors_world", str(GUESTS)]
            world = json.loads(subprocess.run(make, env=house.env, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
            house.start()
            try:
                asyncio.run(_doors(engine, house, world))
            finally:
                house.stop()


async def _doors(engine: str, house: House, world: dict[str, Any]) -> None:
    scans = [(number / RATE, number % 2, code) for number, code in enumerate(world["codes"])]
    scans += [(due + 0.5, 1 - phone, code) for due, phone, code in scans[::10]]
    phones = [Asking(house.port), Asking(house.port)]
    lists: list[list[tuple[float, bytes]]] = [[], []]
    for number, (due, phone, code) in enumerate(sorted(scans)):
        lists[phone].append((due, _scan(house.port, world["passes"][phone], phone, number, code)))
    took = max(await asyncio.gather(*(one.run(mine, 2) for one, mine in zip(phones, lists, strict=True))))
    told = [json.loads(body) for one in phones for status, body in one.said if status == 200]
    acknowledged = {scan["nonce"] for answer in told for scan in answer["scans"]}
    with closing(house.driver()) as db:
        kept = by(db, "SELECT event_id, outcome, count(*) FROM events_scan GROUP BY event_id, outcome", world["going"])
        counted = "SELECT event_id, inside, count(*) FROM events_attendance GROUP BY event_id, inside"
        there = by(db, counted, world["going"]).get(True, 0)
    print(f"{engine}: {len(scans):,} scans by two phones in {took:.1f} s ({len(scans) / took:.0f} a second)")
    print(
        f"  {len(acknowledged):,} acknowledged; kept: {kept}; inside {there:,}; {spread([t for p in phones for t in p.took])}"
        f" (goal p99 {GOAL} ms)",
        flush=True,
    )
    if len(acknowledged) != len(scans) or kept != {"entered": GUESTS, "inside": len(scans) - GUESTS} or there != GUESTS:
        raise SystemExit(f"{engine}: somebody is in twice, or a scan is lost")


def _scan(port: int, given: str, phone: int, number: int, code: str) -> bytes:
    now = int(time.time() * 1000) - 60_000 + number
    scan = {"nonce": f"bench-{number:08}", "at": now, "leaves": False, "how": "code", "code": code}
    said = {
        "pass": given,
        "device": f"bench-phone-{phone}",
        "now": int(time.time() * 1000),
        "after": 2**62,
        "scans": [scan],
    }
    body = json.dumps(said).encode()
    head = f"POST /live/doors/ HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def by(db: Any, query: str, key: int) -> dict[Any, int]:
    """The rows of a key, counted by what stands second."""
    return {row[1]: row[2] for row in db.execute(query).fetchall() if row[0] == key}


def spread(took: list[float]) -> str:
    parts = statistics.quantiles(took, n=100)
    return f"p50 {parts[49]:.0f} ms, p95 {parts[94]:.0f} ms, p99 {parts[98]:.0f} ms"


if __name__ == "__main__":
    main()
