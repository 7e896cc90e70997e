from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cityplus.cities.models import City, Member
from cityplus.cities.quota import Quota
from cityplus.cities.rights import Right
from cityplus.desk import overview, trail, waiting
from cityplus.desk.access import Desk, desk
from cityplus.journal.models import Entry

RECENT = 8


@require_safe
@never_cache
@login_required
def desks(request: HttpRequest) -> HttpResponse:
    """The desks of a person; who has one alone is led to it."""
    members = list(Member.objects.filter(person=request.user.pk).select_related("city__actor"))
    if not members:
        raise Http404
    if len(members) == 1:
        return redirect("desk:home", members[0].city.handle)
    return render(request, "desk/desks.html", {"members": members})


@require_safe
@desk(Right.SEE)
def home(request: HttpRequest, at: Desk) -> HttpResponse:
    """What waits for this person, how far the city is, and what the others did of late."""
    context: dict[str, Any] = {
        "desk": at,
        "waiting": waiting.for_person(at),
        "groups": overview.groups_of(at.city),
        "quota": Quota.of(at.city),
        "recent": _recent(at.city),
        "launched": at.city.stage in City.PUBLIC,
    }
    return render(request, "desk/home.html", context)


def _recent(city: City) -> list[trail.Line]:
    """What people of the team did last; the whole of it is for who may read the trail."""
    team = city.team.values_list("person__username", flat=True)
    entries = Entry.objects.filter(handle=city.handle, by__in=list(team)).exclude(verb="event.scanned").order_by("-id")
    return trail.told(city, list(entries[:RECENT]))
