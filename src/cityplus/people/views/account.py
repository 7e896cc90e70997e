"""The visitor's own page, its addresses, and the devices that are signed in."""

from __future__ import annotations

from typing import Any

from allauth.account.internal import flows
from allauth.account.models import EmailAddress
from allauth.account.views import EmailView
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cityplus import limits
from cityplus.languages.tags import UI_LANGUAGES
from cityplus.people import devices, patience, sections
from cityplus.people.forms.factors import AddAddress


@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Who is signed in, how the account is kept, and what other rooms have to say to this person."""
    keys = list(Authenticator.objects.filter(user_id=request.user.pk))
    codes = next((key for key in keys if key.type == Authenticator.Type.RECOVERY_CODES), None)
    context = {
        "sections": sections.for_person(request),
        "address": EmailAddress.objects.get_primary(request.user),
        "passkeys": [key for key in keys if key.type == Authenticator.Type.WEBAUTHN],
        "app": next((key for key in keys if key.type == Authenticator.Type.TOTP), None),
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else None,
        "devices": UserSession.objects.filter(user_id=request.user.pk).count(),
        "languages": UI_LANGUAGES,
        "operator_path": settings.CITYPLUS.admin_path if request.user.is_superuser else "",
    }
    return render(request, "people/account.html", context)


@require_POST
@login_required
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of one's letters."""
    chosen = request.POST.get("language", "")
    if chosen not in {known.code for known in UI_LANGUAGES}:
        raise Http404
    request.user.prefer(chosen)  # type: ignore[union-attr]
    messages.success(request, _("Letters will come in this language."))
    return redirect("people:account")


@method_decorator(never_cache, name="dispatch")
class AddressesView(EmailView):
    """One's e-mail addresses: add one, confirm it, let letters go there, remove one."""

    template_name = "people/addresses.html"
    form_class = AddAddress

    def form_valid(self, form: AddAddress) -> HttpResponse:
        flows.reauthentication.raise_if_reauthentication_required(self.request, app="allauth.account")
        limits.take(patience.ADDRESSES.by(self.request.user.pk))
        patience.letter_to(form.cleaned_data["email"])
        answer: HttpResponse = super().form_valid(form)
        return answer

    def _action_send(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse | None:
        address = self._get_email_address(request)
        if address and not address.verified:
            patience.letter_to(address.email)
            super()._action_send(request)
        return None


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """The devices that are signed in. ``POST`` with ``end`` ends one of them by its number, or all ``others``."""
    if not UserSession.objects.filter(session_key=request.session.session_key).exists():
        UserSession.objects.create_from_request(request)
    if request.method == "POST":
        return _end(request)
    listed = UserSession.objects.purge_and_list(request.user)
    shown = [
        {
            "session": session,
            "device": devices.describe(session.user_agent),
            "current": session.session_key == request.session.session_key,
        }
        for session in sorted(listed, key=lambda session: session.last_seen_at, reverse=True)
    ]
    return render(request, "people/sessions.html", {"devices": shown})


def _end(request: HttpRequest) -> HttpResponse:
    """Ends what is one's own; the number of somebody else's device is a number like any other that is not there."""
    which = request.POST.get("end", "")
    own = UserSession.objects.filter(user_id=request.user.pk).exclude(session_key=request.session.session_key)
    if which != "others":
        own = own.filter(pk=int(which)) if which.isdecimal() and len(which) < 19 else own.none()
    ended = list(own)
    if which != "others" and not ended:
        raise Http404
    for session in ended:
        session.end()
    messages.success(request, _("Signed out there."))
    return HttpResponseRedirect(request.path)
