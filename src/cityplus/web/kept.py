"""Answers that are kept at the front door (``web.front``), and what keeps each of them true.

An answer for everybody is true as long as the page cache says. One **for oneself**, for somebody who is signed in, is true until the
journal moves, quietly or not, or its minute ends; and only while its session stands as it stood, and the row of its person too: so it
never outlives signing out, a password that was changed or an account that was closed.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user_model
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cityplus.journal import latest_id
from cityplus.lib.shelf import Shelf

BUDGET = 32 * 1024 * 1024
"""Bytes of answers kept at the front door of a process."""
MARK = "_cityplus_kept"
KEY = "cityplus.key"
"""In the scope of a request: under which key its answer would be kept at the door."""
_OWN_WEIGHT = 2_000

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Own:
    """Whose answer it is: the session and the person, and a digest of both rows as they were."""

    session: str
    person: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Truth:
    """For how long an answer is true: until the journal goes beyond ``revision``, with its quiet entries or without; the end of a
    minute, if it is said; and as long as its session and person are the same."""

    revision: int
    quiet: bool = False
    minute: int | None = None
    own: Own | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whole, as the server sends it."""

    truth: Truth
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    etag: bytes


shelf: Shelf[Any, Answer] = Shelf(BUDGET)


def minute() -> int:
    return int(time.time() // 60)


def mark(response: HttpResponse, truth: Truth) -> None:
    """Let an answer be kept at the door for as long as it is true."""
    setattr(response, MARK, truth)


def for_oneself(view: View) -> View:
    """Let what this view answers to somebody who is signed in be kept for them: it may depend on nothing but the request, their session,
    their own row and what the journal tells, quietly or not; else it is wrong for the rest of its minute."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        truth = _truth_of(request)
        response = view(request, *args, **kwargs)
        if truth and response.status_code == HTTPStatus.OK and not request.session.modified:
            mark(response, truth)
        return response

    return wrapped


def _truth_of(request: HttpRequest) -> Truth | None:
    """Read before anything that the answer depends on is; None where the session has been looked at already, or there is none."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    if not key or request.method != "GET" or hasattr(request.session, "_session_cache"):
        return None
    revision, now = latest_id(quiet=True), minute()
    row = _store().get_model_class().objects.filter(session_key=key, expire_date__gt=timezone.now()).first()
    if row is None:
        return None
    said = _store()(key).decode(row.session_data)
    person = str(said.get(SESSION_KEY, ""))
    if not person.isdigit():
        return None
    # What the request finds is what was looked at here, and it need not ask again.
    request.session._session_cache = said  # type: ignore[attr-defined]
    own = owns({key: int(person)}).get(key)
    return Truth(revision, True, now, own) if own else None


def _store() -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore


def owns(asked: Mapping[str, int]) -> dict[str, Own]:
    """Of sessions with their persons, those that stand now, as they stand: two queries, however many there are."""
    sessions = _store().get_model_class()._meta.db_table
    people = _people(set(asked.values()))
    sql = (
        f"SELECT session_key, session_data FROM {sessions} WHERE session_key IN ({_marks(asked)}) AND expire_date > %s"  # noqa: S608
    )
    moment = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(sql, [*asked, moment])
        rows = cursor.fetchall()
    return {key: Own(key, asked[key], _digest(data, people[asked[key]])) for key, data in rows if asked[key] in people}


def _people(numbers: Collection[int]) -> dict[int, tuple[Any, ...]]:
    """The rows of these people whose accounts are open, without when they were last here."""
    model = get_user_model()._meta
    columns = ", ".join(field.column for field in model.concrete_fields if field.attname not in {"id", "last_login"})
    sql = f"SELECT id, {columns} FROM {model.db_table} WHERE id IN ({_marks(numbers)}) AND is_active"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*numbers])
        return {row[0]: row[1:] for row in cursor.fetchall()}


def _marks(values: Collection[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _digest(session: str, person: tuple[Any, ...]) -> bytes:
    return hashlib.blake2b(f"{session}\0{person}".encode(), digest_size=16).digest()


class Keeping:
    """Middleware, the outermost: it keeps an answer as it leaves, with all its headers. And says how long each is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.OK and request.method == "GET" and not response.streaming:
            response.headers.setdefault("Content-Length", str(len(response.content)))
        key = request.META.get("asgi.scope", {}).get(KEY)
        truth: Truth | None = getattr(response, MARK, None)
        if key is not None and truth and response.status_code == HTTPStatus.OK and _sets_nothing(request, response):
            _keep(key, truth, response)
        return response


def _sets_nothing(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether an answer sets no cookie but the one of forms, and that to what the browser has already."""
    name = settings.CSRF_COOKIE_NAME
    return all(key == name and cookie.value == request.COOKIES.get(name) for key, cookie in response.cookies.items())


def _keep(key: Any, truth: Truth, response: HttpResponse) -> None:
    body = response.content
    headers = tuple((k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in response.items())
    etag = response.headers.get("ETag", "").encode("latin-1")
    shelf.put(key, Answer(truth, headers, body, etag), len(body) + _OWN_WEIGHT)
