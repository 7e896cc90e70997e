"""The door of the API, above the page cache: who comes in is anonymous, and what goes out is JSON that every origin may read."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import cast
from unicodedata import category
from urllib.parse import parse_qsl, unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response, set_response_etag

from cityplus.api import problems
from cityplus.api.addresses import is_api, is_conversation
from cityplus.languages.accepted import accepted
from cityplus.web import pagecache

LONGEST_QUERY = 4096
METHODS = "GET, HEAD, OPTIONS"
DEPENDS_ON = "Accept, Accept-Language"


class Door:
    """Middleware. Whatever goes wrong further in, also in Django itself, leaves as a problem."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_api(request.path_info):
            return self.get_response(request)
        if is_conversation(request.path_info) and settings.SESSION_COOKIE_NAME in request.COOKIES:
            return _for_oneself(self._answer(request, own=True))
        _forget_who_asks(request)
        return _for_every_origin(self._answer(request, own=False))

    def _answer(self, request: HttpRequest, *, own: bool) -> HttpResponse:
        if request.method == "OPTIONS":
            return _preflight(request)
        if request.method in {"GET", "HEAD"}:
            return refusal(request) or self._read(request, own=own)
        return refusal(request) or _as_problem(self.get_response(request))

    def _read(self, request: HttpRequest, *, own: bool) -> HttpResponse:
        wanted, request.method = request.method, "GET"
        if not own:
            pagecache.depend(request, ",".join(accepted(request.headers.get("Accept-Language", ""))), DEPENDS_ON)
        response = _as_problem(self.get_response(request))
        if response.status_code == HTTPStatus.OK and not response.has_header("ETag"):
            response = _named(request, response)
        request.method = wanted
        if wanted == "HEAD":
            response.headers["Content-Length"] = str(len(response.content))
            response.content = b""
        return response


def refusal(request: HttpRequest) -> HttpResponse | None:
    """The problem of a request that is refused before anything is asked of the database, if it is one."""
    if not accepts_json(request.headers.get("Accept", "")):
        return problems.answer(problems.NOT_ACCEPTABLE)
    wrong = wrong_query(request.META.get("QUERY_STRING", ""))
    return problems.answer(problems.INVALID_QUERY, wrong) if wrong else None


def accepts_json(header: str) -> bool:
    """Whether ``Accept`` takes ``application/json``: the closest of its ranges decides, and none at all takes everything."""
    found = [(-1, 0.0)] if header.strip() else [(0, 1.0)]
    for part in header[:1000].split(","):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        closeness = {"*/*": 0, "application/*": 1, "application/json": 2}.get(kind)
        if closeness is not None:
            weights = [value for name, _, value in (p.partition("=") for p in parameters) if name.strip() == "q"]
            found.append((closeness, _weight(weights[0]) if weights else 1.0))
    return max(found)[1] > 0


def _weight(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return 1.0


def wrong_query(query: str) -> list[tuple[str, str]]:
    """What is wrong with a query whatever is asked: ``(parameter, sentence)`` each."""
    if len(query) > LONGEST_QUERY:
        return [("", f"The query is longer than {LONGEST_QUERY} characters.")]
    try:
        words = unquote_to_bytes(query.encode("latin-1", "replace").replace(b"+", b" ")).decode()
    except UnicodeDecodeError:
        return [("", "The query is not written in UTF-8.")]
    if any(category(letter) == "Cc" for letter in words):
        return [("", "The query has control characters.")]
    names = [name for name, _ in parse_qsl(query, keep_blank_values=True)]
    twice = sorted({name for name in names if names.count(name) > 1})
    return [(name, "This may be said once.") for name in twice]


def _forget_who_asks(request: HttpRequest) -> None:
    """No cookie and no key says who asks: the answer is the same for everybody, and may be kept for everybody."""
    for name in ("HTTP_COOKIE", "HTTP_AUTHORIZATION"):
        request.META.pop(name, None)


def _named(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An answer that is not kept gets a name of its own by its content, and is not sent again to who has it."""
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = DEPENDS_ON
    set_response_etag(response)
    unchanged = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    return cast("HttpResponse", unchanged)


def _preflight(request: HttpRequest) -> HttpResponse:
    try:
        resolve(request.path_info)
    except Resolver404:
        return problems.answer(problems.NOT_FOUND)
    response = HttpResponse(status=HTTPStatus.NO_CONTENT)
    response.headers["Allow"] = METHODS
    response.headers["Access-Control-Allow-Methods"] = METHODS
    response.headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language, If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _as_problem(response: HttpResponse) -> HttpResponse:
    """The answer, or in place of an error that speaks HTML or plain text the problem that it is."""
    fine = response.status_code < HTTPStatus.BAD_REQUEST
    if fine or response.headers.get("Content-Type") == problems.MEDIA_TYPE:
        return response
    problem = problems.of_status(response.status_code)
    if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = response.headers.get("Allow", "")
        problem.headers["Allow"] = f"{allowed}, OPTIONS" if "GET" not in allowed and allowed else _with_head(allowed)
    if "Retry-After" in response.headers:
        problem.headers["Retry-After"] = response.headers["Retry-After"]
    return problem


def _with_head(allowed: str) -> str:
    """What can be read can be asked for without its body, and what else is allowed stays so."""
    more = [method for method in allowed.split(", ") if method not in {"", "GET", "HEAD", "OPTIONS"}]
    return ", ".join([METHODS, *more])


def _for_oneself(response: HttpResponse) -> HttpResponse:
    """An answer to somebody: no cache but the browser's own may have it, and no page of another origin."""
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    response.headers["Vary"] = f"{DEPENDS_ON}, Cookie"
    return response


def _for_every_origin(response: HttpResponse) -> HttpResponse:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "Content-Language, ETag, Link"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    response.headers.setdefault("Vary", DEPENDS_ON)
    return response
