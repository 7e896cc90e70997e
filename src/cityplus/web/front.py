"""The front door: what is kept (``web.kept``) is answered by the loop itself, without a thread, a session or a request of Django.

The same address asked with the same headers gets the same answer, if that is still true. Headers that no answer depends on are passed
over; one that is not known makes a request another one, so that nothing is given to somebody for whom it was not made. Whether an
answer is true is asked of the database each time, after the request has come: one thread asks for all that wait.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection

from cityplus.live.committing import Away, Committer, Full
from cityplus.live.door import Scope, Send
from cityplus.web.context import THEMES
from cityplus.web.kept import KEY, Answer, Own, minute, owns, shelf

_IDLE = frozenset(
    b"user-agent connection referer dnt pragma cache-control if-none-match if-modified-since upgrade-insecure-requests priority"
    b" sec-fetch-dest sec-fetch-mode sec-fetch-site sec-fetch-user sec-gpc sec-ch-ua sec-ch-ua-mobile sec-ch-ua-platform"
    b" x-forwarded-for x-real-ip x-request-id traceparent tracestate via".split()
)
"""Headers on which no answer that is kept depends."""
_NEVER = frozenset({b"range", b"content-length", b"transfer-encoding", b"expect", b"upgrade"})
"""Who sends one of these wants something else than what is kept."""
_NEWEST = "SELECT (SELECT max(id) FROM journal_entry), (SELECT max(id) FROM journal_entry WHERE NOT quiet)"
_COOKIE = re.compile(rb"(?:^|;)\s*([^=;\s]+)=([^;]*)")

Key = tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Now:
    """How things stand: the newest entries of the journal, quiet ones counted or not, and a session that was asked for."""

    quiet: int
    loud: int
    own: Own | None


def key_of(scope: Scope) -> Key | None:
    """What a request asks, in every respect that may matter; None for what is never answered here."""
    if scope["method"] != "GET":
        return None
    parts = [scope["raw_path"] if scope.get("raw_path") else scope["path"].encode(), scope["query_string"]]
    cookies = b""
    for name, value in scope["headers"]:
        if name in _IDLE:
            continue
        if name in _NEVER:
            return None
        if name == b"cookie":
            cookies += b"; " + value if cookies else value
        else:
            parts += (name, value)
    return (*parts, _worth(cookies))


def _worth(header: bytes) -> bytes:
    """Of cookies what counts: all of them for who has a session, else the theme."""
    if not header:
        return b"night"
    cookies = dict(_COOKIE.findall(header))
    if settings.SESSION_COOKIE_NAME.encode() in cookies:
        return header
    theme = cookies.get(b"theme", b"").strip()
    return theme if theme.decode("latin-1") in THEMES else b"night"


def _look(asked: Sequence[tuple[str, int]], now: datetime) -> Sequence[Now]:
    """How things stand for each of those who ask."""
    del now
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST)
        quiet, loud = cursor.fetchone()
    people = dict(one for one in asked if one[0])
    found = owns(people) if people else {}
    return [Now(quiet or 0, loud or 0, found.get(session)) for session, _ in asked]


_looking: Committer[tuple[str, int], Now] = Committer("front door", _look)
_NOBODY = ("", 0)


async def answer(scope: Scope, send: Send) -> bool:
    """Send the kept answer to a request, if there is one and it is true; returns whether that was done. Else the scope holds the key
    under which its answer may be kept."""
    key = key_of(scope)
    if key is None:
        return False
    scope[KEY] = key
    kept = shelf.get(key)
    if kept is None or kept.truth.minute not in {None, minute()}:
        return False
    own = kept.truth.own
    try:
        now = await _looking.keep((own.session, own.person) if own else _NOBODY)
    except (Full, Away):
        return False  # Django says what is the matter
    if not _holds(kept, now):
        return False
    await _send(kept, scope, send)
    return True


def _holds(kept: Answer, now: Now) -> bool:
    truth = kept.truth
    return truth.revision >= (now.quiet if truth.quiet else now.loud) and truth.own == now.own


async def _send(kept: Answer, scope: Scope, send: Send) -> None:
    body: bytes = kept.body
    status, headers = 200, kept.headers
    if kept.etag and any(name == b"if-none-match" and kept.etag in value for name, value in scope["headers"]):
        status, body = 304, b""
        headers = tuple(
            (k, v) for k, v in headers if k not in {b"content-length", b"content-type", b"content-encoding"}
        )
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def shut() -> None:
    """End the thread that looks."""
    await _looking.close()
