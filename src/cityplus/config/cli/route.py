from __future__ import annotations

import argparse
from pathlib import Path

from cityplus.config.cli import Stop
from cityplus.config.cli.ready import django_ready

BY = "route import"


def arguments(parser: argparse.ArgumentParser) -> None:
    subs = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    sub = subs.add_parser("import", help="make a draft route from a GPX, KML, KMZ or GeoJSON file")
    sub.add_argument("file", type=Path)
    sub.add_argument("--city", required=True, metavar="HANDLE", help="the city whose route it becomes")
    sub.add_argument("--language", default="", metavar="TAG", help="the language of its words (the city's main one)")
    sub.add_argument("--title", default="", help="the route's title (what the file says)")
    sub.add_argument("--mode", default="walk", help="walk, cycle, drive or transit (walk)")


def run(options: argparse.Namespace) -> None:
    django_ready()
    from cityplus.cities.models import City  # noqa: PLC0415 - needs Django
    from cityplus.routes.formats.importing import Wish, draft_from  # noqa: PLC0415
    from cityplus.routes.formats.reading import FileError  # noqa: PLC0415
    from cityplus.web.addresses import absolute  # noqa: PLC0415

    handle = options.city.removeprefix("@")
    city = City.objects.filter(actor__handle=handle).select_related("actor").first()
    if city is None:
        raise Stop(f"there is no city @{handle}; cityplus city list names those there are")
    try:
        wish = Wish(language=options.language, title=options.title, mode=options.mode)
        draft = draft_from(options.file, city, wish, by=BY, tell=_progress)
    except FileError as problem:
        raise Stop(f"nothing was imported. {options.file}: {problem}") from None
    except OSError as problem:
        raise Stop(f"nothing was imported. {options.file} cannot be read: {problem.strerror}") from None
    report = draft.report
    for unused in report.unused:
        print(f"not used: {unused.name}: {unused.reason}")
    if report.more_unused:
        print(f"not used: {report.more_unused:,} more")
    for notice in report.notices:
        print(f"note: {notice}")
    print(
        f"A draft of {report.stops} stops, {report.drawn} legs drawn (to {report.tolerance:g} m), from {report.rows:,} points:\n"
        f"{absolute(draft.route.get_absolute_url())}\nOnly the team of the city sees it until it is published."
    )


def _progress(percent: int, rows: int) -> None:
    print(f"{percent:>3} %  {rows:,} points and features read", flush=True)
