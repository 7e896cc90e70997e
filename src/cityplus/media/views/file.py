"""Renditions from the disk, whole or in ranges. Originals are never served."""

from __future__ import annotations

import re
from functools import partial
from http import HTTPStatus
from pathlib import Path

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from cityplus.media import ranges

TYPES = {
    ".avif": "image/avif", ".webp": "image/webp", ".jpg": "image/jpeg", ".png": "image/png",
    ".mp4": "video/mp4", ".opus": "audio/ogg", ".m4a": "audio/mp4",
}  # fmt: skip
_KEY = re.compile(r"^renditions/[0-9a-f]{16}/[0-9a-z-]+\.[a-z0-9]+$")


@require_safe
def file(request: HttpRequest, key: str) -> HttpResponseBase:
    """Serve one rendition; its name carries the hash of its original, so it may be kept for ever."""
    suffix = Path(key).suffix
    if not _KEY.match(key) or suffix not in TYPES or not default_storage.exists(key):
        raise Http404
    start_reading = partial(default_storage.open, key)
    response = ranges.answer(request, start_reading, default_storage.size(key), TYPES[suffix])
    if response.status_code != HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
