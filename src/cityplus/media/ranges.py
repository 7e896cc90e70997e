"""Files answered whole or in ranges (RFC 9110 §14): what films that are sought in and tile archives need."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import IO

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from cityplus.media.reading import Asked, OutOfRange, Reading, span

_RANGE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$")  # more digits than any file has bytes are no range


def asked(request: HttpRequest, etag: str = "") -> Asked:
    """The one range that was asked for; None where the whole file is the answer: several ranges at once, units other than
    bytes, and ranges of what the client had of another version (``If-Range``), as the RFC allows and asks for."""
    found = _RANGE.match(request.headers.get("Range", ""))
    if not found or not any(found.groups()) or request.headers.get("If-Range", etag) != etag:
        return None
    return found[1], found[2]


def answer(
    request: HttpRequest, start_reading: Callable[[], IO[bytes]], size: int, content_type: str
) -> HttpResponseBase:
    """A file of ``size`` bytes, or the one range of it that was asked for: 206, or 416 where nothing of it exists."""
    wanted = asked(request)
    try:
        start, end = span(wanted, size)
    except OutOfRange:
        return nothing_of(size)
    source = start_reading()
    source.seek(start)
    return reply(request, Reading(source, size, start, end), content_type, whole=wanted is None)


def reply(request: HttpRequest, reading: Reading, content_type: str, *, whole: bool) -> HttpResponseBase:
    """What was read, as an answer; it is closed with the answer, and at once for who asks for the head alone."""
    status = HTTPStatus.OK if whole else HTTPStatus.PARTIAL_CONTENT
    response: HttpResponseBase
    if request.method == "HEAD":
        reading.close()
        response = HttpResponse(status=status, content_type=content_type)
    else:
        response = StreamingHttpResponse(reading, status=status, content_type=content_type)
    if not whole:
        response.headers["Content-Range"] = f"bytes {reading.start}-{reading.end}/{reading.size}"
    response.headers["Content-Length"] = str(reading.length)
    response.headers["Accept-Ranges"] = "bytes"
    return response


def nothing_of(size: int) -> HttpResponse:
    return HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers={"Content-Range": f"bytes */{size}"})
