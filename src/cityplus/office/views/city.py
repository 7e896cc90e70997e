"""One city as the office sees it: what it waits for, what it has done, and what the office can do."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cityplus import limits
from cityplus.cities import checklist
from cityplus.cities.models import (
    CandidacyError,
    City,
    Invitation,
    InvitationError,
    Member,
    Proof,
    ProofError,
    take_back_ready,
)
from cityplus.office.access import office
from cityplus.office.forms import Owner
from cityplus.office.views.invitations import LETTERS, waiting
from cityplus.people import patience
from cityplus.routes.models import Route

HISTORY = 50


def _city(handle: str) -> City:
    return get_object_or_404(City.objects.select_related("actor"), actor__handle=handle)


@office
@require_safe
def city(request: HttpRequest, handle: str) -> HttpResponse:
    """Its page and routes to be looked at, its checklist, and the next step."""
    return _page(request, _city(handle))


def _page(request: HttpRequest, city: City, **more: Any) -> HttpResponse:
    has_owner = city.team.filter(role=Member.Role.OWNER).exists()
    context = {
        "city": city,
        "items": checklist.of(city),
        "missing": len(checklist.missing(city)),
        "invitation": waiting().filter(city=city).first(),
        "has_owner": has_owner,
        "team": city.team.count(),
        "owner_form": None if has_owner else Owner(),
        "candidacy": city.candidacies.filter(state="asked").first(),
        "candidacies": city.candidacies.exclude(state="asked")[:HISTORY],
        "routes": Route.objects.visible_to(request.user).filter(city=city).order_by("-pk")[:HISTORY],
        "proofs": city.proofs.exclude(state="ended"),
        "steps": city.steps.order_by("-pk")[:HISTORY],
    }
    return render(request, "office/city.html", context | more)


@office
@require_POST
def owner(request: HttpRequest, handle: str) -> HttpResponse:
    """Invite a first owner once more: the one before has declined, or was the wrong one."""
    found = _city(handle)
    form = Owner(request.POST)
    if found.team.filter(role=Member.Role.OWNER).exists():
        messages.error(request, _("The city has an owner; the team invites its members itself."))
    elif not form.is_valid():
        return _page(request, found, owner_form=form)
    else:
        told = form.cleaned_data
        limits.take(LETTERS.by(request.user.pk))
        patience.letter_to(told["email"])
        try:
            by = request.user.get_username()
            Invitation.send(found, told["email"], Member.Role.OWNER, by=by, language=told["letter"])
            messages.success(request, _("A letter is on its way to %(email)s.") % {"email": told["email"]})
        except InvitationError as refusal:
            messages.error(request, str(refusal))
    return redirect("office:city", handle)


@office
@require_POST
def preparation(request: HttpRequest, handle: str) -> HttpResponse:
    """Have a ready city prepare once more, with a reason."""
    try:
        reason = request.POST.get("reason", "")[:4000]
        take_back_ready(_city(handle), by=request.user.get_username(), reason=reason)
        messages.success(request, _("The city prepares once more. The team gets the reason by letter."))
    except CandidacyError as refusal:
        messages.error(request, str(refusal))
    return redirect("office:city", handle)


@office
@require_POST
def voucher(request: HttpRequest, handle: str) -> HttpResponse:
    """Say that the team is official, and how the office knows."""
    try:
        Proof.vouch(_city(handle), by=request.user.get_username(), reason=request.POST.get("reason", "")[:2000])
        messages.success(request, _("The office vouches for the city."))
    except ProofError as refusal:
        messages.error(request, str(refusal))
    return redirect("office:city", handle)


@office
@require_POST
def voucher_end(request: HttpRequest, handle: str) -> HttpResponse:
    """Vouch no longer."""
    for proof in _city(handle).proofs.filter(kind=Proof.Kind.VOUCHED).exclude(state="ended"):
        proof.end(by=request.user.get_username())
    return redirect("office:city", handle)
