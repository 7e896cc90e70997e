"""The addresses of planning, for desks, workplaces and the office: the same below ``…/events/``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from cityplus.events.planning import afterwards, parts, presenters, registrations, views

View = Callable[..., HttpResponse]

_EVENT = "<int:event>/"
PAGES: Mapping[str, tuple[str, View, str, str]] = {
    "events": ("", views.events, "GET POST", "see write"),
    "event-new": ("new/", views.new, "GET", "write"),
    "event": (_EVENT, views.event, "GET POST", "see write"),
    "event-publication": (f"{_EVENT}publication/", views.publication, "POST", "publish"),
    "event-cancellation": (f"{_EVENT}cancellation/", views.cancellation, "GET POST", "publish publish"),
    "event-organisers": (f"{_EVENT}organisers/", parts.organisers, "POST", "publish"),
    "event-agreement": (f"{_EVENT}organisers/<int:organiser>/", parts.agreement, "POST", "publish"),
    "event-venues": (f"{_EVENT}places/", parts.venue, "GET POST", "see write"),
    "event-venue": (f"{_EVENT}places/<int:venue>/", parts.venue, "GET POST", "see write"),
    "event-venue-removal": (f"{_EVENT}places/<int:venue>/removal/", parts.venue_removal, "POST", "write"),
    "event-sessions": (f"{_EVENT}agenda/", parts.session, "GET POST", "see write"),
    "event-session": (f"{_EVENT}agenda/<int:session>/", parts.session, "GET POST", "see write"),
    "event-session-removal": (f"{_EVENT}agenda/<int:session>/removal/", parts.session_removal, "POST", "write"),
    "event-questions": (f"{_EVENT}questions/", parts.question, "GET POST", "see write"),
    "event-question": (f"{_EVENT}questions/<int:question>/", parts.question, "GET POST", "see write"),
    "event-question-removal": (f"{_EVENT}questions/<int:question>/removal/", parts.question_removal, "POST", "write"),
    "event-presenters": (f"{_EVENT}presenters/", presenters.presenter, "GET POST", "see write"),
    "event-presenter": (f"{_EVENT}presenters/<int:presenter>/", presenters.presenter, "GET POST", "write write"),
    "event-registrations": (f"{_EVENT}registrations/", registrations.registrations, "GET", "write"),
    "event-decision": (f"{_EVENT}registrations/<int:registration>/", registrations.decision, "POST", "write"),
    "event-afterwards": (f"{_EVENT}afterwards/", afterwards.afterwards, "GET POST", "see write"),
    "event-papers": (f"{_EVENT}files/", afterwards.papers, "POST", "write"),
    "event-paper-removal": (f"{_EVENT}files/<int:paper>/removal/", afterwards.paper_removal, "POST", "write"),
}
"""By name: the address, the view, how it may be asked, and the right that each of these ways takes (see, write or publish)."""


def addresses(prefix: str, wrap: Callable[[View, list[str], dict[str, str]], Any]) -> list[URLPattern]:
    """All of them below a prefix. ``wrap(view, methods, rights)`` makes of ``view(request, planner, …)`` what Django calls: it finds out
    who asks; ``rights`` are by method."""
    found = []
    for name, (where, view, methods, rights) in PAGES.items():
        each = dict(zip(methods.split(), rights.split(), strict=True))
        called = wrap(view, methods.replace("GET", "GET HEAD").split(), each)
        # What is exempt looks at the token itself, once it has read its form.
        exempt = getattr(view, "csrf_exempt", False)
        found.append(path(f"{prefix}{where}", csrf_exempt(called) if exempt else called, name=name))
    return found
