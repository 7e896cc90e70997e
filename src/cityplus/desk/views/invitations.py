"""Invitations into the team: a letter, another one, or taking it back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cityplus.cities.models import Invitation, InvitationError, Member
from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.desk.views.team import DEEDS, team_page
from cityplus.languages.tags import UI_LANGUAGES
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.people import patience

_LONGEST = 254


@require_http_methods(DEEDS)
@desk(Right.TEAM)
def send(request: HttpRequest, at: Desk) -> HttpResponse:
    """Invite whoever reads the letters of an address."""
    if request.method != "POST":
        return redirect("desk:team", at.city.handle)
    typed = {name: request.POST.get(name, "").strip()[: _LONGEST + 1] for name in ("email", "role", "language")}
    if refusal := _wrong(typed):
        return team_page(request, at, status=422, refusal=refusal, typed=typed)
    patience.letter_to(typed["email"])
    try:
        Invitation.send(at.city, typed["email"], typed["role"], by=at.by, language=typed["language"])
    except InvitationError as problem:
        return team_page(request, at, status=409, refusal=str(problem), typed=typed)
    messages.success(request, _("The letter to %(email)s is on its way.") % {"email": typed["email"]})
    return redirect("desk:team", at.city.handle)


@require_POST
@desk(Right.TEAM)
def again(request: HttpRequest, at: Desk, invitation: int) -> HttpResponse:
    """Send the letter once more, with a new link and its full time."""
    found = _invitation(at, invitation)
    patience.letter_to(found.email)
    return _done(request, at, found, lambda: found.send_again(by=at.by), _("A new letter is on its way to %(email)s."))


@require_POST
@desk(Right.TEAM)
def revoke(request: HttpRequest, at: Desk, invitation: int) -> HttpResponse:
    """Take it back; its link is dead at once."""
    found = _invitation(at, invitation)
    return _done(request, at, found, lambda: found.revoke(by=at.by), _("The invitation of %(email)s is taken back."))


def _done(request: HttpRequest, at: Desk, found: Invitation, deed: Callable[[], None], words: str) -> HttpResponse:
    try:
        deed()
    except LifeCycleError:
        found.refresh_from_db()
        known = {"email": found.email, "state": found.standing_words}
        return team_page(request, at, status=409, refusal=_("The invitation of %(email)s: %(state)s.") % known)
    messages.success(request, words % {"email": found.email})
    return redirect("desk:team", at.city.handle)


def _wrong(typed: dict[str, str]) -> str:
    """What is wrong with what was typed; empty when nothing is."""
    try:
        validate_email(typed["email"])
    except ValidationError:
        return _("Write an e-mail address such as name@example.org.")
    if typed["role"] not in Member.Role.values:
        return _("Choose a role.")
    if typed["language"] not in {language.code for language in UI_LANGUAGES}:
        return _("Choose the language of the letter.")
    return ""


def _invitation(at: Desk, number: int) -> Invitation:
    found = at.city.invitations.select_related("city__actor").filter(pk=min(number, 2**63 - 1)).first()
    if found is None:
        raise Http404
    return found
