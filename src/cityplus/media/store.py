"""Where files lie: in the data folder, or in the bucket that the settings name. One door for both.

Keys carry a hash of their content, so a file never changes under its address. A file appears under its key whole or not at all.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.files.storage import default_storage

from cityplus.media.reading import Asked, Reading

WORK = ".work"
_LOCK, _JUST_MADE = ".held", 60


class Shelf(Protocol):
    """What a place for files can do."""

    def put(self, path: Path, key: str) -> None:
        """Move a finished file in, durably; what lies under the key is replaced in one step."""

    def has(self, key: str) -> bool: ...

    def read(self, key: str, asked: Asked) -> Reading:
        """Raises FileNotFoundError, or OutOfRange when nothing of the range exists."""

    def remove(self, key: str) -> None:
        """What is not there is removed already."""

    def listing(self, folder: str) -> Iterator[tuple[str, int, datetime]]:
        """Key, bytes and time of every file in a folder."""

    def local(self, key: str, bench: Path) -> Path:
        """A file as a path on this machine; a copy is laid on the bench."""

    def give_up(self, before: datetime) -> int:
        """End what was begun before and never finished, outside of the workbenches; returns how many."""


def shelf() -> Shelf:
    """The place that the settings name."""
    if hasattr(default_storage, "bucket"):
        from cityplus.media.bucket import Bucket  # noqa: PLC0415 - speaks with a library that need not be installed

        return Bucket(default_storage)
    from cityplus.media.disk import Disk  # noqa: PLC0415 - beside the other

    return Disk(Path(default_storage.path("")))


def digest(path: Path) -> str:
    """SHA-256 of a file in hexadecimal, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep(path: Path, key: str) -> str:
    """Copy a file into the store under a key that names its content; what is already there stays. Returns the key."""
    if not has(key):
        with workbench() as bench:
            copy = bench / "copy"
            shutil.copyfile(path, copy)
            move_in(copy, key)
    return key


def move_in(path: Path, key: str) -> str:
    """Move a finished file from a workbench into the store, in the place of what may be there. Returns the key."""
    shelf().put(path, key)
    return key


def has(key: str) -> bool:
    return shelf().has(key)


def read(key: str, asked: Asked = None) -> Reading:
    """A file, or the range of it that was asked for.

    Raises:
        FileNotFoundError: there is no such file.
        OutOfRange: nothing of the range exists.
    """
    return shelf().read(key, asked)


def url(key: str) -> str:
    return f"/media/{key}"


@contextmanager
def local(key: str) -> Iterator[Path]:
    """A file of the store as a path on this machine, for tools that need one."""
    with workbench() as bench:
        yield shelf().local(key, bench)


@contextmanager
def workbench() -> Iterator[Path]:
    """A folder for unfinished files, on the disk of the data folder (a move must not be a copy). It is locked for as long as its
    process lives, by which the sweeper knows those that nobody works at any more."""
    base = benches()
    base.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=base) as folder, Path(folder, _LOCK).open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield Path(folder)


def benches() -> Path:
    """Where the workbenches stand."""
    location = getattr(default_storage, "location", None) if not hasattr(default_storage, "bucket") else None
    return (Path(location) if location else settings.CITYPLUS.data / "media") / WORK


def abandoned(bench: Path) -> bool:
    """Whether the process that worked here has ended. A bench that was made within the last minute may not be locked yet."""
    try:
        if time.time() - bench.stat().st_mtime < _JUST_MADE:
            return False
        with (bench / _LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except FileNotFoundError:
        return bench.is_dir()
    return True


def settle(path: Path) -> None:
    """Have the disk hold a file, or the names in a folder, before anything says that it does."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
