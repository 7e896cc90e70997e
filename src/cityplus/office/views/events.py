"""Planning events at the office; the pages are those of ``events.planning``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cityplus.events.planning.planner import Planner
from cityplus.office.access import office

View = Callable[..., HttpResponse]


def at_office(view: View, methods: list[str], rights: dict[str, str]) -> View:
    """A page of planning as a page of the office, which plans for any city and organisation."""
    del rights

    @office
    @require_http_methods(methods)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        by = request.user.get_username()
        return view(
            request,
            Planner(by, "office/events.html", lambda name, *args: reverse(f"office:{name}", args=args)),
            **kwargs,
        )

    return wrapped
