"""Where the links of invitations lead. Looking at one changes nothing, for mail filters follow links; buttons do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cityplus import limits
from cityplus.limits import Limit
from cityplus.people import patience
from cityplus.people.arriving import name_is_taken, sign_in_new
from cityplus.people.forms.invited import Invited
from cityplus.people.models import CLOSED, InvitationError, LetterOfInvitation, Person

WAYS = ("acceptance", "refusal", "account")


@dataclass(frozen=True, slots=True)
class Links:
    """The links of the invitations of one room, which calls its addresses and templates by its own name: ``<room>:invitation``,
    ``<room>/invitation.html``, ``<room>/invitation_closed.html``.

    ``way_on(invitation)`` is the path where who has accepted goes on. ``tries`` counts links that open nothing, by network.
    """

    room: str
    invitations: type[LetterOfInvitation]
    way_on: Callable[[Any], str]
    tries: Limit

    def paths(self, under: str) -> list[URLPattern]:
        """The addresses, for the room to have among its own."""
        at, (yes, no, new) = f"{under}<slug:token>/", WAYS
        return [
            path(at, never_cache(require_safe(self.show)), name="invitation"),
            path(f"{at}{yes}/", never_cache(require_POST(self.accept)), name=f"invitation-{yes}"),
            path(f"{at}{no}/", never_cache(require_POST(self.decline)), name=f"invitation-{no}"),
            path(f"{at}{new}/", never_cache(require_POST(self.make_account)), name=f"invitation-{new}"),
        ]

    def show(self, request: HttpRequest, token: str) -> HttpResponse:
        """Who invites to what, and what one can do about it."""
        invitation = self._of(request, token)
        if invitation is None or not invitation.is_open:
            return self._closed(request, invitation)
        return self._page(request, invitation, token)

    def accept(self, request: HttpRequest, token: str) -> HttpResponse:
        """Act for the host from now on, with the account that is signed in."""
        invitation = self._of(request, token)
        if invitation is None:
            return self._closed(request, None)
        if not isinstance(request.user, Person):
            return redirect(self._address(token))
        try:
            invitation.accept(request.user)
        except InvitationError as refusal:
            return self._refused(request, invitation, token, refusal)
        return redirect(self.way_on(invitation))

    def decline(self, request: HttpRequest, token: str) -> HttpResponse:
        """Say no."""
        invitation = self._of(request, token)
        if invitation is None:
            return self._closed(request, None)
        try:
            invitation.decline(by=request.user.get_username())
        except InvitationError as refusal:
            return self._refused(request, invitation, token, refusal)
        messages.success(request, _("You have declined. Nobody will write to you about it again."))
        return redirect(self._address(token))

    def make_account(self, request: HttpRequest, token: str) -> HttpResponse:
        """Make an account for the address that the letter reached, and accept with it: both or neither."""
        invitation = self._of(request, token)
        if invitation is None or not invitation.is_open:
            return self._closed(request, invitation)
        if not _may_be_new(request, invitation):
            return redirect(self._address(token))
        limits.take(patience.SIGN_UP.by(limits.network(request)))
        form = Invited(request.POST, email=invitation.email)
        if not form.is_valid():
            return self._page(request, invitation, token, form=form)
        form.hash()
        try:
            with transaction.atomic():
                person = form.join()
                invitation.accept(person)
        except InvitationError as refusal:
            return self._refused(request, invitation, token, refusal)
        except IntegrityError:
            form.add_error("username", name_is_taken())
            return self._page(request, invitation, token, form=form)
        return sign_in_new(request, person, self.way_on(invitation))

    def _of(self, request: HttpRequest, token: str) -> LetterOfInvitation | None:
        """The invitation; what was tried in vain counts against the network."""
        taken = limits.take(self.tries.by(limits.network(request)))
        invitation = self.invitations.of_token(token)
        if invitation:
            taken.give_back()
        return invitation

    def _address(self, token: str, way: str = "") -> str:
        return reverse(f"{self.room}:invitation{way and f'-{way}'}", args=[token])

    def _page(
        self,
        request: HttpRequest,
        invitation: LetterOfInvitation,
        token: str,
        status: int = HTTPStatus.OK,
        **more: Any,
    ) -> HttpResponse:
        context = {
            "invitation": invitation,
            "here": self._address(token),
            "ways": {way: self._address(token, way) for way in WAYS},
            "form": Invited(email=invitation.email) if _may_be_new(request, invitation) else None,
            **more,
        }
        return _private(render(request, f"{self.room}/invitation.html", context, status=status))

    def _refused(
        self, request: HttpRequest, invitation: LetterOfInvitation, token: str, refusal: InvitationError
    ) -> HttpResponse:
        invitation.refresh_from_db()
        if not invitation.is_open:
            return self._closed(request, invitation)
        return self._page(request, invitation, token, refusal=str(refusal), status=HTTPStatus.CONFLICT)

    def _closed(self, request: HttpRequest, invitation: LetterOfInvitation | None) -> HttpResponse:
        """One sentence. Who has accepted is shown the way on."""
        says, way_on = _("This link is not valid. Perhaps a newer letter replaced it."), ""
        if invitation:
            says = str(CLOSED[invitation.standing])
            mine = request.user.is_authenticated and invitation.accepted_by_id == request.user.pk
            way_on = self.way_on(invitation) if mine else ""
        status = HTTPStatus.GONE if invitation else HTTPStatus.NOT_FOUND
        context = {"says": says, "way_on": way_on}
        return _private(render(request, f"{self.room}/invitation_closed.html", context, status=status))


def _may_be_new(request: HttpRequest, invitation: LetterOfInvitation) -> bool:
    """Whether an account can be made for it: nobody is signed in, and nobody has the address."""
    known = EmailAddress.objects.filter(email=invitation.email, verified=True)
    return not request.user.is_authenticated and not known.exists()


def _private(page: HttpResponse) -> HttpResponse:
    """The address holds what opens the invitation: no other site learns it."""
    page.headers["Referrer-Policy"] = "same-origin"
    return page
