"""Planning ceremonies at the office; the pages are those of ``ceremonies.planning``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cityplus.ceremonies.planning.planner import Planner
from cityplus.office import trials
from cityplus.office.access import office

View = Callable[..., HttpResponse]


def at_office(view: View, methods: str) -> View:
    """A page of planning as a page of the office."""
    allowed = methods.replace("GET", "GET HEAD").split()

    @office
    @require_http_methods(allowed)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return view(request, planner(request.user.get_username()), **kwargs)

    return wrapped


def planner(by: str) -> Planner:
    """Somebody of the office as one who plans."""
    return Planner(
        by,
        "office/ceremonies.html",
        lambda name, *args: reverse(f"office:{name}", args=args),
        context={"trial": "office/trial.html"},
    )


@office
@require_http_methods(["POST"])
def trial(request: HttpRequest) -> HttpResponse:
    """Begin the rehearsal of a trial, and lead to its console."""
    ceremony = trials.begin(by=request.user.get_username())
    return redirect("ceremonies:console", ceremony.pk)
