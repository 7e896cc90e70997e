"""Rows and files together: no row without its file, whatever the sweeper does at the same moment."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from cityplus.media import store

_LOCK = 0x636974790002
"""PostgreSQL advisory lock: shared by those who write rows for files, alone for the sweeper. SQLite has one writer at a time."""


class FileGone(RuntimeError):
    """A file that a row was to be written for is not in the store (any more)."""


def rely_on(keys: Iterable[str]) -> None:
    """In the transaction that writes rows for these files: from here to its end none of them is swept.

    Raises:
        FileGone: one of them is not there.
    """
    from cityplus.media.models.stray import Stray  # noqa: PLC0415 - models load after apps

    keys = list(keys)
    _hold("SELECT pg_advisory_xact_lock_shared(%s)")
    for key in keys:
        if not store.has(key):
            raise FileGone(f"{key} is not in the store")
    Stray.objects.filter(key__in=keys).delete()


def keep_others_out() -> None:
    """In a transaction that removes files without rows: from here to its end nobody writes such a row."""
    _hold("SELECT pg_advisory_xact_lock(%s)")


def _hold(lock: str) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("a lock outside of a transaction holds nothing")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(lock, [_LOCK])
