"""Whether the network is running on the database that is to be replaced."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from django.db import connection

from cityplus.backup.tables import BackupError

_RUNNING = "CityPlus is running on this {}: stop it first"
_NAME = f"cityplus-restore-{os.getpid()}"


def name_my_connections() -> None:
    """Have PostgreSQL know this process's connections by name. Call it before the first is made; a pool may make more than one."""
    os.environ["PGAPPNAME"] = _NAME


def check_nobody_is_connected() -> None:
    """Raises :class:`BackupError` when another process has the database open. With SQLite the database is one whole file
    afterwards, with nothing beside it."""
    if connection.vendor == "sqlite":
        connection.close()
        _sqlite(Path(connection.settings_dict["NAME"]))
    else:
        _postgresql()


def _sqlite(path: Path) -> None:
    """Leaving WAL needs the database for oneself alone, so it fails as long as anybody has it open."""
    import sqlite3  # noqa: PLC0415 - the sound one, which the settings have put in place by now

    if not path.exists():
        return
    with contextlib.closing(sqlite3.connect(path, timeout=1)) as db:
        try:
            mode = db.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        except sqlite3.OperationalError:
            mode = "wal"
    if mode != "delete":
        raise BackupError(_RUNNING.format("data folder"))


def _postgresql() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user"
            " AND application_name <> %s AND backend_type = 'client backend'",
            [_NAME],
        )
        others = cursor.fetchone()[0]
    if others:
        raise BackupError(f"{_RUNNING.format('database')} ({others} connections of its user are open)")
