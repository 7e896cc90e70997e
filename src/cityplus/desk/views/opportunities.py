"""The opportunities of a city and of its organisations at its desk: looking them over, and following who is interested."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.lib import signs
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.models import Care, Interest, Opportunity
from cityplus.opportunities.showing import value_of
from cityplus.web.paging import page_of

SIZE, WAITING, TALKS = 40, 100, 200


@require_safe
@desk(Right.SEE)
def every(request: HttpRequest, at: Desk) -> HttpResponse:
    """What waits for the city, all there is, and who is interested in what: of its place, or from it."""
    found = Opportunity.objects.filter(city=at.city).for_lists()
    here = Q(opportunity__city=at.city) | Q(organisation__city=at.city)
    talks = Interest.objects.filter(here).spoken().whole().order_by("-moved_at", "-id")[:TALKS]
    cares = {care.interest_id: care for care in Care.objects.filter(city=at.city).select_related("assigned")}
    followed = [(talk, cares.get(talk.pk)) for talk in talks]
    context = {
        "desk": at,
        "waiting": found.filter(state="submitted").order_by("submitted_at", "id")[:WAITING],
        "page": page_of(found, request.GET, ["-changed_at", "-id"], size=SIZE),
        "talks": sorted(followed, key=lambda row: not (row[1] and row[1].asked_at)),  # who asks for help first
    }
    return render(request, "desk/opportunities/list.html", context)


@require_safe
@desk(Right.SEE)
def one(request: HttpRequest, at: Desk, opportunity: int) -> HttpResponse:
    """One of them, whole, with what its host keeps from others; and what the city may say of it."""
    found = _found(at, opportunity)
    return render(request, "desk/opportunities/one.html", {"desk": at, "one": found, "value": value_of(found)})


@require_POST
@desk(Right.REVIEW)
def verdict(request: HttpRequest, at: Desk, opportunity: int) -> HttpResponse:
    """Make it public (``say=public``), or give it back with a reason, also one that is public already."""
    found = _found(at, opportunity)
    try:
        if request.POST.get("say") == "public":
            found.publish(by=at.by)
            messages.success(request, _("It is public now."))
        else:
            found.give_back(signs.lines(request.POST.get("reason", ""))[:2000], by=at.by)
            messages.success(request, _("It is given back; its host reads the reason."))
    except OpportunityError as wrong:
        messages.error(request, str(wrong))
    except LifeCycleError:
        messages.error(
            request, _("It is not where that can be done: somebody else was quicker, perhaps. Look at it again.")
        )
    return redirect("desk:opportunity", at.city.handle, found.pk)


def _found(at: Desk, number: int) -> Opportunity:
    rows = Opportunity.objects.filter(city=at.city).for_lists().prefetch_related("papers")
    return get_object_or_404(rows, pk=number)
