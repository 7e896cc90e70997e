"""Keeping what a restore replaces: nothing of it is copied where a second name for the same file will do."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from django.core.files.storage import default_storage

from cityplus.backup.saving import Surroundings, save


def keep_files(aside: Path, data: Path) -> None:
    """Give every file of the store a second name in this folder, where the store lies in the data folder: the sweeper of the
    network to come does not see it there. Files in a bucket stay where they are; a restore removes none."""
    location = getattr(default_storage, "location", None)
    if not location or not Path(location).is_dir() or data not in Path(location).parents:
        return
    media = Path(location)
    for folder, inside, files in os.walk(media):
        inside[:] = [name for name in inside if not name.startswith(".")]
        target = aside / media.name / Path(folder).relative_to(media)
        target.mkdir(parents=True, exist_ok=True)
        for name in files:
            _second_name(Path(folder) / name, target / name)


def _second_name(path: Path, other: Path) -> None:
    try:
        os.link(path, other)
    except OSError:  # a disk without hard links
        shutil.copy2(path, other)


def keep_rows(aside: Path, data: Path) -> None:
    """Write the rows that are here into an archive of their own: with PostgreSQL there is no file to be put aside."""
    save(aside / "database.zip", Surroundings(data, "", kept=False), lambda _: None, files=False)
