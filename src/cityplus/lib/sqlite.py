"""The SQLite library we may stand on.

Versions before the ones named here have a race in WAL mode that can lose committed writes
(fixed upstream in 3.51.3 and backported to 3.50.7 and 3.44.6).
"""

from __future__ import annotations

import importlib
import sys


def is_sound(version: tuple[int, ...]) -> bool:
    """Whether a SQLite version such as ``(3, 51, 3)`` carries the fix of the WAL race."""
    if version >= (3, 51, 3):
        return True
    return version[:2] in {(3, 50), (3, 44)} and version >= {50: (3, 50, 7), 44: (3, 44, 6)}[version[1]]


def use_sound_library() -> str:
    """Make ``import sqlite3`` mean a sound library, and return its version.

    Keeps the interpreter's own where it is new enough, else puts the PyPI build ``pysqlite3`` in its place.
    Call it before anything imports Django's SQLite backend.

    Raises:
        RuntimeError: neither library is new enough; the message says what to install.
    """
    import sqlite3  # noqa: PLC0415 - must be looked at before it may be replaced

    if is_sound(sqlite3.sqlite_version_info):
        return sqlite3.sqlite_version
    try:
        bundled = importlib.import_module("pysqlite3")
        dbapi2 = importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        bundled = None
    if bundled is None or not is_sound(dbapi2.sqlite_version_info):
        raise RuntimeError(
            f"SQLite {sqlite3.sqlite_version} can lose committed writes in WAL mode. "
            "Install a build of 3.51.3 or newer with: pip install 'pysqlite3>=0.6.1'"
        )
    sys.modules["sqlite3"] = bundled
    sys.modules["sqlite3.dbapi2"] = dbapi2
    return str(dbapi2.sqlite_version)
