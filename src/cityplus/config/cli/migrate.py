from __future__ import annotations

import argparse

from cityplus.config.cli.ready import django_ready


def arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def run(options: argparse.Namespace) -> None:
    del options
    django_ready()
    from django.core.management import call_command  # noqa: PLC0415 - needs Django

    call_command("migrate", interactive=False, verbosity=1)
