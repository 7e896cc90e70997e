from __future__ import annotations

import argparse
import time

from cityplus.config.cli import Stop
from cityplus.config.cli.ready import check_folder, django_ready

ROOM = 2000
"""Bytes on disk that a stop with its part of its route and its city takes, generously."""


def arguments(parser: argparse.ArgumentParser) -> None:
    subs = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    sub = subs.add_parser(
        "world", help="fill an empty network with real cities and invented routes, for trials of size"
    )
    sub.add_argument(
        "--cities", type=int, default=34_006, metavar="N", help="members (default: 34006, every city known)"
    )
    sub.add_argument("--routes", type=int, default=100_000, metavar="N", help="routes (default: 100000)")
    sub.add_argument("--stops", type=int, default=1_000_000, metavar="N", help="stops of all routes (default: 1000000)")


def run(options: argparse.Namespace) -> None:
    env = django_ready()
    from django.core.management import call_command  # noqa: PLC0415 - needs Django

    from cityplus.packs.world import WorldError, make_world, settle  # noqa: PLC0415
    from cityplus.search.building import rebuild  # noqa: PLC0415

    if not env.database:
        check_folder(env.data, max(0, options.stops) * ROOM)
    call_command("migrate", interactive=False, verbosity=0)
    began = time.monotonic()
    told = [began]

    def tell(line: str) -> None:
        now = time.monotonic()
        if now - told[0] >= 1:
            print(f"{now - began:5.0f} s  {line}", flush=True)
            told[0] = now

    try:
        make_world(options.cities, options.routes, options.stops, tell)
        rebuild(tell)  # the world has no journal that the index could follow
        settle()
    except WorldError as problem:
        raise Stop(str(problem)) from None
    print(
        f"A world of {options.cities:,} cities, {options.routes:,} routes and {options.stops:,} stops, "
        f"made in {time.monotonic() - began:.0f} s. Run it with: cityplus serve"
    )
