from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cityplus.cities.models import Member
from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk


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
    """What waits for this person, and how far the city is."""
    return render(request, "desk/home.html", {"desk": at})
