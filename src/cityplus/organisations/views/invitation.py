"""Where the link of an invitation leads. Looking at it changes nothing, for mail filters follow links; buttons do."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cityplus import limits
from cityplus.limits import Limit
from cityplus.organisations.models import CLOSED, Invitation, InvitationError
from cityplus.people import patience
from cityplus.people.arriving import name_is_taken, sign_in_new
from cityplus.people.forms.invited import Invited

LINKS = Limit("invitation links of organisations of a network", 60, 600)


@require_safe
@never_cache
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites to what, and what one can do about it."""
    invitation = _of(request, token)
    if invitation is None or not invitation.is_open:
        return _closed(request, invitation)
    return _page(request, invitation, token)


@require_POST
@never_cache
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Become a delegate with the account that is signed in."""
    invitation = _of(request, token)
    if invitation is None:
        return _closed(request, None)
    if not request.user.is_authenticated:
        return redirect("organisations:invitation", token)
    try:
        invitation.accept(request.user)
    except InvitationError as refusal:
        return _refused(request, invitation, token, refusal)
    return redirect(_workplace(invitation))


@require_POST
@never_cache
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """Say no."""
    invitation = _of(request, token)
    if invitation is None:
        return _closed(request, None)
    try:
        invitation.decline(by=request.user.get_username())
    except InvitationError as refusal:
        return _refused(request, invitation, token, refusal)
    messages.success(request, _("You have declined. Nobody will write to you about it again."))
    return redirect("organisations:invitation", token)


@require_POST
@never_cache
def make_account(request: HttpRequest, token: str) -> HttpResponse:
    """Make an account for the address that the letter reached, and become a delegate with it: both or neither."""
    invitation = _of(request, token)
    if invitation is None or not invitation.is_open:
        return _closed(request, invitation)
    if request.user.is_authenticated or _has_account(invitation.email):
        return redirect("organisations:invitation", token)
    limits.take(patience.SIGN_UP.by(limits.network(request)))
    form = Invited(request.POST, email=invitation.email)
    if not form.is_valid():
        return _page(request, invitation, token, form=form)
    form.hash()
    try:
        with transaction.atomic():
            person = form.join()
            invitation.accept(person)
    except InvitationError as refusal:
        return _refused(request, invitation, token, refusal)
    except IntegrityError:
        form.add_error("username", name_is_taken())
        return _page(request, invitation, token, form=form)
    return sign_in_new(request, person, _workplace(invitation))


def _workplace(invitation: Invitation) -> str:
    return reverse("organisations:work", args=[invitation.organisation.actor.handle])


def _of(request: HttpRequest, token: str) -> Invitation | None:
    """The invitation; what was tried in vain counts against the network."""
    taken = limits.take(LINKS.by(limits.network(request)))
    invitation = Invitation.of_token(token)
    if invitation:
        taken.give_back()
    return invitation


def _has_account(email: str) -> bool:
    return bool(EmailAddress.objects.filter(email=email, verified=True).exists())


def _page(
    request: HttpRequest, invitation: Invitation, token: str, status: int = HTTPStatus.OK, **more: Any
) -> HttpResponse:
    open_form = not request.user.is_authenticated and not _has_account(invitation.email)
    context = {
        "invitation": invitation,
        "organisation": invitation.organisation,
        "token": token,
        "form": Invited(email=invitation.email) if open_form else None,
        **more,
    }
    return _private(render(request, "organisations/invitation.html", context, status=status))


def _refused(request: HttpRequest, invitation: Invitation, token: str, refusal: InvitationError) -> HttpResponse:
    invitation.refresh_from_db()
    if not invitation.is_open:
        return _closed(request, invitation)
    return _page(request, invitation, token, refusal=str(refusal), status=HTTPStatus.CONFLICT)


def _closed(request: HttpRequest, invitation: Invitation | None) -> HttpResponse:
    """One sentence. Who has accepted is shown the way to the workplace."""
    says = (
        CLOSED[invitation.standing] if invitation else _("This link is not valid. Perhaps a newer letter replaced it.")
    )
    mine = invitation and request.user.is_authenticated and invitation.accepted_by_id == request.user.pk
    context = {"says": says, "workplace": _workplace(invitation) if invitation and mine else ""}
    status = HTTPStatus.GONE if invitation else HTTPStatus.NOT_FOUND
    return _private(render(request, "organisations/invitation_closed.html", context, status=status))


def _private(page: HttpResponse) -> HttpResponse:
    """The address holds what opens the invitation: no other site learns it."""
    page.headers["Referrer-Policy"] = "same-origin"
    return page
