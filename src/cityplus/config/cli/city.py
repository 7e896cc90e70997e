from __future__ import annotations

import argparse

from cityplus.config.cli.ready import django_ready


def arguments(parser: argparse.ArgumentParser) -> None:
    subs = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    subs.add_parser("list", help="all cities with number, stage and team")


def run(options: argparse.Namespace) -> None:
    del options
    django_ready()
    from cityplus.cities.models import City  # noqa: PLC0415 - needs Django

    for city in City.objects.select_related("actor").prefetch_related("team__person"):
        team = ", ".join(f"{m.person.username} ({m.role})" for m in city.team.all()) or "no team"
        print(f"{city.number or '–':>4}  @{city.handle:<12} {city.stage:<10} {city.actor.native_name}: {team}")
