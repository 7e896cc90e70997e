"""The addresses of planning, for the desk and for the office: the same below ``…/ceremonies/``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from cityplus.ceremonies.planning import consents, guests, letters, views

View = Callable[..., HttpResponse]

_CEREMONY = "<int:ceremony>/"
_GUEST = f"{_CEREMONY}guests/<int:guest>/"
PAGES: Mapping[str, tuple[str, View, str]] = {
    "ceremonies": ("", views.ceremonies, "GET POST"),
    "ceremony-new": ("new/", views.new, "GET"),
    "ceremony": (_CEREMONY, views.plan, "GET POST"),
    "ceremony-announcement": (f"{_CEREMONY}announcement/", views.announcement, "POST"),
    "ceremony-cancellation": (f"{_CEREMONY}cancellation/", views.cancellation, "POST"),
    "ceremony-pictures": (f"{_CEREMONY}pictures/", views.pictures, "POST"),
    "ceremony-consent": (f"{_CEREMONY}cities/<handle:city>/", consents.consent, "POST"),
    "ceremony-guests": (f"{_CEREMONY}guests/", guests.guests, "GET POST"),
    "ceremony-guest": (_GUEST, guests.guest, "GET POST"),
    "ceremony-guest-place": (f"{_GUEST}place/", guests.place, "POST"),
    "ceremony-guest-removal": (f"{_GUEST}removal/", guests.removal, "POST"),
    "ceremony-tickets": (f"{_CEREMONY}tickets/", letters.tickets, "GET"),
    "ceremony-tickets-sent": (f"{_CEREMONY}tickets/sent/", letters.sent, "POST"),
    "ceremony-tickets-print": (f"{_CEREMONY}tickets.pdf", letters.sheet, "GET"),
}
"""By name: the address, the view, and how it may be asked."""


def addresses(prefix: str, wrap: Callable[[View, str], Any]) -> list[URLPattern]:
    """All of them below a prefix. ``wrap(view, methods)`` makes of ``view(request, planner, …)`` what Django calls: it finds out who
    asks."""
    return [path(f"{prefix}{where}", wrap(view, methods), name=name) for name, (where, view, methods) in PAGES.items()]
