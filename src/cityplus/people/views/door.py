"""Coming in and going out: password, second factor, passkey."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView, LogoutView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from cityplus import limits
from cityplus.people import patience
from cityplus.people.forms.factors import Code, PasskeyFirst, PasskeySecond
from cityplus.people.forms.passwords import SignIn


class SignInView(LoginView):
    """The door. Its form counts tries before it looks at them."""

    template_name = "people/sign_in.html"
    form_class = SignIn

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """``next`` only where it is one of our own pages."""
        context = super().get_context_data(**kwargs)
        return {**context, "next": self.get_next_url() or "", "sign_up_open": settings.CITYPLUS.sign_up}


class SignOutView(LogoutView):
    """Going out is posted: no page elsewhere can sign somebody out by a picture."""

    http_method_names = ["post"]


class SecondFactorView(AuthenticateView):
    """The second factor. It is reached only with a right password in this very session."""

    template_name = "people/second_factor.html"
    form_class = Code
    webauthn_form_class = PasskeySecond


class PasskeyView(LoginWebAuthnView):
    """Sign-in by passkey: the challenge, the same for everybody, and the answer to it."""

    form_class = PasskeyFirst
    http_method_names = ["get", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        limits.take(patience.PASSKEY.by(limits.network(request)))
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return JsonResponse({"request_options": auth.begin_authentication(user=None)})
