"""Who acts for an organisation, and whom it invites."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cityplus import limits
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.limits import Limit
from cityplus.organisations.access import Workplace, not_yours, workplace
from cityplus.organisations.forms import InvitationForm
from cityplus.organisations.models import Delegate, DelegateError, Invitation, InvitationError
from cityplus.organisations.roles import RIGHTS, SAYS, Right, Role
from cityplus.people import patience

LETTERS = Limit("invitations to organisations by a person", 50, 24 * 3600)
"""A letter of ours has the name of the organisation in it, which anybody may have founded a minute ago."""


@require_http_methods(["GET", "HEAD", "POST"])
@workplace(Right.SEE, POST=Right.TEAM)
def delegates(request: HttpRequest, at: Workplace) -> HttpResponse:
    """Who acts for it, what each role may do, and who is invited; by POST, invite somebody."""
    if request.method != "POST":
        return _page(request, at)
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _page(request, at, form=form, status=422)
    said = form.cleaned_data
    limits.take(LETTERS.by(at.person.pk))
    patience.letter_to(said["email"])
    try:
        Invitation.send(at.organisation, said["email"], said["role"], by=at.by, language=said["language"])
    except InvitationError as refusal:
        form.add_error("email", str(refusal))
        return _page(request, at, form=form, status=409)
    messages.success(request, _("The letter to %(email)s is on its way.") % {"email": said["email"]})
    return _back(at)


@require_POST
@workplace(Right.TEAM)
def role(request: HttpRequest, at: Workplace, delegate: int) -> HttpResponse:
    """Give somebody another role."""
    found, wanted = _delegate(at, delegate), request.POST.get("role", "")
    if wanted not in Role.values:
        messages.error(request, _("Choose a role."))
        return _back(at)
    return _done(request, at, lambda: found.change(wanted, by=at.by), _("The role is another one now."))


@require_POST
@workplace(Right.SEE)
def removal(request: HttpRequest, at: Workplace, delegate: int) -> HttpResponse:
    """Take somebody out, or leave oneself."""
    found = _delegate(at, delegate)
    own = found.person_id == at.person.pk
    if not own and not at.may(Right.TEAM):
        return not_yours(request, at, Right.TEAM)
    try:
        found.remove(by=at.by)
    except DelegateError as refusal:
        messages.error(request, str(refusal))
        return _back(at)
    if own:
        messages.success(request, _("You act for it no longer."))
        return redirect("people:account")
    messages.success(request, _("“%(name)s” acts for it no longer.") % {"name": found.person.get_username()})
    return _back(at)


@require_POST
@workplace(Right.TEAM)
def letter(request: HttpRequest, at: Workplace, invitation: int) -> HttpResponse:
    """Send the letter once more, with a new link and its full time."""
    found = _invitation(at, invitation)
    limits.take(LETTERS.by(at.person.pk))
    patience.letter_to(found.email)
    words = _("A new letter is on its way to %(email)s.") % {"email": found.email}
    return _done(request, at, lambda: found.send_again(by=at.by), words)


@require_POST
@workplace(Right.TEAM)
def revocation(request: HttpRequest, at: Workplace, invitation: int) -> HttpResponse:
    """Take it back; its link is dead at once."""
    found = _invitation(at, invitation)
    words = _("The invitation of %(email)s is taken back.") % {"email": found.email}
    return _done(request, at, lambda: found.revoke(by=at.by), words)


def _done(request: HttpRequest, at: Workplace, deed: Callable[[], None], words: str) -> HttpResponse:
    try:
        deed()
        messages.success(request, words)
    except (DelegateError, InvitationError) as refusal:
        messages.error(request, str(refusal))
    except LifeCycleError:
        messages.error(request, _("It was answered in the meantime."))
    return _back(at)


def _page(
    request: HttpRequest, at: Workplace, *, status: int = 200, form: InvitationForm | None = None
) -> HttpResponse:
    keeps, order = at.may(Right.TEAM), list(Role.values)
    team = sorted(
        at.organisation.delegates.select_related("person"), key=lambda d: (order.index(d.role), d.person.username)
    )
    table = [(says, [right in RIGHTS[role] for role in Role.values]) for right, says in SAYS.items()]
    context: dict[str, Any] = {
        "at": at,
        "organisation": at.organisation,
        "delegates": team,
        "keeps": keeps,
        "choices": Role.choices,
        "roles": [label for _, label in Role.choices],
        "rights": table,
        "form": form or InvitationForm(initial={"language": get_language() or "en"}),
        "invitations": list(at.organisation.invitations.filter(state="sent")) if keeps else [],
    }
    return render(request, "organisations/work/delegates.html", context, status=status)


def _back(at: Workplace) -> HttpResponse:
    return redirect("organisations:work-delegates", at.organisation.actor.handle)


def _delegate(at: Workplace, number: int) -> Delegate:
    found = at.organisation.delegates.select_related("person").filter(pk=min(number, 2**63 - 1)).first()
    if found is None:
        raise Http404
    return found


def _invitation(at: Workplace, number: int) -> Invitation:
    found = at.organisation.invitations.select_related("organisation__actor").filter(pk=min(number, 2**63 - 1)).first()
    if found is None:
        raise Http404
    return found
