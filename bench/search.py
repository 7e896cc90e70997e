"""Search and suggestions in a large network: 34,006 cities of GeoNames, 100,000 routes, 1,000,000 stops in several scripts.

Goal on both engines: p99 of a search below 50 ms, of suggestions below 30 ms. ``BENCH_WORLD`` names a data folder whose index
is measured as it is; otherwise the index (and nothing else) is filled with made-up items in ``build/bench-search``, once.
``BENCH_SHARE=0.1`` makes it that much smaller. Beside the time that a question took stands what
it took of this process alone, which a busy machine does not lengthen. With ``CITYPLUS_DATABASE`` it is PostgreSQL that is measured.
"""

from __future__ import annotations

import gc
import os
import random
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from bench import search_world
from bench.house import ROOT

SHARE = float(os.environ.get("BENCH_SHARE", "1"))
FOLDER = Path(os.environ.get("BENCH_WORLD") or ROOT / "build" / f"bench-search-{SHARE:g}")
ROUNDS = 10
Asked = TypeVar("Asked")

SEARCHES = [
    *[
        "海牙",
        "上海",
        "和平 公园",
        "公园",
        "東京",
        "博物館",
        "القاهرة",
        "حديقة السلام",
        "Пловдив",
        "парк",
        "Москва музей",
        "den haag",
        "peace palace",
        "park",
    ],
    *[
        "museum",
        "old bridge",
        "sa",
        "s",
        "san",
        "saint",
        "new york",
        "são paulo",
        "Łódź",
        "the old town",
        "station park",
        "garden of the moon",
        "1",
    ],
    *[
        "palace tokyo",
        "kathedraal",
        "plovdif",
        "shenzen",
        "amsterdm museum",
        "vredespalies",
        "xyzzyqua",
        "market hall paris",
        "a b c d",
    ],
    *["park park museum bridge", "bridge rotterdam", "Köln", "ville"],
]
TYPED = [
    *[
        "海牙",
        "上海",
        "القاهرة",
        "Пловдив",
        "den haag",
        "peace palace",
        "park",
        "museum of",
        "shenzhen",
        "san francisco",
        "plovdif",
    ],
    "vredespaleis",
]


def main() -> None:
    """Print a row for searches, suggestions and places: median, p99 and the slowest."""
    os.environ |= {"CITYPLUS_DATA": str(FOLDER), "DJANGO_SETTINGS_MODULE": "cityplus.config.settings"}
    import django  # noqa: PLC0415 - with the settings above

    django.setup()
    _fill()
    from cityplus.lib.geo import Point  # noqa: PLC0415 - needs Django
    from cityplus.search import find, suggest  # noqa: PLC0415

    towns = random.Random(7).sample([row["name"] for row in search_world.towns()], 40)  # noqa: S311 - repeatable
    starts = [word[:length] for word in [*TYPED, *towns[:20]] for length in range(1, len(word) + 1)]
    places = [(52.08, 4.31), (22.54, 114.06), (0, -150), (40.71, -74.0), (78.2, 15.6), (35.68, 139.69)]
    gc.freeze()  # the cities of GeoNames are no part of a server, and sweeping them would be measured
    print(f"{'':<16}{'asked':>8}{'p50 ms':>8}{'p99 ms':>8}{'most ms':>9}{'own p99':>9}   the slowest, at their best")
    _row("search", [*SEARCHES, *towns], lambda q: find(q, language="nl", limit=600))
    _row("suggestions", starts, lambda q: suggest(q, "nl"))
    _row("near", places, lambda place: find("", near=Point(*place), limit=60))
    _row("near, by words", places, lambda place: find("museum", near=Point(*place), limit=60))


def _row(name: str, asked: Sequence[Asked], ask: Callable[[Asked], object]) -> None:
    took: dict[Asked, list[tuple[float, float]]] = {one: [] for one in asked}
    ask(asked[0])
    for one in [*asked] * ROUNDS:
        began = time.perf_counter(), time.thread_time()
        ask(one)
        took[one].append(((time.perf_counter() - began[0]) * 1000, (time.thread_time() - began[1]) * 1000))
    times, own = ([run[which] for runs in took.values() for run in runs] for which in (0, 1))
    slow = sorted(((min(runs)[0], str(one)) for one, runs in took.items()), reverse=True)[:6]
    p50, p99, own99 = (
        statistics.median(times),
        statistics.quantiles(times, n=100)[98],
        statistics.quantiles(own, n=100)[98],
    )
    told = ", ".join(f"{one} {ms:.0f}" for ms, one in slow)
    print(f"{name:<16}{len(times):>8}{p50:>8.1f}{p99:>8.1f}{max(times):>9.1f}{own99:>9.1f}   {told}", flush=True)


def _fill() -> None:
    from django.core.management import call_command  # noqa: PLC0415 - needs Django
    from django.db import connection  # noqa: PLC0415

    from cityplus.search.building import build  # noqa: PLC0415
    from cityplus.search.engines import rows_of  # noqa: PLC0415

    call_command("migrate", interactive=False, verbosity=0)
    if not rows_of("SELECT 1 FROM search_item LIMIT 1"):
        began = time.monotonic()
        count = build(search_world.everything(SHARE), tell=lambda line: print(f"  {line}", flush=True))
        print(f"built in {time.monotonic() - began:.0f} s: {count} items")
    size = (FOLDER / "cityplus.sqlite3").stat().st_size if connection.vendor == "sqlite" else _postgres_size()
    print(f"{connection.vendor}: the index takes {size / 2**20:.0f} MB", flush=True)


def _postgres_size() -> int:
    from cityplus.search.engines import TABLES, rows_of  # noqa: PLC0415 - needs Django

    return sum(int(rows_of("SELECT pg_total_relation_size(%s)", [table])[0][0]) for table in TABLES)
