"""The guests of honour: who they are, in which order they stand, and whose palm is needed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cityplus.ceremonies.models import Ceremony, Guest, NotNow
from cityplus.ceremonies.planning.planner import Planner
from cityplus.ceremonies.planning.texts import languages_of
from cityplus.ceremonies.planning.views import deed, plan_page, refused, shown
from cityplus.languages.text import Text
from cityplus.languages.writing import field, written

MOST = 200


def guests(request: HttpRequest, planner: Planner, ceremony: int) -> HttpResponse:
    """A page for a new guest; invited by POST."""
    return _edit(request, planner, planner.find(ceremony), None)


def guest(request: HttpRequest, planner: Planner, ceremony: int, guest: int) -> HttpResponse:
    """One guest; changed by POST."""
    found = planner.find(ceremony)
    return _edit(request, planner, found, _guest(found, guest))


def place(request: HttpRequest, planner: Planner, ceremony: int, guest: int) -> HttpResponse:
    """Move a guest up or down the order of precedence."""
    places = {"up": -1, "down": 1, "first": -MOST, "last": MOST}.get(request.POST.get("to", ""), 0)
    found = _guest(planner.find(ceremony), guest)
    answer = deed(request, planner, ceremony, lambda _c: found.move(places, by=planner.by))
    if answer.status_code == 302:
        answer["Location"] += f"#guest-{guest}"
    return answer


def removal(request: HttpRequest, planner: Planner, ceremony: int, guest: int) -> HttpResponse:
    """Take a guest off the list."""
    found = _guest(planner.find(ceremony), guest)
    return deed(request, planner, ceremony, lambda _c: found.remove(by=planner.by))


def _guest(ceremony: Ceremony, pk: int) -> Guest:
    found = ceremony.guests.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _edit(request: HttpRequest, planner: Planner, ceremony: Ceremony, known: Guest | None) -> HttpResponse:
    if not planner.may_change(ceremony):
        return refused(request, planner)
    error = ""
    if request.method == "POST":
        try:
            values = _read(request, planner, ceremony, known)
            if known:
                known.change(by=planner.by, **values)
            else:
                Guest.invite(ceremony, by=planner.by, **values)
        except NotNow as refusal:
            return plan_page(request, planner, planner.find(ceremony.pk), refusal=str(refusal), status=409)
        except ValueError as problem:
            error = str(problem)
        else:
            messages.success(request, _("The list of guests is kept."))
            return redirect(planner.address("ceremony", ceremony.pk) + "#guests")
    return _page(request, planner, ceremony, known, error)


def _read(request: HttpRequest, planner: Planner, ceremony: Ceremony, known: Guest | None) -> dict[str, Any]:
    tags = languages_of(ceremony)
    texts = {
        n: written(n, request.POST, getattr(known, n) if known else Text(), tags, planner.by)
        for n in ("names", "title")
    }
    if not texts["names"]:
        raise ValueError(_("Give the name in one language at least."))
    if known is None and ceremony.guests.count() >= MOST:
        raise ValueError(
            _("A ceremony has at most %(most)s guests of honour; others press as the public does.") % {"most": MOST}
        )
    return {**texts, "needed": bool(request.POST.get("needed"))}


def _page(request: HttpRequest, planner: Planner, ceremony: Ceremony, known: Guest | None, error: str) -> HttpResponse:
    tags, data = languages_of(ceremony), request.POST if request.method == "POST" else None
    context = {
        "ceremony": ceremony,
        "guest": known,
        "names": field("names", _("Name"), known.names if known else Text(), tags, data, error=error),
        "title": field("title", _("Title or office"), known.title if known else Text(), tags, data),
        "needed": bool(data.get("needed")) if data is not None else known is None or known.needed,
    }
    return shown(request, planner, "guest", context, status=422 if error else 200)
