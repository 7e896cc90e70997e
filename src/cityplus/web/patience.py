"""What a page answers when somebody did something too often, when too many did something at one time, or when a form did not come from
our page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.db import DatabaseError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, ngettext

from cityplus.limits import TooMany

log = logging.getLogger(__name__)

MINUTE = 60
AGAIN = 30
"""Seconds after which who met a database that was busy may try again."""


class Patience:
    """Middleware: :class:`~cityplus.limits.TooMany` out of any view becomes a page with 429 and ``Retry-After``, and a database that took
    nothing for so many came to it one with 503."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if is_busy(exception):
            log.warning("%s %s: %s", request.method, request.path, exception)
            return busy(request)
        return too_many(request, exception) if isinstance(exception, TooMany) else None


def too_many(request: HttpRequest, refusal: TooMany) -> HttpResponse:
    """The page that says for how long to wait."""
    minutes = -(-refusal.seconds // MINUTE)
    wait = ngettext("Please try again in %(n)s minute.", "Please try again in %(n)s minutes.", minutes) % {"n": minutes}
    page = render(request, "web/too_many.html", {"wait": wait}, status=HTTPStatus.TOO_MANY_REQUESTS)
    page.headers["Retry-After"] = str(refusal.seconds)
    page.headers["Cache-Control"] = "no-store"
    return page


def is_busy(error: Exception) -> bool:
    """Whether the database did not take something in its time, so that the same may go well in a moment; nothing of it was kept. On
    PostgreSQL whatever is wrong with a question itself is another kind of error; SQLite has one for both."""
    if not isinstance(error, OperationalError):
        return False
    return connection.vendor == "postgresql" or "is locked" in str(error)


def busy(request: HttpRequest) -> HttpResponse:
    """The page that says to try again, also where the database is not there to make it."""
    try:
        page = render(request, "web/busy.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
    except DatabaseError:
        words = gettext("Very many people are here at this moment. Please try again in a minute.")
        page = HttpResponse(f"<!doctype html><title>CityPlus</title><h1>{words}</h1>", status=503)
    page.headers["Retry-After"] = str(AGAIN)
    page.headers["Cache-Control"] = "no-store"
    return page


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's ``CSRF_FAILURE_VIEW``: in our look, and without the reason, which helps only whoever forges."""
    del reason
    return render(request, "web/forged.html", status=HTTPStatus.FORBIDDEN)
