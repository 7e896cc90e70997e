"""From the line to the pieces of an upload: with little memory, and kept as it comes."""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.http import HttpRequest
from django.http.request import UnreadablePostError

from cityplus.media import store
from cityplus.media.errors import MediumError
from cityplus.media.models import Upload
from cityplus.media.multipart import write

READ = 64 * 1024
PIECE = 8_000_000
"""Bytes of a file of the store. What came is kept so much at a time, also within one long request: whatever ends it, also the end
of this process, costs the sender no more."""
_door = threading.BoundedSemaphore(max(1, settings.CITYPLUS.threads // 2))


class Busy(MediumError):
    """Too many files come at this moment."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


class ChecksumMismatch(MediumError):
    """What came is not what was sent."""

    status = 460  # type: ignore[assignment] # the protocol's own


@contextlib.contextmanager
def at_the_door() -> Iterator[None]:
    """A sender on a slow line holds one of the server's threads for as long as it sends, so senders get half of them at most.

    Raises:
        Busy: they have them all.
    """
    if not _door.acquire(blocking=False):
        raise Busy("Many files are coming just now. It goes on in a moment.")
    try:
        yield
    finally:
        _door.release()


def receive(request: HttpRequest, upload: Upload, length: int, checksum: tuple[str, bytes] | None = None) -> None:
    """Read ``length`` bytes of a body into an upload, from its offset on; of a body that breaks off, what came is kept.

    With a checksum (name of a hash, digest) all of the body is kept, or nothing.

    Raises:
        MediumError: there is no room, another request brought these bytes, or the checksum is another.
    """
    left = length
    with at_the_door(), store.workbench() as bench:
        while left:
            most = left if checksum else min(PIECE, left)
            path, digest = bench / "piece", hashlib.new(checksum[0], usedforsecurity=False) if checksum else None
            came = _copy(request, path, most, digest)
            if checksum and digest and (came < most or digest.digest() != checksum[1]):
                raise ChecksumMismatch("What came is not what was sent: its checksum is another. Please send it again.")
            if came:
                upload.take(upload.offset, path)
            if came < most:
                return
            left -= came


def _copy(source: HttpRequest | IO[bytes], path: Path, most: int, digest: Any) -> int:
    """Write what comes into a new file, and return how much that was."""
    came = 0
    with path.open("wb") as file:
        while came < most:
            try:
                piece = source.read(min(READ, most - came))
            except UnreadablePostError:
                break  # the line is gone
            if not piece:
                break
            write(file, piece)
            if digest:
                digest.update(piece)
            came += len(piece)
    return came
