"""Forms that ask for a password, or for a new one. What can be guessed at counts the try before it looks."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
    SignupForm,
)
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cityplus import limits
from cityplus.people import patience, promises
from cityplus.people.models import Person


def dress(form: forms.Form, **labels: Any) -> None:
    """Give fields our labels, and take away the placeholders, which vanish when one needs them."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        field.label = labels.get(name, field.label)


def bound(field: forms.Field, length: int) -> None:
    """At most so many characters."""
    field.validators.append(MaxLengthValidator(length))
    field.widget.attrs["maxlength"] = str(length)


class SignIn(LoginForm):
    """A name or an e-mail address, and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, login=_("Name or e-mail"), password=_("Password"))
        bound(self.fields["login"], 254)
        self.fields["login"].widget.attrs |= {
            "autocomplete": "username webauthn",
            "autocapitalize": "none",
            "spellcheck": "false",
        }
        self.fields["password"].help_text = ""


class SignUp(SignupForm):
    """A name, an e-mail address, a password. An address that has an account already is answered as a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, username=_("Name"), email=_("E-mail"), password1=_("Password"))
        self.fields["username"].help_text = _("2 to 30 small letters, digits, hyphens and underscores. Others see it.")
        self.fields["username"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        self.fields["email"].help_text = _("We send a letter there, to confirm it. Others do not see it.")
        self.fields["password1"].help_text = _("At least 10 characters.")
        promises.ask(self)
        self.hashed = ""

    @property
    def promises(self) -> list[forms.BoundField]:
        """What rooms above ask for besides."""
        return promises.asked_in(self)

    def validate_unique_email(self, value: str) -> str:
        self.account_already_exists = Person.objects.of_address(value) is not None
        return value

    def hash(self) -> None:
        """Before the transaction, for it takes long; and for known addresses too."""
        self.hashed = make_password(self.cleaned_data["password1"])

    def save(self, request: HttpRequest) -> Person:
        told = self.cleaned_data
        person = Person.join(told["username"], told["email"], self.hashed, get_language() or "en")
        promises.keep(person, told)
        return person

    def try_save(self, request: HttpRequest) -> tuple[Person | None, HttpResponse | None]:
        if self.account_already_exists:
            self._make_and_take_back(request)
        saved: tuple[Person | None, HttpResponse | None] = super().try_save(request)
        return saved

    def _make_and_take_back(self, request: HttpRequest) -> None:
        """Do for a known address what a new one costs, so that both take the same time."""
        address = self.cleaned_data["email"]
        self.cleaned_data["email"], self.account_already_exists = f"{get_random_string(20)}@example.invalid", False
        with transaction.atomic():
            self.save(request)
            transaction.set_rollback(True)
        self.cleaned_data["email"], self.account_already_exists = address, True


class ChangePassword(ChangePasswordForm):
    """The present password, and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]  # one can look at what one types, and reset what one mistyped
        dress(self, oldpassword=_("Present password"), password1=_("New password"))
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].help_text = _("At least 10 characters.")

    def clean_oldpassword(self) -> str:
        taken = limits.take(patience.OLD_PASSWORD.by(self.user.pk))
        password: str = super().clean_oldpassword()
        taken.give_back()
        return password


class SetPassword(SetPasswordForm):
    """A first password, for an account that was opened by a passkey only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        dress(self, password1=_("New password"))
        self.fields["password1"].help_text = _("At least 10 characters.")


class AskForReset(ResetPasswordForm):
    """The address to which a link goes, if it has an account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, email=_("E-mail"))
        self.users: list[Person] = []

    def clean_email(self) -> str:
        """The letter goes to the address as we have it, never as it was typed."""
        person = Person.objects.of_address(self.cleaned_data["email"])
        self.users = [person] if person and person.is_active else []
        return str(self.cleaned_data["email"]).lower()


class Reset(ResetPasswordKeyForm):
    """A new password, by a link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        dress(self, password1=_("New password"))
        self.fields["password1"].help_text = _("At least 10 characters.")


class PasswordAgain(ReauthenticateForm):
    """One's password, before a change that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, password=_("Password"))
        self.fields["password"].help_text = ""
