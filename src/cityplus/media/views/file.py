"""Renditions, whole or in ranges, for whoever may see the page that shows them. Originals are never served."""

from __future__ import annotations

import re
from http import HTTPStatus
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from cityplus.media import ranges, store, visibility
from cityplus.media.models import Rendition
from cityplus.media.reading import OutOfRange

TYPES = {
    ".avif": "image/avif", ".webp": "image/webp", ".jpg": "image/jpeg",
    ".mp4": "video/mp4", ".opus": "audio/ogg", ".m4a": "audio/mp4",
}  # fmt: skip
PUBLIC, PRIVATE = "public, max-age=31536000, immutable", "private, no-store"
_KEY = re.compile(r"renditions/([0-9a-f]{16})/([0-9a-z-]+\.[a-z0-9]+)")


@require_safe
def file(request: HttpRequest, key: str) -> HttpResponseBase:
    """Serve one rendition; its name carries the hash of its original, so one that is public may be kept for ever."""
    name = _KEY.fullmatch(key)
    if not name or Path(key).suffix not in TYPES:
        return _nothing()
    found = visibility.standing(key, lambda: Rendition.objects.filter(key=key).values_list("medium_id", flat=True))
    if not found.media or not (found.public or visibility.seen_by(request.user, found.media)):
        return _nothing()
    response = _read(request, key, f'"{name[1]}-{name[2]}"')
    response.headers["Cache-Control"] = PUBLIC if found.public else PRIVATE
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _read(request: HttpRequest, key: str, etag: str) -> HttpResponseBase:
    if etag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=HTTPStatus.NOT_MODIFIED, headers={"ETag": etag})
    asked = ranges.asked(request, etag)
    try:
        reading = store.read(key, asked)
    except FileNotFoundError:
        return _nothing()
    except OutOfRange as error:
        return ranges.nothing_of(error.size)
    response = ranges.reply(request, reading, TYPES[Path(key).suffix], whole=asked is None)
    response.headers["ETag"] = etag
    return response


def _nothing() -> HttpResponse:
    """The same for what is not there and for what is not this visitor's; it may be there in a moment, so nobody keeps it."""
    return HttpResponse(status=HTTPStatus.NOT_FOUND, headers={"Cache-Control": "no-store"})
