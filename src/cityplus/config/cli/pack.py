from __future__ import annotations

import argparse
from pathlib import Path

from cityplus.config.cli import Stop
from cityplus.config.cli.ready import django_ready


def arguments(parser: argparse.ArgumentParser) -> None:
    subs = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    sub = subs.add_parser("import", help="import a pack, or every pack in a folder")
    sub.add_argument("path", type=Path)


def run(options: argparse.Namespace) -> None:
    django_ready()
    from cityplus.packs.importing import import_packs  # noqa: PLC0415 - needs Django
    from cityplus.packs.reading import PackError  # noqa: PLC0415

    try:
        cities = import_packs(options.path.absolute(), tell=print)
    except PackError as error:
        raise Stop(f"nothing was imported. {error}") from None
    print(f"{len(cities)} imported. Renditions of their media are made by the worker: cityplus work")
