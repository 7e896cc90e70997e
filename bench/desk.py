"""The desk at work: 50 editors in ten routes of 22 stops, each saving every two seconds and giving a sign of life every five.

Real clients over HTTP against the server as it runs in earnest. Goal: p99 of a saving below 100 ms on two cores, on both engines.
Then a route of 22 stops, every story of it changed, is published: one transaction. With ``CITYPLUS_DATABASE`` it is PostgreSQL that
is measured (its database is emptied). ``BENCH_SECONDS`` is how long the editors write.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from bench.house import ROOT, environment, free_port, wait_for

EDITORS, ROUTES, STOPS = 50, 10, 22
PAUSE, BEAT = 2.0, 5.0
SECONDS = float(os.environ.get("BENCH_SECONDS", "30"))
TOKEN = "c" * 32
CHANCE = Random(4)  # noqa: S311
WORDS = [
    "duin",
    "zee",
    "licht",
    "vrede",
    "plein",
    "stad",
    "tram",
    "wind",
    "pier",
    "toren",
    "hof",
    "vijver",
    "storm",
    "zand",
    "meeuw",
]


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="cityplus-bench-desk-"))
    port = free_port()
    os.environ |= environment(port, CITYPLUS_DATA=str(folder))
    try:
        subprocess.run([sys.executable, "-m", "cityplus", "migrate"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        desks = people()
        command = [sys.executable, "-m", "cityplus", "serve"]
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True)
        try:
            wait_for(f"http://127.0.0.1:{port}/readyz")
            before = seconds_of(server.pid)
            tally = asyncio.run(work(port, desks))
            tally.server = seconds_of(server.pid) - before
        finally:
            server.terminate()
            server.wait(20)
        report(tally)
        print(f"a route of {STOPS} stops, all changed, published: {publishing():.0f} ms (median of 7, one transaction)")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Tally:
    """Milliseconds of each answer, and those that said no."""

    savings: list[float] = field(default_factory=list)
    beats: list[float] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    seconds: float = 0.0
    server: float = 0.0


def people() -> list[tuple[str, str, str]]:
    """Make a city with its routes and editors; returns for each editor the cookies, the route and the path of a story."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "cityplus.config.settings"
    import django  # noqa: PLC0415

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from cityplus.actors.models import Actor  # noqa: PLC0415
    from cityplus.cities.models import City, Member  # noqa: PLC0415
    from cityplus.languages.text import Text  # noqa: PLC0415
    from cityplus.people.models import Person  # noqa: PLC0415
    from cityplus.routes.models import Route, Stop  # noqa: PLC0415

    Actor.objects.filter(handle="benchtown").delete()
    Person.objects.filter(username__startswith="bench-").delete()
    actor = Actor.objects.create(handle="benchtown", kind=Actor.Kind.CITY, names=Text.of("nl", nl="Benchtown"))
    city = City.objects.create(
        actor=actor, country="NL", lat=52.07, lon=4.3, time_zone="Europe/Amsterdam", languages=["nl"]
    )
    for n in range(ROUTES):
        facts = {"theme": "sea", "mode": "walk", "difficulty": "easy", "minutes": 90}
        words = {"title": three(f"Route {n}"), "summary": three(prose(40))}
        route = Route.objects.create(city=city, slug=f"route-{n}", **facts, **words)
        for number in range(1, STOPS + 1):
            where = {"lat": 52.07 + number / 1000, "lon": 4.3}
            texts = {"title": three(f"Stop {number}"), "story": three(prose(120)), "look_for": three(prose(20))}
            Stop.objects.create(route=route, number=number, slug=f"stop-{number}", leg_mode="walk", **where, **texts)
    found = []
    for n in range(EDITORS):
        person = Person.objects.create(username=f"bench-{n}")
        Member.objects.create(city=city, person=person, role=Member.Role.EDITOR)
        client = Client()
        client.force_login(person)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
        found.append((cookies, f"route-{n % ROUTES}", f"stops/stop-{n // ROUTES + 1}/story/nl"))
    return found


def three(words: str) -> Any:
    from cityplus.languages.text import Text  # noqa: PLC0415

    return Text.of("nl", nl=words, en=words, zh_Hans=words)


def prose(count: int) -> str:
    return " ".join(CHANCE.choices(WORDS, k=count))


async def work(port: int, desks: list[tuple[str, str, str]]) -> Tally:
    tally = Tally()
    began = time.monotonic()
    await asyncio.gather(*(editor(port, *desk, tally, began + SECONDS) for desk in desks))
    tally.seconds = time.monotonic() - began
    return tally


async def editor(port: int, cookies: str, route: str, path: str, tally: Tally, end: float) -> None:
    """One who writes: reads the draft once, then saves a story that grows, and says now and then where they are."""
    address = f"/desk/@benchtown/routes/{route}/"
    line = await asyncio.open_connection("127.0.0.1", port)
    _, _, told = await ask(line, "GET", f"{address}fields/", cookies)
    mark = next(one["mark"] for one in told["fields"] if one["path"] == path)
    known = {"draft": told["draft"], "revision": told["revision"]}
    await asyncio.sleep(CHANCE.uniform(0, PAUSE))  # nobody begins with the others
    beat = time.monotonic() + CHANCE.uniform(0, BEAT)
    while time.monotonic() < end:
        edit = {"path": path, "was": mark, "value": prose(CHANCE.randint(100, 140))}
        status, took, told = await ask(line, "POST", f"{address}edits/", cookies, {**known, "edits": [edit]})
        if status == 200:
            tally.savings.append(took)
            mark, known = told["marks"][path], {"draft": told["draft"], "revision": told["revision"]}
        else:
            tally.refused.append(status)
        if time.monotonic() > beat:
            beat += BEAT
            status, took, told = await ask(line, "POST", f"{address}presence/", cookies, {**known, "path": path})
            tally.beats.append(took)
        await asyncio.sleep(CHANCE.uniform(0.8, 1.2) * PAUSE)
    line[1].close()


async def ask(
    line: tuple[asyncio.StreamReader, asyncio.StreamWriter], method: str, address: str, cookies: str, body: Any = None
) -> tuple[int, float, Any]:
    """Status, milliseconds from the first byte sent to the last received, and what was said."""
    reader, writer = line
    sent = json.dumps(body).encode() if body is not None else b""
    head = (
        f"{method} {address} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\nX-CSRFToken: {TOKEN}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(sent)}\r\n\r\n"
    )
    began = time.perf_counter()
    writer.write(head.encode() + sent)
    answer = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    length = int(answer.partition("content-length:")[2].partition("\r\n")[0])
    told = await reader.readexactly(length)
    took = (time.perf_counter() - began) * 1000
    status = int(answer.split(" ", 2)[1])
    return status, took, json.loads(told) if status == 200 else None


def report(tally: Tally) -> None:
    engine = "PostgreSQL" if os.environ.get("CITYPLUS_DATABASE") else "SQLite"
    rate = len(tally.savings) / tally.seconds
    print(
        f"{engine}: {EDITORS} editors in {ROUTES} routes of {STOPS} stops, {rate:.1f} savings a second, {len(tally.savings)} in all"
    )
    for name, times in (("saving", tally.savings), ("sign of life", tally.beats)):
        cuts = statistics.quantiles(times, n=100)
        print(
            f"  {name}: p50 {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms, p99 {cuts[98]:.1f} ms, longest {max(times):.0f} ms"
        )
    answers = len(tally.savings) + len(tally.beats) + EDITORS
    print(
        f"  the server itself worked {tally.server / answers * 1000:.1f} ms an answer, which a busy machine does not lengthen"
    )
    print(f"  not taken: {tally.refused or 'none'}; goal for a saving: p99 below 100 ms")


def seconds_of(session: int) -> float:
    """Seconds of processor that the processes of a session have taken; of Linux alone, elsewhere nought."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            ticks += sum(int(one) for one in fields[11:13]) if int(fields[3]) == session else 0
    return ticks / os.sysconf("SC_CLK_TCK")


def publishing() -> float:
    """Milliseconds in which a draft with every story changed becomes the route; the median of seven."""
    from cityplus.drafts import Edit, mark  # noqa: PLC0415
    from cityplus.drafts.models import Draft  # noqa: PLC0415
    from cityplus.routes.models import Route  # noqa: PLC0415

    times = []
    for route in Route.objects.filter(city__actor__handle="benchtown").select_related("city__actor")[:7]:
        draft = Draft.on("route", route.pk, route.city.actor)
        stops = draft.document["stops"].items()
        seen = {key: mark(stop["story"]["versions"]["nl"]) for key, stop in stops}
        draft.edit([Edit(f"stops/{key}/story/nl", was, prose(120)) for key, was in seen.items()], by="bench-0")
        began = time.perf_counter()
        draft.publish(by="bench-0")
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)
