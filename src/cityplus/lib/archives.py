"""Zip archives of strangers: looked through before anything is unpacked, unpacked in pieces, stopped at a bound.

The sizes that an archive states of itself are checked first and believed never: what is really unpacked is counted too.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path, PurePosixPath
from typing import IO

_PIECE = 256 * 1024
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_HEAD, _MARK = 300, b"PK\1\2"
"""An entry in the table of contents: the bytes that it has with its name, and how it begins."""
_ENCRYPTED = 0x1


class ArchiveError(ValueError):
    """An archive that is not taken; the message is a sentence that says why."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an archive may hold: how many entries, bytes in all and bytes in one entry, once unpacked."""

    entries: int
    total: int
    single: int


@contextmanager
def opened(path: Path, bounds: Bounds) -> Iterator[Archive]:
    """Open a zip archive for reading.

    Raises:
        ArchiveError: it is no zip, is encrypted or damaged, holds a name that leads outside or a link, says one name
            twice, or goes beyond the bounds.
    """
    try:
        with _Measured(path, bounds.entries) as raw, zipfile.ZipFile(raw) as file:
            yield Archive(file, bounds)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise ArchiveError(f"the archive {path.name} is damaged or no zip: {error}") from None


class _Measured(FileIO):
    """A file of which no table of contents without end is taken into memory: zipfile reads the table in one piece, which is
    the only large piece, and makes an object of each entry before anybody can count them."""

    def __init__(self, path: Path, entries: int) -> None:
        super().__init__(path)
        self._entries = entries

    def read(self, size: int | None = -1, /) -> bytes:
        large = size is not None and size > 2 * _PIECE
        if size and large and size > 2 * _PIECE + self._entries * _HEAD:
            raise ArchiveError(f"the table of contents is too long; {self._entries} entries are taken at most")
        data = super().read(-1 if size is None else size) or b""
        if large and data.count(_MARK) > self._entries:
            raise ArchiveError(f"the archive holds more than {self._entries} entries")
        return data


class Archive:
    """An archive whose table of contents was found in order."""

    def __init__(self, file: zipfile.ZipFile, bounds: Bounds) -> None:
        self._file, self._bounds = file, bounds
        self._left = bounds.total
        infos = file.infolist()
        if len(infos) > bounds.entries:
            raise ArchiveError(f"the archive holds {len(infos)} entries; {bounds.entries} are taken at most")
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            self._check(info)
            if not info.is_dir():
                self._entries[info.filename] = info
        if self.size > bounds.total:
            raise ArchiveError(f"the archive unpacks to more than {_megabytes(bounds.total)}")

    def _check(self, info: zipfile.ZipInfo) -> None:
        name = info.filename
        parts = PurePosixPath(name).parts
        if not parts or name.startswith("/") or "\\" in name or "\0" in name or ".." in parts or ":" in parts[0]:
            raise ArchiveError(f"the archive holds the name “{name[:100]}”, which leads outside of it")
        if name in self._entries:
            raise ArchiveError(f"the archive holds “{name[:100]}” twice")
        mode = info.external_attr >> 16
        if mode and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_IFMT(mode) == 0):
            raise ArchiveError(f"“{name[:100]}” in the archive is a link or a device")
        if info.flag_bits & _ENCRYPTED:
            raise ArchiveError(f"“{name[:100]}” in the archive is encrypted")
        if info.compress_type not in _METHODS:
            raise ArchiveError(f"“{name[:100]}” is packed in a way that is not taken; deflate and stored are")
        if info.file_size > self._bounds.single:
            raise ArchiveError(f"“{name[:100]}” unpacks to more than {_megabytes(self._bounds.single)}")

    @property
    def size(self) -> int:
        """Bytes of all files once unpacked, as far as the archive can be believed."""
        return sum(info.file_size for info in self._entries.values())

    def names(self) -> list[str]:
        """The names of the files, in the order of the archive."""
        return list(self._entries)

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """One file to be read in pieces or lines while the block runs, up to the size that the archive says it has.

        Raises:
            ArchiveError: its checksum is wrong.
            KeyError: the archive holds no such file.
        """
        try:
            with self._file.open(self._entries[name]) as source:
                yield source
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise ArchiveError(f"“{name[:100]}” in the archive is damaged: {error}") from None

    def copy(self, name: str, target: IO[bytes]) -> int:
        """Unpack one file into an open one, in pieces; returns its bytes.

        Raises:
            ArchiveError: it is larger than it said or than the bounds, or its checksum is wrong.
            KeyError: the archive holds no such file.
        """
        info, done = self._entries[name], 0
        try:
            with self._file.open(info) as source:
                while piece := source.read(_PIECE):
                    done += len(piece)
                    self._left -= len(piece)
                    if done > info.file_size or self._left < 0:
                        raise ArchiveError(f"“{name[:100]}” unpacks to more than the archive says")
                    target.write(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise ArchiveError(f"“{name[:100]}” in the archive is damaged: {error}") from None
        return done

    def unpack(self, folder: Path) -> None:
        """Unpack everything into an empty folder. On an error what was written so far stays: give a temporary folder."""
        for name in self._entries:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as target:
                self.copy(name, target)


def _megabytes(size: int) -> str:
    return f"{size / 2**20:,.0f} MB" if size >= 2**20 else f"{size:,} bytes"
