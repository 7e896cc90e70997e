from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.desk.editor.gaps import missing
from cityplus.desk.pieces import Piece, piece_of
from cityplus.desk.views.versions import compared
from cityplus.drafts import NotAllowed, NotReady, mark
from cityplus.drafts.moments import moment_of
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.routes.models import Route


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.SEE, POST=Right.PUBLISH)
def publication(request: HttpRequest, at: Desk, piece: str) -> HttpResponse:
    """What publishing would change, and what keeps it back; POST publishes the draft. With ``over`` also over what was changed past it."""
    found = piece_of(at.city, piece)
    if request.method == "POST":
        over = request.POST.get("over") == "yes"
        return _do(request, at, found, lambda: found.draft.publish(by=at.by, over=over), _("It is public now."))
    return _page(request, at, found)


@require_POST
@desk(Right.SEE, POST=Right.PUBLISH)
def schedule(request: HttpRequest, at: Desk, piece: str) -> HttpResponse:
    """Have the draft published at a moment on the city's clocks; none takes that back."""
    found = piece_of(at.city, piece)
    said = request.POST.get("at", "").strip()
    if not said:
        return _do(request, at, found, lambda: found.draft.unschedule(by=at.by), _("It goes out by hand alone now."))
    try:
        moment = moment_of(said, at.city.time_zone)
    except ValueError as problem:
        return _page(request, at, found, problem=str(problem), said=said)
    return _do(request, at, found, lambda: found.draft.schedule(moment, by=at.by), _("It goes out at that moment."))


@require_POST
@desk(Right.SEE, POST=Right.PUBLISH)
def withdrawal(request: HttpRequest, at: Desk, piece: str) -> HttpResponse:
    """Take a route back from the public."""
    found = piece_of(at.city, piece)
    if not isinstance(found.thing, Route):
        return _page(request, at, found, problem=_("The profile of a city cannot be taken back."))
    route = found.thing
    return _do(
        request, at, found, lambda: route.withdraw(by=at.by), _("It is not public any more. Nothing of it is lost.")
    )


@require_POST
@desk(Right.SEE, POST=Right.WRITE)
def disposal(request: HttpRequest, at: Desk, piece: str) -> HttpResponse:
    """Throw the draft away; it stays as a version."""
    found = piece_of(at.city, piece)
    if found.draft.pk:
        found.draft.discard(by=at.by)
        messages.success(request, _("The draft is thrown away. It is kept as a version, should you want it back."))
    return redirect("desk:piece-versions", at.city.handle, piece)


def _do(request: HttpRequest, at: Desk, found: Piece, verb: Callable[[], Any], done: str) -> HttpResponse:
    """Do a verb, and say what became of it."""
    try:
        verb()
    except NotReady as refused:
        if all(not gap.where for gap in refused.gaps):
            return _page(request, at, found, problem=str(refused))
        return _page(request, at, found, problem=_("Something is missing. Nothing was done."))
    except NotAllowed as refused:
        return _page(request, at, found, problem=str(refused))
    except LifeCycleError:
        return _page(request, at, found, problem=_("This cannot be done with it as it is now."))
    messages.success(request, done)
    return redirect("desk:piece-publication", at.city.handle, found.name)


def _page(request: HttpRequest, at: Desk, found: Piece, *, problem: str = "", said: str = "") -> HttpResponse:
    draft = piece_of(at.city, found.name).draft
    public = draft.does.read(draft.subject_id)
    context = {
        "desk": at,
        "piece": found,
        "draft": draft,
        "gaps": missing(found, draft.gaps()),
        "needs_review": draft.does.needs_review(draft.subject_id) and draft.state != "approved",
        "past": bool(draft.pk) and mark(public) != draft.base,
        "differences": compared(found, public, draft.document) if draft.pk else [],
        "is_route": isinstance(found.thing, Route),
        "problem": problem,
        "said": said or _proposed(at.city.time_zone),
        "zone": at.city.time_zone,
    }
    return render(request, "desk/publication.html", context, status=409 if problem else 200)


def _proposed(zone: str) -> str:
    """Tomorrow at nine, on the clocks of the city."""
    tomorrow = timezone.now().astimezone(ZoneInfo(zone)) + timedelta(days=1)
    return tomorrow.replace(hour=9, minute=0).strftime("%Y-%m-%dT%H:%M")
