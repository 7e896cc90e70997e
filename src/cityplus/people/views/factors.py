"""Second factors: the authenticator app, recovery codes, passkeys."""

from __future__ import annotations

from allauth.mfa.recovery_codes.views import (
    DownloadRecoveryCodesView,
    GenerateRecoveryCodesView,
    ViewRecoveryCodesView,
)
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, ListWebAuthnView, RemoveWebAuthnView
from django.http import HttpRequest
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from cityplus.people.forms.factors import FirstCode, NewPasskey, RenamePasskey

unkept = method_decorator(never_cache, name="dispatch")


@unkept
class AddAppView(ActivateTOTPView):
    template_name = "people/app.html"
    form_class = FirstCode


@unkept
class RemoveAppView(DeactivateTOTPView):
    template_name = "people/app_remove.html"


@unkept
class RecoveryCodesView(ViewRecoveryCodesView):
    template_name = "people/recovery_codes.html"


@unkept
class NewRecoveryCodesView(GenerateRecoveryCodesView):
    template_name = "people/recovery_codes_new.html"


class RecoveryCodesFileView(DownloadRecoveryCodesView):
    template_name = "people/recovery_codes.txt"


@unkept
class PasskeysView(ListWebAuthnView):
    template_name = "people/passkeys.html"


@unkept
class AddPasskeyView(AddWebAuthnView):
    """The options ask the device for a key that it keeps itself and that checks who holds it."""

    template_name = "people/passkey_new.html"
    form_class = NewPasskey
    request: HttpRequest

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context: dict[str, object] = super().get_context_data(**kwargs)
        context["options"] = auth.begin_registration(self.request.user, passwordless=True)
        return context


@unkept
class RenamePasskeyView(EditWebAuthnView):
    template_name = "people/passkey_rename.html"
    form_class = RenamePasskey


@unkept
class RemovePasskeyView(RemoveWebAuthnView):
    template_name = "people/passkey_remove.html"
