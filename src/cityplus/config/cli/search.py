from __future__ import annotations

import argparse

from cityplus.config.cli.ready import django_ready


def arguments(parser: argparse.ArgumentParser) -> None:
    subs = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    subs.add_parser("rebuild", help="build the index anew beside the one in use, then exchange them")


def run(options: argparse.Namespace) -> None:
    del options
    django_ready()
    from cityplus.search.building import rebuild  # noqa: PLC0415 - needs Django

    total = rebuild(tell=lambda line: print(f"  {line}", flush=True))
    print(f"{total} things can be found")
