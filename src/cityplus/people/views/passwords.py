"""Passwords: changing one, and getting a new one by a letter."""

from __future__ import annotations

from typing import Any

from allauth.account.views import (
    PasswordChangeView,
    PasswordResetDoneView,
    PasswordResetFromKeyDoneView,
    PasswordResetFromKeyView,
    PasswordResetView,
    PasswordSetView,
)
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from cityplus import limits
from cityplus.people import patience
from cityplus.people.forms.passwords import AskForReset, ChangePassword, Reset, SetPassword

unkept = method_decorator(never_cache, name="dispatch")


@unkept
class ChangePasswordView(PasswordChangeView):
    """Another password. Every other device is signed out by it."""

    template_name = "people/password.html"
    form_class = ChangePassword


@unkept
class SetPasswordView(PasswordSetView):
    """A first password."""

    template_name = "people/password.html"
    form_class = SetPassword


@unkept
class AskForResetView(PasswordResetView):
    """Asking for a link. The answer does not tell whether the address has an account."""

    template_name = "people/reset.html"
    form_class = AskForReset

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        limits.take(patience.RESET.by(limits.network(request)))
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def form_valid(self, form: AskForReset) -> HttpResponse:
        patience.letter_to(form.cleaned_data["email"])
        answer: HttpResponse = super().form_valid(form)
        return answer


@unkept
class ResetSentView(PasswordResetDoneView):
    """The same page for addresses with and without an account."""

    template_name = "people/reset_sent.html"


@unkept
class ResetView(PasswordResetFromKeyView):
    """Where the link leads: once, for an hour, and no longer once the password or the address has changed. The key moves from
    the address into the session at once, so that no page that one goes on to learns it."""

    template_name = "people/reset_new.html"
    form_class = Reset


@unkept
class ResetDoneView(PasswordResetFromKeyDoneView):
    """Nobody is signed in by a reset: a second factor stays one."""

    template_name = "people/reset_done.html"
