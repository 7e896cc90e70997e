"""Deciding what is reported, at the office; the pages are those of ``moderation.queue``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cityplus.moderation.queue.officer import Officer
from cityplus.office.access import office
from cityplus.people.models import Person

View = Callable[..., HttpResponse]


def at_office(view: View, methods: str) -> View:
    """A page of officers as a page of the office."""
    allowed = methods.replace("GET", "GET HEAD").split()

    @office
    @require_http_methods(allowed)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return view(request, officer(cast("Person", request.user)), **kwargs)

    return wrapped


def officer(person: Person) -> Officer:
    """Somebody of the office as one who decides."""
    colleagues = Person.objects.filter(is_staff=True, is_active=True).order_by("username")
    return Officer(person, "office/frame.html", lambda name, *args: reverse(f"office:{name}", args=args), colleagues)
