"""Asking who is there once more, before a change that matters."""

from __future__ import annotations

from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeView
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.forms import Form
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from cityplus.people.forms.factors import CodeAgain, PasskeyAgain
from cityplus.people.forms.passwords import PasswordAgain

unkept = method_decorator(never_cache, name="dispatch")


@unkept
class PasswordAgainView(ReauthenticateView):
    template_name = "people/again.html"
    form_class = PasswordAgain


@unkept
class CodeAgainView(CodeView):
    template_name = "people/again.html"
    form_class = CodeAgain


@unkept
class PasskeyAgainView(ReauthenticateWebAuthnView):
    template_name = "people/again.html"
    form_class = PasskeyAgain

    def form_invalid(self, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))
