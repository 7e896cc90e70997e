from __future__ import annotations

import argparse

from cityplus.config.cli import Stop
from cityplus.config.cli.ready import django_ready


def arguments(parser: argparse.ArgumentParser) -> None:
    subs = parser.add_subparsers(dest="deed", required=True, metavar="DEED")
    sweep = subs.add_parser("sweep", help="take away files without a row and what was never finished")
    sweep.add_argument(
        "--grace-hours", type=float, default=12, help="leave what has been without a row for less (default: 12)"
    )
    check = subs.add_parser("check", help="look whether every row has its file")
    check.add_argument("--deep", action="store_true", help="read every original and compare its hash")


def run(options: argparse.Namespace) -> None:
    django_ready()
    from cityplus.media import sweeping  # noqa: PLC0415 - needs Django

    if options.deed == "sweep":
        swept = sweeping.sweep(options.grace_hours)
        print(f"{swept.files} files without a row ({swept.bytes / 1e6:.1f} MB), {swept.benches} workbenches,")
        print(f"{swept.begun} uploads to the bucket that were never finished: taken away.")
        return
    problems = 0
    for sentence in sweeping.missing(deep=options.deep):
        problems += 1
        print(sentence)
    if problems:
        raise Stop(f"{problems} files of media are not as their rows say; see above.")
    print("Every medium has its original and its renditions.")
