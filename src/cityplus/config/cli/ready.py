"""Making Django ready for a command, with one clear sentence for everything that may be wrong before it."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from cityplus.config import env as environment
from cityplus.config.cli import Stop

MIN_FREE = 200 * 1024 * 1024
"""Bytes that must be free in the data folder to start: the sample network with its renditions needs about 120 MB."""


def django_ready() -> environment.Env:
    """Check the data folder, then set Django up. Returns the settings.

    Raises:
        Stop: the folder cannot be written, the disk is full, or SQLite is too old.
    """
    env = environment.read()
    check_folder(env.data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cityplus.config.settings")
    import django  # noqa: PLC0415 - only commands that need Django pay for it

    try:
        django.setup()
    except RuntimeError as error:
        raise Stop(str(error)) from None
    return env


def check_folder(folder: Path, needed: int = MIN_FREE) -> None:
    """Raises :class:`Stop` when the folder cannot be made or written, or its disk has less than ``needed`` bytes free."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:  # nameless: two processes that start together do not meet
            probe.write(b"yes")
    except OSError as error:
        raise Stop(
            f"the data folder {folder} cannot be written ({error.strerror}). "
            "Make it writable, or name another with CITYPLUS_DATA."
        ) from None
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Stop(
            f"the disk of {folder} has {free // 2**20} MB free; {needed // 2**20} MB are needed. "
            "Free some, or name a folder on another disk with CITYPLUS_DATA."
        )
