"""The form as strangers get it. In the hour in which everybody comes each opens it first, and it costs more than to register: so it is
made once a second for all of them, and each gets it with a token of their own."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from cityplus import journal
from cityplus.lib.shelf import Shelf
from cityplus.web.context import theme_of

Key = tuple[str, str, str, int, int]
"""Host, address, theme, the newest entry of the trail, and the second."""
_TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+')
_shelf: Shelf[Key, str] = Shelf(4 * 1024 * 1024)
_lock = threading.Lock()


def to_strangers(request: HttpRequest, make: Callable[[], HttpResponse]) -> HttpResponse:
    """What ``make`` answers, at most a second old, to who has no cookie but those of theme and forms; to others as it is made for them."""
    if request.method != "GET" or request.GET or request.COOKIES.keys() - {"theme", settings.CSRF_COOKIE_NAME}:
        return make()
    key = (request.get_host(), request.path, theme_of(request), journal.latest_id(), int(time.time()))
    page = _shelf.get(key)
    if page is None:
        with _lock:  # of those who come at one time one makes it
            page = _shelf.get(key)
            if page is None:
                page = make().content.decode()
                _shelf.put(key, page, len(page))
    return HttpResponse(_TOKEN.sub(get_token(request), page))
