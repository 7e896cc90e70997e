"""Files that are made once and kept in the data folder: cards, booklets. They may be thrown away at any time."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.conf import settings


def folder(kind: str, path: str) -> Path:
    """Where the files of one address are kept, one for each look it has had since the last one was kept."""
    return Path(settings.CITYPLUS.data) / kind / path.strip("/")


def keep(kept: Path, body: bytes) -> None:
    """Write a file in one step, so that nobody reads half of it; what lay beside it goes."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    before = [path for path in kept.parent.iterdir() if path.is_file()]
    descriptor, unfinished = tempfile.mkstemp(dir=kept.parent, suffix=".part")
    with os.fdopen(descriptor, "wb") as file:
        file.write(body)
    Path(unfinished).replace(kept)
    for path in before:
        path.unlink(missing_ok=True)
