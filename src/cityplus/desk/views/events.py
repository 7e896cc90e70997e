"""Planning events at the desk of a city; the pages are those of ``events.planning``."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.events.planning.planner import Planner

View = Callable[..., HttpResponse]


def at_desk(view: View, methods: list[str], rights: dict[str, str]) -> Callable[..., HttpResponseBase]:
    """A page of planning as a page of the desk."""
    first = rights.get("GET") or rights["POST"]
    more = {"POST": Right(rights["POST"])} if "POST" in rights else {}

    @require_http_methods(methods)
    @desk(Right(first), **more)
    def wrapped(request: HttpRequest, at: Desk, **kwargs: Any) -> HttpResponse:
        return view(request, planner(at), **kwargs)

    return wrapped


def planner(at: Desk) -> Planner:
    """Somebody at a desk as one who plans."""
    address, writes = partial(_address, at.city.handle), at.may(Right.WRITE)
    return Planner(at.by, "desk/frame.html", address, at.city.actor, at.city, writes, {"desk": at})


def _address(handle: str, name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=[handle, *args])
