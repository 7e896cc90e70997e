"""Forms for codes, passkeys and e-mail addresses."""

from __future__ import annotations

import struct
from typing import Any

from allauth.account.forms import AddEmailForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.utils.translation import gettext_lazy as _

from cityplus import limits
from cityplus.limits import TooMany
from cityplus.people import patience
from cityplus.people.forms.passwords import bound, dress
from cityplus.people.models import Person

LARGEST = 64 * 1024
"""Characters of a passkey's answer; with the certificates of a security key it has some thousand."""
NONSENSE = (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError, struct.error)
"""What parsers of the answer raise when it is none. (That it is not right is a ``ValidationError``, and passes.)"""


def spend(person: Person, code: str) -> None:
    """A code is good once, on whichever process and machine it is typed, also when it is typed twice at the same time.

    Raises:
        ValidationError: it was typed before.
    """
    plain = "".join(filter(str.isalnum, code)).lower()
    try:
        limits.take(patience.CODE_ONCE.by(person.pk, plain))
    except TooMany:
        raise get_adapter().validation_error("incorrect_code") from None


class _Code(forms.Form):
    """What forms with a code have in common. The keyboard of a phone shows digits."""

    user: Person

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, code=_("Code"))
        bound(self.fields["code"], 40)
        self.fields["code"].widget.attrs |= {"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"}

    def clean_code(self) -> str:
        taken = patience.guess_code(context.request, self.user)
        spend(self.user, self.cleaned_data["code"])
        code: str = super().clean_code()  # type: ignore[misc]
        taken.give_back()
        return code


class Code(_Code, codes.AuthenticateForm):
    """A code at sign-in: of the app, or a recovery code."""


class CodeAgain(_Code, codes.ReauthenticateForm):
    """A code before a change that matters."""


class FirstCode(_Code, ActivateTOTPForm):
    """The first code of an authenticator app: it proves that the app has the secret."""


class CredentialField(forms.JSONField):
    """What a device answered, before anything looks into it: of a bounded size, and of the shape that it must have."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput)

    def to_python(self, value: Any) -> Any:
        try:
            read = super().to_python(value) if len(str(value)) <= LARGEST else None
        except RecursionError:
            read = None
        if not isinstance(read, dict) or not all(isinstance(read.get(name), str) for name in ("id", "rawId", "type")):
            raise get_adapter().validation_error("incorrect_code")
        return read


class _Passkey(forms.Form):
    """A passkey's answer. With a person known, its tries are counted as codes are."""

    user: Person | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField()

    def clean_credential(self) -> Authenticator:
        taken = patience.guess_code(context.request, self.user) if self.user else None
        try:
            authenticator: Authenticator = super().clean_credential()  # type: ignore[misc]
        except NONSENSE:
            raise get_adapter().validation_error("incorrect_code") from None
        if taken:
            taken.give_back()
        return authenticator


class PasskeySecond(_Passkey, passkeys.AuthenticateWebAuthnForm):
    """A passkey as the second factor at sign-in."""


class PasskeyAgain(_Passkey, passkeys.ReauthenticateWebAuthnForm):
    """A passkey before a change that matters."""


class PasskeyFirst(_Passkey, passkeys.LoginWebAuthnForm):
    """A passkey in place of name and password."""


class NewPasskey(passkeys.AddWebAuthnForm):
    """A passkey as it comes from the device. Ours always open the account by themselves, so each must have checked who holds
    the device (by a PIN, a finger, a face)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]
        self.fields["credential"] = CredentialField()
        dress(self, name=_("Name of the passkey"))
        bound(self.fields["name"], 60)
        self.fields["name"].help_text = _("So that you know it again, such as “phone” or “key ring”.")

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        try:
            return super().clean()
        except NONSENSE:
            raise get_adapter().validation_error("incorrect_code") from None


class RenamePasskey(passkeys.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, name=_("Name of the passkey"))
        bound(self.fields["name"], 60)


class AddAddress(AddEmailForm):
    """One more e-mail address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, email=_("Another e-mail address"))
