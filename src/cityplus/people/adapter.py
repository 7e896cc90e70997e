"""How allauth opens our door: our letters, our words, our limits, our rule of where one may be sent."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from cityplus import limits
from cityplus.people import letters, patience
from cityplus.people.models import Person
from cityplus.people.words import ERRORS, MESSAGES

NAME = RegexValidator(
    r"^[a-z][a-z0-9_-]{1,29}\Z",
    _("A name has 2 to 30 small letters, digits, hyphens and underscores, and begins with a letter."),
)


class Door(DefaultAccountAdapter):
    """What is asked of us while somebody signs up, signs in, or changes how."""

    error_messages = {**DefaultAccountAdapter.error_messages, **ERRORS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.CITYPLUS.sign_up)

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages answer with pages; the one answer in JSON is that for passkeys, and it asks nobody."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """On this host and nowhere else; not on the others that we answer to, for one of them is everybody's own machine."""
        return url_has_allowed_host_and_scheme(url, {self.request.get_host()}, require_https=self.request.is_secure())

    def clean_username(self, username: str, shallow: bool = False) -> str:
        username = username.strip().lower()
        NAME(username)
        return super().clean_username(username, shallow)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """Counts the try first: of those that come together none is let through uncounted."""
        taken = patience.guess_password(request, credentials.get("username") or credentials["email"])
        person: Person | None = super().authenticate(request, **credentials)
        if person:
            taken.give_back()
        return person

    def reauthenticate(self, user: Any, password: str) -> bool:
        return self.authenticate(self.request, username=user.get_username(), password=password) == user

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.account.stages.EmailVerificationStage": "cityplus.people.stages.AddressConfirmed"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """A closed account answers as one that does not exist."""
        messages.error(request, str(ERRORS["invalid_login"]))
        return HttpResponseRedirect(reverse("account_login"))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("people:account")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("account_email" if self.request.user.is_authenticated else "account_login")

    def get_client_ip(self, request: HttpRequest) -> str:
        """About where somebody is: the /24 of an IPv4 address, the /48 of an IPv6 one. We keep no more than that."""
        try:
            address = ip_address(limits.address(request))
        except ValueError:
            return "0.0.0.0"  # noqa: S104 - not listened on: it stands for “unknown”
        return str(ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False).network_address)

    def should_send_confirmation_mail(self, request: HttpRequest, email_address: EmailAddress, signup: bool) -> bool:
        """At sign-in, quietly no more than a few: the letters that came before hold the same link. (Sign-up has counted.)"""
        if signup:
            return True
        try:
            patience.letter_to(email_address.email)
        except limits.TooMany:
            return False
        return True

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        person = context.get("user") or Person.objects.known_as(email)
        letters.write(template_prefix, email, person, context)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """In our words; what the next page says by itself is not said twice."""
        pattern = MESSAGES.get(message_template or "")
        words = message or (str(pattern) % (message_context or {}) if pattern else "")
        if words:
            messages.add_message(request, level, words, extra_tags=extra_tags)
