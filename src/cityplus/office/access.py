"""Who comes to the office."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponse]


def office(view: View) -> View:
    """For persons of the network office; others get 404. It stands outermost: what an address takes is not told either."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (request.user.is_authenticated and request.user.is_active and request.user.is_staff):
            raise Http404
        return view(request, *args, **kwargs)

    wrapped.office = True  # type: ignore[attr-defined] # read by the test over all addresses
    return wrapped
