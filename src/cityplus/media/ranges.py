"""Files answered whole or in ranges (RFC 9110 §14): what films that are sought in and tile archives need."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

PIECE = 64 * 1024
_RANGE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$")  # more digits than any file has bytes are no range


def answer(
    request: HttpRequest, start_reading: Callable[[], IO[bytes]], size: int, content_type: str
) -> HttpResponseBase:
    """A file of ``size`` bytes, or the one range of it that was asked for: 206, or 416 where nothing of it exists.

    Several ranges at once, and units other than bytes, get the whole file, as the RFC allows.
    """
    asked = _RANGE.match(request.headers.get("Range", ""))
    response: HttpResponseBase
    if asked and any(asked.groups()):
        span = _span(asked[1], asked[2], size)
        if span is None:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        start, end = span
        response = StreamingHttpResponse(_pieces(start_reading, start, end), status=206, content_type=content_type)
        response.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
        response.headers["Content-Length"] = str(end - start + 1)
    else:
        response = FileResponse(start_reading(), content_type=content_type)
        response.headers["Content-Length"] = str(size)
    response.headers["Accept-Ranges"] = "bytes"
    return response


def _span(first: str, last: str, size: int) -> tuple[int, int] | None:
    """First and last byte of a range, or None when nothing of it exists."""
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    return (start, end) if start <= end and start < size else None


def _pieces(start_reading: Callable[[], IO[bytes]], start: int, end: int) -> Iterator[bytes]:
    with start_reading() as source:
        source.seek(start)
        left = end - start + 1
        while left > 0 and (piece := source.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
