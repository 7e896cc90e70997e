"""What a page answers when somebody did something too often, or when a form did not come from our page."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from cityplus.limits import TooMany

MINUTE = 60


class Patience:
    """Middleware: :class:`~cityplus.limits.TooMany` out of any view becomes a page with 429 and ``Retry-After``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return too_many(request, exception) if isinstance(exception, TooMany) else None


def too_many(request: HttpRequest, refusal: TooMany) -> HttpResponse:
    """The page that says for how long to wait."""
    minutes = -(-refusal.seconds // MINUTE)
    wait = ngettext("Please try again in %(n)s minute.", "Please try again in %(n)s minutes.", minutes) % {"n": minutes}
    page = render(request, "web/too_many.html", {"wait": wait}, status=HTTPStatus.TOO_MANY_REQUESTS)
    page.headers["Retry-After"] = str(refusal.seconds)
    page.headers["Cache-Control"] = "no-store"
    return page


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's ``CSRF_FAILURE_VIEW``: in our look, and without the reason, which helps only whoever forges."""
    del reason
    return render(request, "web/forged.html", status=HTTPStatus.FORBIDDEN)
