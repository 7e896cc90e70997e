from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable

from cityplus.config import env as environment
from cityplus.config.cli import Stop
from cityplus.config.cli.ready import check_folder


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--settings", action="store_true", help="print the settings page")


def run(options: argparse.Namespace) -> int:
    if options.settings:
        print(environment.manual())
        return 0
    sick = 0
    for name, check in CHECKS.items():
        try:
            print(f"ok    {name}: {check()}")
        except Exception as problem:  # every check is to be told, whatever happens in it
            sick += 1
            print(f"SICK  {name}: {problem}")
    return 1 if sick else 0


def _python() -> str:
    import platform  # noqa: PLC0415

    return platform.python_version()


def _sqlite() -> str:
    from cityplus.lib.sqlite import use_sound_library  # noqa: PLC0415

    return use_sound_library()


def _data() -> str:
    env = environment.read()
    check_folder(env.data)
    return f"{env.data}, {shutil.disk_usage(env.data).free // 2**30} GB free"


def _django() -> None:
    from cityplus.config.cli.ready import django_ready  # noqa: PLC0415

    django_ready()


def _database() -> str:
    _django()
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        raise Stop(f"{len(waiting)} migrations wait: run cityplus migrate")
    return f"{connection.vendor}, up to date"


def _assets() -> str:
    _django()
    from cityplus.web.assets import asset  # noqa: PLC0415

    return asset("site.css")


def _ffmpeg() -> str:
    _django()
    from cityplus.media import ffmpeg  # noqa: PLC0415

    path = ffmpeg.executable()
    found = ffmpeg.version(path)
    if found < ffmpeg.FLOOR:
        raise Stop(f"{path} is {'.'.join(map(str, found))}; at least {'.'.join(map(str, ffmpeg.FLOOR))} is needed")
    return f"{'.'.join(map(str, found))} ({path})"


def _pictures() -> str:
    from PIL import features  # noqa: PLC0415

    missing = [name for name in ("avif", "webp") if not features.check(name)]
    if missing:
        raise Stop(f"Pillow lacks {', '.join(missing)}: install its wheel instead of building it")
    return "AVIF, WebP"


def _mail() -> str:
    _django()
    from django.core.mail import get_connection  # noqa: PLC0415

    env = environment.read()
    if not env.mail:
        return "letters go to the terminal; name a server with CITYPLUS_MAIL"
    server = get_connection()
    try:
        server.open()
    finally:
        server.close()
    return f"the server answers; letters are from {env.sender}"


def _jobs() -> str:
    _django()
    from cityplus.jobs.models import Job  # noqa: PLC0415

    progress = Job.objects.progress()
    if progress["dead"]:
        raise Stop(f"{progress['dead']} jobs are dead; their rows say why")
    return ", ".join(f"{count} {state}" for state, count in progress.items())


CHECKS: dict[str, Callable[[], str]] = {
    "Python": _python,
    "SQLite": _sqlite,
    "data folder": _data,
    "database": _database,
    "front end": _assets,
    "FFmpeg": _ffmpeg,
    "pictures": _pictures,
    "mail": _mail,
    "jobs": _jobs,
}
