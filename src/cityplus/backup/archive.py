"""The file of a backup: a zip that only its owner may read, there whole or not at all, each part with its SHA-256.

``SHA256SUMS`` names every part with its hash, one a line, as the tool of that name does; ``manifest.json`` holds the hash of that
file, and says what the archive is. Both are written last.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from cityplus.backup.tables import BackupError
from cityplus.lib.archives import Archive, ArchiveError, Bounds, opened

FORMAT = "cityplus-backup/1"
MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
_BOUNDS = Bounds(entries=5_000_000, total=2**50, single=2**45)


class Writer:
    """An archive that is being written."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file, self._sums = file, hashlib.sha256()
        self._lines: list[str] = []
        self.parts = 0

    @contextmanager
    def part(self, name: str, *, packed: bool = False) -> Iterator[IO[bytes]]:
        """Open the next part for writing; ``packed`` deflates it, quickly rather than well."""
        info = zipfile.ZipInfo(name)
        info.create_system, info.external_attr = 3, 0o100600 << 16
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        info._compresslevel = 1  # type: ignore[attr-defined] # zipfile has no other way to say it of one entry
        with self._file.open(info, "w", force_zip64=True) as raw:
            hashed = _Hashing(raw)
            yield hashed  # type: ignore[misc]
        self._lines.append(f"{hashed.sha256.hexdigest()}  {name}\n")
        self.parts += 1

    def finish(self, manifest: dict[str, Any]) -> None:
        """Write sums and manifest."""
        sums = "".join(self._lines).encode()
        with self.part(SUMS, packed=True) as out:
            out.write(sums)
        manifest = {
            "format": FORMAT,
            **manifest,
            "parts": len(self._lines) - 1,
            "sums": hashlib.sha256(sums).hexdigest(),
        }
        with self.part(MANIFEST, packed=True) as out:
            out.write(json.dumps(manifest, ensure_ascii=False, indent=1).encode())


class _Hashing:
    """A file that is hashed while it is written."""

    def __init__(self, file: IO[bytes] | None = None) -> None:
        self.file, self.sha256 = file, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.sha256.update(data)
        if self.file:
            self.file.write(data)
        return len(data)


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """Write an archive that takes its name when the block ends well, with mode 0600 from its first byte.

    Raises:
        BackupError: something is there already, or it cannot be written.
    """
    if path.exists() or path.is_symlink():
        raise BackupError(f"{path} is there already; name another file, or move it away")
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.unfinished")
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b") as raw:
            with zipfile.ZipFile(raw, "w") as file:
                yield Writer(file)
            raw.flush()
            os.fsync(raw.fileno())
        os.link(draft, path)  # unlike a rename, it fails if somebody was a moment faster
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror or error}") from None
    finally:
        with suppress(OSError):
            draft.unlink()


class Reader:
    """An archive that was verified whole."""

    def __init__(self, archive: Archive, manifest: dict[str, Any]) -> None:
        self.archive, self.manifest = archive, manifest

    def sums(self) -> Iterator[tuple[str, str]]:
        """Each part's hash and name, in the order in which they were written."""
        yield from _lines(_text(self.archive, SUMS))

    def has(self, name: str) -> bool:
        return name in self.archive

    def copy(self, name: str, out: IO[bytes]) -> None:
        self.archive.copy(name, out)

    @contextmanager
    def lines(self, name: str) -> Iterator[IO[bytes]]:
        """A part to be read line by line."""
        with self.archive.open(name) as file:
            yield file


@contextmanager
def reading(path: Path, tell: Callable[[int, int], None]) -> Iterator[Reader]:
    """Open an archive, once all of it has been verified; ``tell`` hears how many bytes of how many were.

    Raises:
        BackupError: it is no archive of ours, is damaged or cut off, or was made by a newer version.
    """
    if not path.is_file():
        raise BackupError(f"there is no file {path}")
    try:
        with opened(path, _BOUNDS) as archive:
            yield Reader(archive, _verified(archive, path.name, tell))
    except ArchiveError as error:
        raise BackupError(str(error)) from None
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror or error}") from None


def _verified(archive: Archive, name: str, tell: Callable[[int, int], None]) -> dict[str, Any]:
    if MANIFEST not in archive or SUMS not in archive:
        raise BackupError(f"{name} is no backup of CityPlus: it holds no {MANIFEST} with its {SUMS}")
    manifest = _manifest(archive, name)
    sums = _text(archive, SUMS)
    if hashlib.sha256(sums.encode()).hexdigest() != manifest.get("sums"):
        raise BackupError(f"{name} is damaged: {SUMS} is not the one that the manifest names")
    done = parts = 0
    for digest, part in _lines(sums):
        if part not in archive:
            raise BackupError(f"{name} is damaged: the part {part} is missing")
        hashing = _Hashing()
        done += archive.copy(part, hashing)  # type: ignore[arg-type]
        if hashing.sha256.hexdigest() != digest:
            raise BackupError(f"{name} is damaged: the part {part} is not what it was")
        parts += 1
        tell(done, archive.size)
    if parts != manifest.get("parts") or parts + 2 != len(archive.names()):
        raise BackupError(
            f"{name} holds {len(archive.names()) - 2} parts, and its manifest names {manifest.get('parts')}"
        )
    return manifest


def _manifest(archive: Archive, name: str) -> dict[str, Any]:
    try:
        manifest = json.loads(_text(archive, MANIFEST))
        said = manifest["format"]
    except (ValueError, KeyError, TypeError):
        raise BackupError(f"{name} is no backup of CityPlus, or its manifest is damaged") from None
    if said != FORMAT:
        raise BackupError(f"{name} says that it is a {str(said)[:60]}; this version reads {FORMAT}, and no other")
    return manifest  # type: ignore[no-any-return]


def _lines(sums: str) -> Iterator[tuple[str, str]]:
    for line in sums.splitlines():
        digest, _, part = line.partition("  ")
        yield digest, part


def _text(archive: Archive, name: str) -> str:
    with archive.open(name) as file:
        return file.read().decode()
