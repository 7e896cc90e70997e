"""The hour in which everybody registers, compressed into a minute, while others read the page of the event and open its form.

``bin/bench registrations``, on SQLite (one server process) and on PostgreSQL (three), through the real server. ``BENCH_REGISTRATIONS``
(10,000) come within ``BENCH_RUSH`` (60) seconds at even distances, whether the server keeps up or not; each with a cookie of its own and
from a network of its own, for one of two halls, every other for one of four sessions too, with answers to two questions. Six of ten
find a place. Kept must be what was acknowledged: halls and sessions full to the last place and none above, the rest waiting in the
order of their numbers, nobody lost and nobody twice, and as many letters. Goal: the minute is enough. An answer is measured from the
moment at which its request was due. Floors of the same run: commits of one row by the bare driver, and a bare hello through the
same door. No worker runs, so all letters wait.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import subprocess
import sys
from collections import Counter
from contextlib import closing
from typing import Any
from urllib.parse import urlencode

from bench.beacons import House, floor, houses
from bench.ceremony import page_p95
from bench.doors import Asking, spread
from bench.house import ROOT
from bench.pages import read_wrk

MANY = int(os.environ.get("BENCH_REGISTRATIONS", "10000"))
RUSH = float(os.environ.get("BENCH_RUSH", "60"))
PLACES = (MANY * 4 // 10, MANY * 2 // 10)
"""Of each hall. Two of three come to the first one."""
SEATS, CONNECTIONS = MANY // 20, 192
WORKERS = {"SQLite": "1", "PostgreSQL": "3"}


def main() -> None:
    with houses() as each:
        for engine, house in each:
            house.env |= {"DJANGO_SETTINGS_MODULE": "bench.settings", "CITYPLUS_WORKERS": WORKERS[engine]}
            make = [sys.executable, "-m", "bench.registrations_world", *map(str, (*PLACES, SEATS))]
            world = json.loads(subprocess.run(make, env=house.env, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
            house.start()
            try:
                commits = floor(house)
                hello = read_wrk(["-t1", "-c16", "-d3s", f"{house.base}/hello"]).rate
                rate = asyncio.run(_rush(engine, house, world))
                print(
                    f"  floors: {commits:,.0f} commits a second ({rate / commits:.2f} of it), hello {hello:,.0f} a second"
                    f" (1 of {hello / rate:.1f})",
                    flush=True,
                )
                _check(engine, house, world)
            finally:
                house.stop()


async def _rush(engine: str, house: House, world: dict[str, Any]) -> float:
    """Registrations a second."""
    requests = [(RUSH * number / MANY, _request(house.port, world, number)) for number in range(MANY)]
    form = f"{world['page']}registration/"
    quiet = [await page_p95(house.port, 3, page) for page in (world["page"], form)]
    reading = [asyncio.create_task(page_p95(house.port, RUSH, page)) for page in (world["page"], form)]
    asking = Asking(house.port)
    took = await asking.run(requests, CONNECTIONS)
    during = [await one for one in reading]
    answers = Counter(status for status, _body in asking.said)
    print(
        f"{engine}, {WORKERS[engine]} server process(es): {MANY:,} registrations in {took:.1f} s ({RUSH:.0f} s given)"
    )
    print(f"  {MANY / took:.0f} a second; answers {dict(answers)}; {spread(asking.took)}")
    for name, before, then in zip(("page of the event", "form"), quiet, during, strict=True):
        print(f"  {name}: p95 {before:.0f} ms before, {then:.0f} ms during")
    if answers != {302: MANY}:
        raise SystemExit(f"{engine}: not everybody was taken")
    return MANY / took


def _request(port: int, world: dict[str, Any], number: int) -> bytes:
    cookie = secrets.token_hex(16)
    choice, line = world["questions"]
    said = {
        "csrfmiddlewaretoken": cookie,
        "venue": world["halls"][number % 3 // 2],
        "name": f"Guest {number}",
        "email": f"rush{number}@example.org",
        "time_zone": "",
        f"q{choice}": number % 2,
        f"q{line}": "Whoever builds harbours",
        "consent": "on",
    }
    if number % 2:
        said["sessions"] = world["sessions"][number // 2 % 4]
    body = urlencode(said).encode()
    head = (
        f"POST {world['page']}registration/ HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: csrf={cookie}\r\n"
        f"X-Forwarded-For: 10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _check(engine: str, house: House, world: dict[str, Any]) -> None:
    """Compare what is kept with what was acknowledged.

    Raises:
        SystemExit: it is another.
    """
    with closing(house.driver()) as db:
        event = int(world["event"])
        rows = db.execute(
            f"SELECT venue_id, state, email FROM events_registration WHERE event_id = {event} ORDER BY id"  # noqa: S608
        ).fetchall()
        seats = db.execute("SELECT session_id, state FROM events_seat ORDER BY id").fetchall()
        taken = dict(db.execute("SELECT id, taken FROM events_venue").fetchall())
        sat = dict(db.execute("SELECT id, taken FROM events_session").fetchall())
        letters = db.execute('SELECT count(*), count(DISTINCT "to") FROM people_letter').fetchone()
    wanted = {f"rush{number}@example.org" for number in range(MANY)}
    faults = [f"{letters} letters"] if tuple(letters) != (MANY, MANY) else []
    if len(rows) != MANY or {email for _hall, _state, email in rows} != wanted:
        faults.append(f"{len(rows):,} rows: somebody is lost, or there twice")
    for hall, places in zip(world["halls"], PLACES, strict=True):
        faults += _in_order(f"hall {hall}", [state for key, state, _ in rows if key == hall], places, taken[hall])
    for session in world["sessions"]:
        states = [state for key, state in seats if key == session]
        faults += _in_order(f"session {session}", states, SEATS, sat[session])
    counted = Counter(state for _hall, state, _email in rows)
    print(
        f"  kept: {dict(counted)} of {sum(PLACES):,} places; seats {dict(Counter(s for _, s in seats))}; letters that"
    )
    print(f"  wait {letters[0]:,}; {'; '.join(faults) or 'in order, none above, none lost, none twice'}", flush=True)
    if faults:
        raise SystemExit(f"{engine}: what was acknowledged is not what is kept")


def _in_order(name: str, states: list[str], places: int, taken: int) -> list[str]:
    """What is wrong with states in the order of their numbers: as many as there are places are confirmed, and all after them wait."""
    had = min(places, len(states))
    right = states == ["confirmed"] * had + ["waiting"] * (len(states) - had) and taken == had
    return [] if right else [f"{name} is not in order"]


if __name__ == "__main__":
    main()
