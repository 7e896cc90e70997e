"""Problems: every error of the API is one of these kinds, as ``application/problem+json`` (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

from cityplus.api.addresses import MANUAL
from cityplus.web.addresses import absolute

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """``name`` ends the address of its type, which leads to the manual; ``detail`` is said when nothing closer is known."""

    name: str
    status: HTTPStatus
    title: str
    detail: str

    @property
    def type(self) -> str:
        return absolute(f"{MANUAL}#problem-{self.name}")


NOT_FOUND = Kind(
    "not-found",
    HTTPStatus.NOT_FOUND,
    "Nothing is here",
    "There is nothing at this address, or it is not public. Addresses of the API end without a slash.",
)
INVALID_QUERY = Kind(
    "invalid-query",
    HTTPStatus.BAD_REQUEST,
    "The query cannot be read",
    "A part of the query is unknown, comes twice or has a value that it does not take; “errors” names each.",
)
BAD_REQUEST = Kind(
    "bad-request",
    HTTPStatus.BAD_REQUEST,
    "The request cannot be read",
    "The request is not one that can be understood.",
)
NOT_ALLOWED = Kind(
    "method-not-allowed",
    HTTPStatus.METHOD_NOT_ALLOWED,
    "This cannot be done here",
    "This address can be read, with GET or HEAD; “Allow” names all methods.",
)
NOT_ACCEPTABLE = Kind(
    "not-acceptable",
    HTTPStatus.NOT_ACCEPTABLE,
    "Only JSON is spoken here",
    "The answer is application/json, which the request's “Accept” does not take.",
)
NOT_SIGNED_IN = Kind(
    "not-signed-in",
    HTTPStatus.UNAUTHORIZED,
    "Who are you?",
    "Only who is signed in can ask this: send the cookies of a session along.",
)
NO_VOICE = Kind(
    "no-voice",
    HTTPStatus.FORBIDDEN,
    "You have no profile yet",
    "Make a profile of your own first, or join the team of a city.",
)
FORGED = Kind(
    "forged",
    HTTPStatus.FORBIDDEN,
    "This did not come from you",
    "Send the token of /session along, in the header X-CSRFToken, with the cookie that came with it.",
)
REFUSED = Kind(
    "refused",
    HTTPStatus.FORBIDDEN,
    "You may not do this here",
    "A block stands between you, or whoever posted it does not want it.",
)
INVALID_BODY = Kind(
    "invalid-body",
    HTTPStatus.UNPROCESSABLE_ENTITY,
    "This cannot be taken as it is",
    "A part of what was sent is missing, unknown or has a value that it does not take; “errors” names each.",
)
BROKEN = Kind(
    "broken",
    HTTPStatus.INTERNAL_SERVER_ERROR,
    "Something broke on our side",
    "It has been written down. Please try again later.",
)
KINDS = (
    INVALID_QUERY, NOT_FOUND, NOT_ALLOWED, NOT_ACCEPTABLE, BAD_REQUEST, NOT_SIGNED_IN, NO_VOICE, FORGED, REFUSED, INVALID_BODY, BROKEN,
)  # fmt: skip


class Problem(Exception):
    """Raised wherever an operation cannot go on; ``errors`` names what is wrong in the query, as ``(parameter, sentence)``."""

    def __init__(self, kind: Kind, errors: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(kind.title)
        self.kind = kind
        self.errors = errors


def answer(kind: Kind, errors: Sequence[tuple[str, str]] = ()) -> HttpResponse:
    """The problem as an answer."""
    body: dict[str, Any] = {"type": kind.type, "title": kind.title, "status": kind.status, "detail": kind.detail}
    if errors:
        body["errors"] = [{"parameter": parameter, "detail": detail} for parameter, detail in errors]
    return _respond(body, kind.status)


def of_status(status: int) -> HttpResponse:
    """The problem that an answer of this status is; one without a kind has the plain words of HTTP."""
    kind = next(
        (kind for kind in (NOT_FOUND, BAD_REQUEST, NOT_ALLOWED, NOT_ACCEPTABLE, BROKEN) if kind.status == status), None
    )
    if kind:
        return answer(kind)
    meaning = HTTPStatus(status)
    return _respond(
        {"type": "about:blank", "title": meaning.phrase, "status": status, "detail": meaning.description}, status
    )


def _respond(body: dict[str, Any], status: int) -> HttpResponse:
    response = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "no-cache"
    return response
