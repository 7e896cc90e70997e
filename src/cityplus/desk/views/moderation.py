"""Deciding what is reported, at the desk of a city; the pages are those of ``moderation.queue``."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cityplus.cities.governed import governors
from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.moderation.queue.officer import Officer

View = Callable[..., HttpResponse]


def at_desk(view: View, methods: str) -> Callable[..., HttpResponseBase]:
    """A page of officers as a page of the desk, for those of the team who govern."""
    allowed = methods.replace("GET", "GET HEAD").split()

    @require_http_methods(allowed)
    @desk(Right.GOVERN)
    def wrapped(request: HttpRequest, at: Desk, **kwargs: Any) -> HttpResponse:
        return view(request, officer(at), **kwargs)

    return wrapped


def officer(at: Desk) -> Officer:
    """Somebody at a desk as one who decides."""
    city = at.city.actor
    return Officer(at.person, "desk/frame.html", partial(_address, at.city.handle), governors(city), city, {"desk": at})


def _address(handle: str, name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=[handle, *args])
