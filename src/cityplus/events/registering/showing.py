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
from cityplus.web.context import theme_of

MOST = 200
"""Pages that are kept."""
Key = tuple[str, str, str]
"""Host, address, and theme."""
_TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+')
_kept: journal.Following[dict[Key, tuple[int, str]]] = journal.Following(dict, lambda _pages, _since: None)
"""Pages with the second in which each was made; none is left when the trail tells of something."""
_lock = threading.Lock()


def to_strangers(request: HttpRequest, make: Callable[[], HttpResponse]) -> HttpResponse:
    """What ``make`` answers, at most a second old, to who has no cookie but those of theme and forms; to others as it is made for them."""
    if request.method != "GET" or request.GET or request.COOKIES.keys() - {"theme", settings.CSRF_COOKIE_NAME}:
        return make()
    pages, key, now = _kept.now(), (request.get_host(), request.path, theme_of(request)), int(time.time())
    second, page = pages.get(key, (0, ""))
    if second < now:
        with _lock:  # of those who come at one time one makes it
            second, page = pages.get(key, (0, ""))
            if second < now:
                page = make().content.decode()
                if len(pages) >= MOST:
                    pages.clear()
                pages[key] = now, page
    return HttpResponse(_TOKEN.sub(get_token(request), page))
