from __future__ import annotations

import argparse
import os
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


def _bars() -> str:
    """What the kernel holds around tools that read files of strangers; a network runs without, and its operator ought to know."""
    from cityplus.media import cage  # noqa: PLC0415

    network = {
        "namespace": "no network (a namespace)",
        "landlock": "no TCP (Landlock; no namespace may be made here)",
        "": "network not closed by the kernel (neither namespaces nor Landlock), only by what FFmpeg is told",
    }
    held = cage.held()
    files = "no file but theirs" if held["files"] else "other files not closed by the kernel (no Landlock)"
    return f"limits on memory, time and bytes; {network[str(held['network'])]}; {files}"


def _store() -> str:
    """Write, read and remove one file, as a rendition is."""
    _django()
    from cityplus.media import store  # noqa: PLC0415

    key = f"originals/.doctor-{os.getpid()}"
    with store.workbench() as bench:
        (bench / "file").write_bytes(b"well")
        store.move_in(bench / "file", key)
    reading = store.read(key)
    came = b"".join(reading)
    reading.close()
    store.shelf().remove(key)
    if came != b"well":
        raise Stop("what was written came back as something else")
    env = environment.read()
    return f"the bucket {env.s3_bucket}" if env.s3_bucket else "on the disk"


def _pictures() -> str:
    import pillow_heif  # noqa: PLC0415
    from PIL import features  # noqa: PLC0415

    missing = [name for name in ("avif", "webp", "littlecms2") if not features.check(name)]
    if missing:
        raise Stop(f"Pillow lacks {', '.join(missing)}: install its wheel instead of building it")
    return f"AVIF, WebP, HEIC (libheif {pillow_heif.libheif_version()}), colour profiles"


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
    "bars around tools": _bars,
    "media store": _store,
    "mail": _mail,
    "jobs": _jobs,
}
