"""Planning ceremonies at the desk of a city; the pages are those of ``ceremonies.planning``."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cityplus.ceremonies.planning.planner import Planner
from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk

View = Callable[..., HttpResponse]


def at_desk(view: View, methods: str) -> Callable[..., HttpResponseBase]:
    """A page of planning as a page of the desk: the team sees it, and who writes changes it, where the kind of ceremony is theirs."""
    allowed = methods.replace("GET", "GET HEAD").split()

    @require_http_methods(allowed)
    @desk(Right.SEE, POST=Right.WRITE)
    def wrapped(request: HttpRequest, at: Desk, **kwargs: Any) -> HttpResponse:
        return view(request, planner(at), **kwargs)

    return wrapped


def planner(at: Desk) -> Planner:
    """Somebody at a desk as one who plans."""
    return Planner(at.by, "desk/frame.html", partial(_address, at.city.handle), at.city, at.role, {"desk": at})


def _address(handle: str, name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=[handle, *args])
