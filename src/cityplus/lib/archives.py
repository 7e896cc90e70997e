"""Zip archives of strangers: looked through before anything is unpacked, unpacked in pieces, stopped at a bound.

The sizes that an archive states of itself are checked first and believed never: what is really unpacked is counted too.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

_PIECE = 256 * 1024
_ENTRY, _END = 600, 70_000
"""Bytes of a generous line in the table of contents, and of what stands behind the table."""
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
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
        with _Table(path, bounds.entries) as bytes_, zipfile.ZipFile(bytes_) as file:
            bytes_.most = None
            yield Archive(file, bounds)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise ArchiveError(f"the archive {path.name} is damaged or no zip: {error}") from None


class _Table(io.FileIO):
    """The file of an archive. Until its table of contents is read, no more is handed out at once than a table within the bounds
    has: ``zipfile`` reads all of it into memory, and makes an object of every entry, before anybody can count them."""

    def __init__(self, path: Path, entries: int) -> None:
        super().__init__(path)
        self.entries = entries
        self.most: int | None = _END + entries * _ENTRY

    def read(self, size: int | None = -1, /) -> bytes:
        if self.most is not None and size is not None and size > self.most:
            raise ArchiveError(f"the archive's table of contents is too long; {self.entries} entries are taken at most")
        return super().read(size)


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
        if sum(info.file_size for info in self._entries.values()) > bounds.total:
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

    def names(self) -> list[str]:
        """The names of the files, in the order of the archive."""
        return list(self._entries)

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
