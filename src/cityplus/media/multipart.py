"""Bodies with files in them, read from the line to the disk: counted while they come, in memory never more than a piece."""

from __future__ import annotations

import errno
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParser, MultiPartParserError

from cityplus.media.bounds import MEGA
from cityplus.media.errors import Malformed, MediumError, NoRoom, TooLarge

PIECE = 256 * 1024
FIELDS = 1_000_000
"""Bytes that everything but the file may have."""
_LONGEST_END = 1000
"""Bytes in which the last boundary stands: it has at most 201, and little follows it."""


class NoFiles(FileUploadHandler):
    """The handler of every view that asks for none: a file is refused before a byte of it is read."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise RequestDataTooBig("This form takes no file.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


class LengthRequired(MediumError):
    status = HTTPStatus.LENGTH_REQUIRED


class _OneFile(FileUploadHandler):
    """Writes the one file that the field ``file`` holds; what it is ``called`` is kept in mind, and used for no path."""

    def __init__(self, target: Path, most: int) -> None:
        super().__init__()
        self.target, self.most = target, most
        self.chunk_size = PIECE
        self.writing: IO[bytes] | None = None
        self.size = 0
        self.called = ""

    def new_file(self, field_name: str, file_name: str, *args: Any, **kwargs: Any) -> None:
        if field_name != "file" or self.writing:
            raise Malformed("The form takes one file, in the field “file”.")
        self.writing, self.called = self.target.open("xb"), file_name
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        if self.size > self.most:
            raise _too_large(self.most)
        write(self.writing, raw_data)

    def file_complete(self, file_size: int) -> None:
        self.close()

    def close(self) -> None:
        if self.writing:
            self.writing.close()


class _Counted:
    """The request's body, which remembers how much of it came, and its end."""

    def __init__(self, request: HttpRequest) -> None:
        self.request, self.came, self.end = request, 0, b""

    def read(self, size: int = -1) -> bytes:
        piece = self.request.read(size)
        self.came += len(piece)
        self.end = (self.end + piece)[-_LONGEST_END:]
        return piece


def receive(request: HttpRequest, target: Path, most: int) -> QueryDict:
    """Read a form with one file; the file is written to ``target``, the other fields are returned.

    Raises:
        MediumError: it is no such form, has more bytes than ``most`` or than we have room for, or did not come whole.
    """
    return receive_named(request, target, most)[0]


def receive_named(request: HttpRequest, target: Path, most: int, *, optional: bool = False) -> tuple[QueryDict, str]:
    """As :func:`receive`; returns also what the file was called by who sent it. Where it is ``optional``, a form without a file is one
    too, and nothing is at ``target`` then."""
    promised = _promised(request, most)
    handler, body = _OneFile(target, most), _Counted(request)
    try:
        fields, _ = MultiPartParser(request.META, body, [handler], request.encoding).parse()  # type: ignore[arg-type]
    except (MultiPartParserError, SuspiciousOperation) as error:
        raise Malformed(f"The form cannot be read: {error}") from None
    finally:
        handler.close()
    # The parser takes what ends early for what ends.
    if body.came < promised or _closing(request) not in body.end or not (handler.writing or optional):
        raise Malformed("The file did not come, or not to its end. Please send it again.")
    return fields, handler.called


def _closing(request: HttpRequest) -> bytes:
    """The line that ends a form which came whole."""
    return f"--{(request.content_params or {}).get('boundary', '')}--".encode("ascii", "replace")


def copy(source: IO[bytes], target: Path, most: int) -> int:
    """Read a stream to its end into a new file; returns its bytes.

    Raises:
        MediumError: it has more bytes than ``most``, or than we have room for.
    """
    size = 0
    with target.open("xb") as file:
        while piece := source.read(PIECE):
            size += len(piece)
            if size > most:
                raise _too_large(most)
            write(file, piece)
    return size


def _too_large(most: int) -> TooLarge:
    bound = f"{most // MEGA} MB" if most >= MEGA else f"{most // 1000} kB"
    return TooLarge(f"The file is too large; at most {bound} are taken.")


def write(file: IO[bytes] | None, piece: bytes) -> None:
    """Raises NoRoom when the disk is full."""
    assert file is not None  # noqa: S101 - the parser begins a file before it gives a piece of it
    try:
        file.write(piece)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise NoRoom("There is no room for the file just now. Please try again later.") from None
        raise


def _promised(request: HttpRequest, most: int) -> int:
    """How many bytes the body says it has: it is asked before the first is read."""
    if request.content_type != "multipart/form-data":
        raise Malformed("Send the file as a form: multipart/form-data, with the file in the field “file”.")
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal():
        raise LengthRequired("Say how many bytes come: with Content-Length.")
    if int(length) > most + FIELDS:
        raise _too_large(most)
    return int(length)
