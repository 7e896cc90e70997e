"""A world of 34,006 cities, 100,000 routes and 1,000,000 stops beside a network of nine made in the same way, in one run.

Goals: each page is made in at most twice the time that it takes among nine; the globe's first picture in less than 2 s. Runs on
SQLite, or on the PostgreSQL server of ``CITYPLUS_DATABASE``, where it makes two databases. Both networks are kept between runs.
Needs ``wrk`` and Chromium.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from bench.house import ROOT, environment, free_port, wait_for
from bench.pages import wrk
from bench.start import proportional_megabytes, tree

SIZES = {"nine": (9, 40, 400), "world": (34_006, 100_000, 1_000_000)}
"""Cities, routes and stops."""
FOLDER = ROOT / "build" / "bench-world"
ROUNDS = 15
DEEP = 30_000
STOPS = 10
FIRST_PICTURE = """
new MutationObserver(() => {
  const globe = document.querySelector("night-globe[data-state]");
  if (globe && !window.firstPicture) {
    window.firstPicture = new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))));
  }
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-state"] });
"""
CHROMIUM = ["--no-sandbox", "--enable-unsafe-swiftshader", "--disable-background-networking"]


@dataclass(frozen=True)
class Network:
    """A network that runs: its address, its process, and the addresses that are measured in it."""

    name: str
    base: str
    pid: int
    env: dict[str, str]
    pages: dict[str, str]


def main() -> None:
    if not shutil.which("wrk"):
        raise SystemExit("bench world needs wrk: apt install wrk")
    for name in SIZES:
        _fill(name)
    with _served("nine") as nine, _served("world") as world:
        _print_pages(nine, world)
        for network in (nine, world):
            print(f"{network.name:<6} globe's first picture {_first_picture(network):.2f} s (goal < 2), ", end="")
            print(f"database {_database_megabytes(network):.0f} MB, ", end="")
            print(f"memory of the tree {sum(map(proportional_megabytes, tree(network.pid))):.0f} MB, ", end="")
            print(f"made in {json.loads(_made(network.name).read_text()):.0f} s", flush=True)


def _environment(name: str, port: int) -> dict[str, str]:
    engine = "postgresql" if os.environ.get("CITYPLUS_DATABASE") else "sqlite"
    more = {"CITYPLUS_DATA": str(FOLDER / engine / name)}
    if engine == "postgresql":
        more["CITYPLUS_DATABASE"] = _database(name)
    return environment(port, **more)


def _made(name: str) -> Path:
    """Written when a network is whole: the seconds that it took."""
    return Path(_environment(name, 0)["CITYPLUS_DATA"]) / "made"


def _database(name: str) -> str:
    parts = urlsplit(os.environ["CITYPLUS_DATABASE"])
    return urlunsplit(parts._replace(path=f"/cityplus_bench_{name}"))


def _has_database(name: str, env: dict[str, str]) -> bool:
    """Whether the server that is named today is the one on which the network was made."""
    if "CITYPLUS_DATABASE" not in env:
        return True
    import psycopg  # noqa: PLC0415 - only here

    with psycopg.connect(os.environ["CITYPLUS_DATABASE"], autocommit=True) as server:
        return bool(
            server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [f"cityplus_bench_{name}"]).fetchone()
        )


def _fill(name: str) -> None:
    env = _environment(name, free_port())
    if _made(name).exists() and _has_database(name, env):
        return
    print(f"making the network “{name}” (minutes, once)…", flush=True)
    shutil.rmtree(env["CITYPLUS_DATA"], ignore_errors=True)
    if "CITYPLUS_DATABASE" in env:
        import psycopg  # noqa: PLC0415 - only here

        with psycopg.connect(os.environ["CITYPLUS_DATABASE"], autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS cityplus_bench_{name}".encode())
            server.execute(f"CREATE DATABASE cityplus_bench_{name} ENCODING 'UTF8' TEMPLATE template0".encode())
    cities, routes, stops = map(str, SIZES[name])
    command = [sys.executable, "-m", "cityplus", "bench", "world"]
    began = time.monotonic()
    subprocess.run(
        [*command, "--cities", cities, "--routes", routes, "--stops", stops],
        env=env, cwd=ROOT, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    _made(name).write_text(json.dumps(time.monotonic() - began))


@contextmanager
def _served(name: str) -> Iterator[Network]:
    """The whole tree, as an operator runs it."""
    port = free_port()
    env = _environment(name, port)
    process = subprocess.Popen(
        [sys.executable, "-m", "cityplus", "up", "--empty"], env=env, cwd=ROOT, stdout=subprocess.DEVNULL
    )
    base = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{base}/readyz", 120)
        yield Network(name, base, process.pid, env, _pages(base, name))
    finally:
        process.terminate()
        process.wait(30)


def _get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=120) as answer:  # noqa: S310
        return str(answer.read().decode())


def _pages(base: str, name: str) -> dict[str, str]:
    """By name what is measured: the route is the one on the list's first page whose stops are nearest to the mean, with its city."""
    cards = re.findall(
        r'route-card-title"><a href="(/@\w+/)(routes/[\w-]+/)".*?<dt>Stops</dt><dd>(\d+)', _get(f"{base}/routes/"), re.S
    )
    city, route, _ = min(cards, key=lambda card: abs(int(card[2]) - STOPS))
    directory = "/cities/"
    return {
        "home": "/",
        "directory": directory,
        "…filtered": f"{directory}?country=CN" if name == "world" else directory,
        "…deep": f"{directory}?after={DEEP}" if name == "world" else directory,
        "city": city,
        "route": city + route,
        "routes": "/routes/",
        "search": f"/search/?q={city.strip('/@')}",
    }


def _print_pages(nine: Network, world: Network) -> None:
    print(
        "made anew, in ms, and kept, in requests a second; a filtered or deep page beside the whole directory of nine"
    )
    print(f"{'page':<12}{'nine ms':>9}{'world ms':>10}{'ratio':>7}{'KB':>6}{'nine /s':>10}{'world /s':>10}{'ratio':>7}")
    for page in nine.pages:
        made: dict[str, list[float]] = {"nine": [], "world": []}
        size = 0
        for turn in range(ROUNDS):
            for network in (nine, world):
                address = network.base + network.pages[page]
                began = time.perf_counter()
                text = _get(f"{address}{'&' if '?' in address else '?'}anew={page.strip('…')}{turn}")
                if turn:
                    made[network.name].append((time.perf_counter() - began) * 1000)
                size = len(text.encode())
        a, b = (statistics.median(times) for times in made.values())
        kept = [wrk(network.base + network.pages[page]).rate for network in (nine, world)]
        print(
            f"{page:<12}{a:>9.1f}{b:>10.1f}{b / a:>7.2f}{size / 1024:>6.0f}"
            f"{kept[0]:>10.0f}{kept[1]:>10.0f}{kept[1] / kept[0]:>7.2f}",
            flush=True,
        )


def _first_picture(network: Network) -> float:
    """Seconds from the browser's asking for the home page to the globe's first picture, in a browser that has nothing kept."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only here

    executable = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM)
        times = []
        for _ in range(3):
            context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
            context.add_init_script(FIRST_PICTURE)
            page = context.new_page()
            page.goto(network.base)
            page.wait_for_function("() => window.firstPicture")
            times.append(float(page.evaluate("window.firstPicture")) / 1000)
            context.close()
        browser.close()
    return statistics.median(times)


def _database_megabytes(network: Network) -> float:
    if database := network.env.get("CITYPLUS_DATABASE"):
        import psycopg  # noqa: PLC0415 - only here

        with psycopg.connect(database) as connection:
            row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
            return int(row[0]) / 2**20 if row else 0
    return sum(file.stat().st_size for file in Path(network.env["CITYPLUS_DATA"]).glob("cityplus.sqlite3*")) / 2**20
