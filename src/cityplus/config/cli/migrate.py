from __future__ import annotations

import argparse

from cityplus.config.cli.ready import django_ready


def arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def run(options: argparse.Namespace) -> None:
    del options
    django_ready()
    from django.core.management import call_command  # noqa: PLC0415 - needs Django

    from cityplus.search.building import rebuild_if_outdated  # noqa: PLC0415

    call_command("migrate", interactive=False, verbosity=1)
    rebuild_if_outdated(tell=lambda line: print(f"  search: {line}", flush=True))
