"""Where a pack is written to: a folder or a zip, which is there whole or not at all, and never over something that is there."""

from __future__ import annotations

import os
import secrets
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Protocol

from cityplus.packs.reading import PackError

_PIECE = 1024 * 1024


class Target(Protocol):
    def add(self, name: str, source: IO[bytes]) -> None: ...


@contextmanager
def target(path: Path, handle: str) -> Iterator[Target]:
    """Open a target for a pack of this city: a zip when the path ends so, else a folder. It is written under a name of its own
    beside the path, and takes the path's name when the block ends well.

    Raises:
        PackError: something is there already, or it cannot be written.
    """
    if path.exists() or path.is_symlink():
        raise PackError(f"{path} is there already; name another, or move it away")
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.unfinished")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(draft, "x", zipfile.ZIP_STORED) as file:
                yield _Zip(file, handle)
            os.link(draft, path)  # unlike a rename, it fails if somebody was a moment faster
        else:
            draft.mkdir()
            yield _Folder(draft)
            draft.rename(path)
    except OSError as error:
        raise PackError(f"{path} cannot be written: {error.strerror or error}") from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        with suppress(OSError):
            draft.unlink()


class _Folder:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, name: str, source: IO[bytes]) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            shutil.copyfileobj(source, file, _PIECE)


class _Zip:
    """Stored and not deflated, at one fixed time, so that the same city gives the same bytes wherever it is packed."""

    def __init__(self, file: zipfile.ZipFile, handle: str) -> None:
        self.file, self.handle = file, handle

    def add(self, name: str, source: IO[bytes]) -> None:
        info = zipfile.ZipInfo(f"{self.handle}/{name}", date_time=(1980, 1, 1, 0, 0, 0))
        info.create_system, info.external_attr = 3, 0o100644 << 16
        with self.file.open(info, "w", force_zip64=True) as file:
            shutil.copyfileobj(source, file, _PIECE)
