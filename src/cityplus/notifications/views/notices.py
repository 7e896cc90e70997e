"""One's notices, how many are new, and having read them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cityplus.notifications import bell
from cityplus.notifications import reading as readings
from cityplus.notifications.kinds import kind_of
from cityplus.notifications.models import Notice, Wishes
from cityplus.notifications.push import vapid
from cityplus.people.models import Person
from cityplus.web.paging import Page

_LONGEST = 19


@never_cache
@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Notices, the newest first; ``kind`` shows those of one, ``after`` those behind one."""
    person = _person(request)
    kind = _kind(request.GET.get("kind", ""))
    after = _number(request.GET["after"]) if "after" in request.GET else None
    lines, further = readings.page(person, after=after, kind=kind)
    kept = {"kind": kind} if kind else {}
    first = f"?{urlencode(kept)}" if after is not None else ""
    onward = f"?{urlencode({**kept, 'after': str(further)})}" if further is not None else ""
    pages: Page[Notice] = Page([], first=first, previous="", next=onward)
    context = {
        "lines": lines,
        "page": pages,
        "kind": kind,
        "kinds": [kind_of(name) for name in sorted(readings.kinds_of(person), key=_order)],
        "unread": any(line.group.unread for line in lines),
        "push_key": vapid.public_key(),
        "zone": Wishes.of(person).zone,
        "through": lines[0].group.id if lines else 0,
    }
    return render(request, "notifications/page.html", context)


@never_cache
@require_safe
def count(request: HttpRequest) -> JsonResponse:
    """What the bell says now; nobody hears nothing."""
    if not request.user.is_authenticated:
        raise Http404
    told = bell.of(_person(request))
    return JsonResponse({"count": told.count, "shown": told.shown, "says": told.says})


@require_POST
@login_required
def reading(request: HttpRequest) -> HttpResponse:
    """Mark as read: ``only`` one group, or all ``through`` one (of a ``kind``). Scripts get 204."""
    kind = _kind(request.POST.get("kind", ""))
    only = "only" in request.POST
    through = _number(request.POST.get("only" if only else "through", ""))
    Notice.read(_person(request), through, only=only, kind="" if only else kind)
    if request.headers.get("Sec-Fetch-Mode") == "cors":
        return HttpResponse(status=204)
    return redirect(reverse("notifications:page") + (f"?{urlencode({'kind': kind})}" if kind else ""))


def _person(request: HttpRequest) -> Person:
    person = request.user
    assert isinstance(person, Person)  # noqa: S101 - login_required stands before
    return person


def _kind(asked: str) -> str:
    if asked and kind_of(asked) is None:
        raise Http404
    return asked


def _order(name: str) -> tuple[int, str]:
    kind = kind_of(name)
    return (kind.order if kind else 0, name)


def _number(asked: str) -> int:
    if not (asked.isascii() and asked.isdecimal()) or len(asked) >= _LONGEST:
        raise Http404
    return int(asked)
