"""A new account for somebody to whom a letter came that asks for one."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.fields import PasswordField
from django import forms
from django.contrib.auth.hashers import make_password
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cityplus.people import promises
from cityplus.people.forms.passwords import bound, dress
from cityplus.people.models import Person


class Invited(forms.Form):
    """A name and a password; the address is the one that the letter reached, and counts as confirmed."""

    username = forms.CharField(
        label=_("Name"),
        help_text=_("2 to 30 small letters, digits, hyphens and underscores. Others see it."),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "maxlength": "30"}
        ),
    )
    password1 = PasswordField(label=_("Password"), help_text=_("At least 10 characters."), autocomplete="new-password")

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)
        bound(self.fields["password1"], 200)
        promises.ask(self)
        self.email, self.hashed = email, ""

    @property
    def promises(self) -> list[forms.BoundField]:
        """What rooms above ask for besides."""
        return promises.asked_in(self)

    def clean_username(self) -> str:
        return str(get_adapter().clean_username(self.cleaned_data["username"]))

    def clean_password1(self) -> str:
        person = Person(username=self.cleaned_data.get("username", ""), email=self.email)
        return str(get_adapter().clean_password(self.cleaned_data["password1"], user=person))

    def hash(self) -> None:
        """Before the transaction, for it takes long."""
        self.hashed = make_password(self.cleaned_data["password1"])

    def join(self) -> Person:
        """Make the account.

        Raises:
            IntegrityError: somebody took the name between the look and the write.
        """
        told = self.cleaned_data
        person = Person.join(told["username"], self.email, self.hashed, get_language() or "en", verified=True)
        promises.keep(person, told)
        return person
