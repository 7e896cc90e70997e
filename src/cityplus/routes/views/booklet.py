from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import threading
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cityplus.languages.tags import reader_tag
from cityplus.routes.formats.booklet import Booklet, booklet
from cityplus.routes.formats.press import PressError, press
from cityplus.routes.views.files import file_name, named
from cityplus.routes.walkthrough import walkthrough
from cityplus.web.keptfiles import folder, keep

log = logging.getLogger(__name__)
PATIENCE = 20
"""Seconds that a reader waits for the press to be free."""
_press = threading.Semaphore(1)
"""One booklet at a time a process: the press uses a processor for a second or two, and 150 MB."""


@require_safe
def route_booklet(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    """The route to be printed: a booklet in the language of the address, set once for each look and kept.

    It is named by everything that is to be seen in it, so that it is set anew when any of that changes, and only then.
    """
    walk = walkthrough(request.user, handle, slug)
    book = booklet(walk, reader_tag(), get_language() or "en")
    name = digest(book)
    who = "private" if request.user.is_authenticated else "public"
    kept = folder("booklets", request.path) / f"{name}.pdf"
    unchanged = get_conditional_response(request, etag=f'"{name}"')
    if unchanged is not None and unchanged.status_code == 304:
        return unchanged
    try:
        body = _body(book, kept)
    except PressError as error:
        log.error("the booklet %s could not be set: %s", request.path, error)
        return _later(_("The booklet could not be set. Please try again later."))
    if body is None:
        return _later(_("Many booklets are being set at this moment. Please try again in a minute."))
    response = HttpResponse(body, content_type="application/pdf")
    response.headers["Cache-Control"] = f"{who}, max-age=0, must-revalidate"
    response.headers["ETag"] = f'"{name}"'
    return named(response, file_name(handle, slug, "pdf"), attachment=True)


def digest(book: Booklet) -> str:
    """Tells two booklets apart that do not look the same."""
    whole = json.dumps([book.book, book.keys], sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(whole.encode(), digest_size=12).hexdigest()


def _body(book: Booklet, kept: Path) -> bytes | None:
    """The booklet, kept or set now; None when the press was not free in time."""
    if kept.exists():
        return kept.read_bytes()
    if not _press.acquire(timeout=PATIENCE):
        return None
    try:
        if kept.exists():  # whoever had the press before asked for the same
            return kept.read_bytes()
        body = press(book.finished(), book.pictures())
        with contextlib.suppress(OSError):  # on a full disk it is set each time
            keep(kept, body)
        return body
    finally:
        _press.release()


def _later(sentence: str) -> HttpResponse:
    return HttpResponse(sentence, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "60"})
