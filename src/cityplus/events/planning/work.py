"""Planning at the workplace of an organisation."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cityplus.events.planning.planner import Planner
from cityplus.organisations.access import FRAME, place
from cityplus.organisations.roles import Right

View = Callable[..., HttpResponse]


def at_work(view: View, methods: list[str], rights: dict[str, str]) -> Callable[..., HttpResponseBase]:
    """A page of planning for the delegates of a verified organisation; for others there is no such page. Who only deals for it
    looks, and who writes for it plans."""

    @require_http_methods(methods)
    @never_cache
    def wrapped(request: HttpRequest, handle: str, **kwargs: Any) -> HttpResponseBase:
        at = place(request.user, handle)
        if at is None or not at.public:
            raise Http404
        writes = at.may(Right.WRITE)
        if not writes and rights["GET" if request.method == "HEAD" else str(request.method)] != "see":
            raise PermissionDenied
        found, address = at.organisation, partial(_address, handle)
        planner = Planner(at.by, FRAME, address, found.actor, found.city, writes, {"organisation": found, "at": at})
        return view(request, planner, **kwargs)

    return wrapped


def _address(handle: str, name: str, *args: object) -> str:
    return reverse(f"events:{name}", args=[handle, *args])
