from __future__ import annotations

import argparse
from pathlib import Path

from cityplus.config.cli import Stop
from cityplus.config.cli.ready import django_ready


def arguments(parser: argparse.ArgumentParser) -> None:
    subs = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    bring = subs.add_parser("import", help="import a pack, or every pack in a folder; folders and zips")
    bring.add_argument("path", type=Path)
    take = subs.add_parser("export", help="write a city whole, as a folder or a zip")
    take.add_argument("handle", help="the city's handle, such as thehague")
    take.add_argument("target", type=Path, help="a folder that is not there yet, or a name that ends in .zip")


def run(options: argparse.Namespace) -> None:
    django_ready()
    (_import if options.action == "import" else _export)(options)


def _import(options: argparse.Namespace) -> None:
    from cityplus.packs.importing import import_packs  # noqa: PLC0415 - needs Django
    from cityplus.packs.reading import PackError  # noqa: PLC0415

    try:
        cities = import_packs(options.path.absolute(), tell=_tell)
    except PackError as error:
        raise Stop(f"nothing was imported. {error}") from None
    print(f"{len(cities)} imported. Renditions of their media are made by the worker: cityplus work")


def _export(options: argparse.Namespace) -> None:
    from cityplus.packs.exporting import export_city  # noqa: PLC0415 - needs Django
    from cityplus.packs.reading import PackError  # noqa: PLC0415

    try:
        export_city(options.handle.removeprefix("@"), options.target.absolute(), tell=_tell)
    except PackError as error:
        raise Stop(f"nothing was exported. {error}") from None
    print(f"@{options.handle.removeprefix('@')} is in {options.target}")


def _tell(line: str) -> None:
    print(line, flush=True)
