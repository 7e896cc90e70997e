from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class Hello:
    """Answers ``/hello`` before any other middleware: the least that Django's handler can do behind the same door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse("hello") if request.path == "/hello" else self.get_response(request)
