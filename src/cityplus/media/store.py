"""Where files lie: Django's default storage (the data folder, or what the settings name).

Keys carry a hash of their content, so a file never changes under its address.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage


class _Finished(File):  # type: ignore[type-arg]
    """A finished file that the disk storage may move into place in one step, so that nobody sees half of it."""

    def temporary_file_path(self) -> str:
        return str(self.name)


def digest(path: Path) -> str:
    """SHA-256 of a file in hexadecimal, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep(path: Path, key: str) -> str:
    """Copy a file into the store under a key that names its content; what is already there stays. Returns the key."""
    if default_storage.exists(key):
        return key
    with workbench() as bench:
        copy = bench / path.name
        shutil.copyfile(path, copy)
        return move_in(copy, key)


def move_in(path: Path, key: str) -> str:
    """Move a finished file from a workbench into the store. Returns the key."""
    if default_storage.exists(key):
        return key
    with path.open("rb") as file:
        saved = default_storage.save(key, _Finished(file, str(path)))
    if saved != key:  # another worker was a moment faster, with the same bytes
        default_storage.delete(saved)
    return key


@contextmanager
def workbench() -> Iterator[Path]:
    """A folder for unfinished files, on the store's own disk where it has one (a move must not be a copy)."""
    location = getattr(default_storage, "location", None)
    base = Path(location) / ".work" if location else None
    if base:
        base.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=base) as folder:
        yield Path(folder)


@contextmanager
def local(key: str) -> Iterator[Path]:
    """A file of the store as a path on this machine, for tools that need one."""
    try:
        yield Path(default_storage.path(key))
    except NotImplementedError:
        with workbench() as bench, default_storage.open(key) as remote:
            path = bench / Path(key).name
            with path.open("wb") as file:
                shutil.copyfileobj(remote, file)
            yield path


def url(key: str) -> str:
    return default_storage.url(key)
