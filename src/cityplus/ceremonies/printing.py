"""Papers of a ceremony: set once for each look and kept, one at a time a process."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from cityplus.web.keptfiles import folder, keep
from cityplus.web.press import PressError, press

log = logging.getLogger(__name__)
TEMPLATES = Path(__file__).with_name("press")
PATIENCE = 20
"""Seconds that a reader waits for the press to be free."""
_press = threading.Semaphore(1)


def digest(*whole: Any) -> str:
    """Tells two things apart that do not look the same."""
    said = json.dumps(whole, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.blake2b(said.encode(), digest_size=12).hexdigest()


def answer(
    request: HttpRequest,
    template: str,
    book: Mapping[str, Any],
    name: str,
    *,
    kept: bool = True,
    pictures: Mapping[str, bytes] | None = None,
) -> HttpResponse:
    """A paper as PDF. ``kept`` papers are set anew only when something changes that is to be seen in them; others are nobody's but
    who asked for them."""
    source = TEMPLATES / template
    mark = digest(book, sorted(pictures or {}), source.read_text())
    unchanged = get_conditional_response(request, etag=f'"{mark}"') if kept else None
    if unchanged is not None and unchanged.status_code == 304:
        return unchanged
    place = folder("certificates", request.path) / f"{mark}.pdf" if kept else None
    try:
        body = _body(source, book, pictures or {}, place)
    except PressError as error:
        log.error("%s could not be set: %s", request.path, error)
        return _later(_("The paper could not be set. Please try again later."))
    if body is None:
        return _later(_("Many papers are being set at this moment. Please try again in a minute."))
    response = HttpResponse(body, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    if kept:
        who = "private" if request.user.is_authenticated else "public"
        response.headers["Cache-Control"] = f"{who}, max-age=0, must-revalidate"
        response.headers["ETag"] = f'"{mark}"'
    else:
        response.headers["Cache-Control"] = "no-store"
    return response


def _body(source: Path, book: Mapping[str, Any], pictures: Mapping[str, bytes], place: Path | None) -> bytes | None:
    """The paper, kept or set now; None when the press was not free in time."""
    if place and place.exists():
        return place.read_bytes()
    if not _press.acquire(timeout=PATIENCE):
        return None
    try:
        if place and place.exists():  # whoever had the press before asked for the same
            return place.read_bytes()
        body = press(source, book, pictures)
        if place:
            with contextlib.suppress(OSError):  # on a full disk it is set each time
                keep(place, body)
        return body
    finally:
        _press.release()


def _later(sentence: str) -> HttpResponse:
    return HttpResponse(sentence, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "60"})
