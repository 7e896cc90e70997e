"""The organisations of a city: what it is asked to verify, what it vouches for, and its word."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.lib import signs
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.organisations.models import Organisation
from cityplus.organisations.models.organisation import OrganisationQuerySet
from cityplus.web.paging import page_of

SIZE = 50
LONGEST = 2000
"""Characters of a reason."""


@require_safe
@desk(Right.VERIFY)
def listed(request: HttpRequest, at: Desk) -> HttpResponse:
    """What waits for the word of the city, what has waited longest first; then what it has given its word for, a page at a time."""
    known = _known(at)
    context = {
        "desk": at,
        "asked": known.filter(state="asked").for_cards().order_by("asked_at", "pk")[:SIZE],
        "waiting": known.filter(state="asked").count(),
        "page": page_of(known.filter(state="verified").for_cards(), request.GET, ["-pk"], size=SIZE),
    }
    return render(request, "desk/organisations.html", context)


@require_safe
@desk(Right.VERIFY)
def one(request: HttpRequest, at: Desk, organisation: int) -> HttpResponse:
    """All that an organisation says of itself, and who acts for it."""
    return _page(request, at, _found(at, organisation))


@require_POST
@desk(Right.VERIFY)
def verification(request: HttpRequest, at: Desk, organisation: int) -> HttpResponse:
    """Say that it is what it says."""
    found = _found(at, organisation)
    try:
        found.verify(by=at.by, seen=request.POST.get("seen", ""))
        words = _("%(name)s is verified; everybody sees it now.")
        messages.success(request, words % {"name": str(found.actor.names)})
    except LifeCycleError:
        messages.error(request, _meanwhile())
    return redirect("desk:organisations", at.city.handle)


@require_POST
@desk(Right.VERIFY)
def give_back(request: HttpRequest, at: Desk, organisation: int) -> HttpResponse:
    """Give it back with a reason, or take the word of the city back."""
    found, reason = _found(at, organisation), signs.lines(request.POST.get("reason", ""))
    if not 0 < len(reason) <= LONGEST:
        return _page(request, at, found, refusal=_("Say why, in at most 2,000 characters: the organisation reads it."))
    try:
        found.give_back(reason, by=at.by, seen=request.POST.get("seen", ""))
        messages.success(request, _("%(name)s was given back.") % {"name": str(found.actor.names)})
    except LifeCycleError:
        messages.error(request, _meanwhile())
    return redirect("desk:organisations", at.city.handle)


def _page(request: HttpRequest, at: Desk, found: Organisation, refusal: str = "") -> HttpResponse:
    context = {
        "desk": at,
        "organisation": found,
        "delegates": found.delegates.select_related("person").order_by("since", "pk"),
        "seen": request.POST.get("seen", found.turn),
        "refusal": refusal,
        "typed": request.POST.get("reason", ""),
    }
    return render(request, "desk/organisation.html", context, status=422 if refusal else 200)


def _known(at: Desk) -> OrganisationQuerySet:
    """What a team is asked about or vouches for. A draft is not its business, unless it was: that it gave back it may look at."""
    return Organisation.objects.filter(city=at.city).exclude(state="closed").exclude(state="draft", decided_at=None)


def _found(at: Desk, number: int) -> Organisation:
    found = _known(at).for_cards().filter(pk=min(number, 2**63 - 1)).first()
    if found is None:
        raise Http404
    return found


def _meanwhile() -> str:
    return _("It was decided or withdrawn in the meantime.")
