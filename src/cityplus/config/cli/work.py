from __future__ import annotations

import argparse
import signal
import threading

from cityplus.config.cli.ready import django_ready


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do what is due, then end")


def run(options: argparse.Namespace) -> None:
    env = django_ready()
    from cityplus.jobs import worker  # noqa: PLC0415 - needs Django
    from cityplus.journal.subscribers import deliver  # noqa: PLC0415

    if options.once:
        while deliver() or worker.run_one("once"):
            pass
        return
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    worker.work(stop, env.job_workers, deliver)
