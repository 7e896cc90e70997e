"""The letters that people get: what each says, in the language of the person, as text and as plain HTML.

Names and addresses are put in as values and never read as a pattern; whatever stands in them arrives as it was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cityplus.languages import formats
from cityplus.languages.tags import UI_LANGUAGES, tag_of
from cityplus.people.devices import describe
from cityplus.people.models import Letter, Person
from cityplus.web.addresses import absolute

Known = Mapping[str, Any]
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Pattern:
    """One kind of letter. ``link`` is where its one button leads; ``happened`` letters tell of a change that is done, and say
    when, and from where."""

    subject: Words
    says: tuple[Words, ...]
    label: Words = ""
    link: Callable[[Known], str] | None = None
    happened: bool = False


def _confirm(known: Known) -> str:
    return reverse("account_confirm_email", args=[known["key"]])


def _reset(known: Known) -> str:
    return reverse("account_reset_password_from_key", kwargs={"uidb36": known["uid"], "key": known["key"]})


def _ask_for_reset(known: Known) -> str:
    del known
    return reverse("account_reset_password")


_NOT_YOU = _("If this was not you, do nothing: nothing has been changed.")

PATTERNS: dict[str, Pattern] = {
    "account/email/email_confirmation_signup": Pattern(
        _("Is this your e-mail address?"),
        (_("An account of CityPlus was made with this address. Confirm it, and you can sign in."), _NOT_YOU),
        _("Confirm the address"),
        _confirm,
    ),
    "account/email/email_confirmation": Pattern(
        _("Is this your e-mail address?"),
        (_("This address was given for the account “%(name)s” of CityPlus. Confirm that it is yours."), _NOT_YOU),
        _("Confirm the address"),
        _confirm,
    ),
    "account/email/account_already_exists": Pattern(
        _("You have an account already"),
        (
            _("Somebody, probably you, wanted to make an account with this address. There is one already: “%(name)s”."),
            _("If you do not remember the password, choose a new one."),
        ),
        _("Choose a new password"),
        _ask_for_reset,
    ),
    "account/email/password_reset_key": Pattern(
        _("A new password"),
        (
            _("Somebody, probably you, asked for a new password for the account “%(name)s”."),
            _("The link opens once, and for one hour."),
            _NOT_YOU,
        ),
        _("Choose a new password"),
        _reset,
    ),
    "account/email/unknown_account": Pattern(
        _("No account with this address"),
        (
            _("Somebody, probably you, asked for a new password. But no account of CityPlus has this address."),
            _("Perhaps you gave another address when the account was made."),
        ),
    ),
    "account/email/password_reset": Pattern(
        _("Your password was changed"),
        (_("A new password was chosen for “%(name)s” by a link that we sent. Every device was signed out."),),
        happened=True,
    ),
    "account/email/password_changed": Pattern(
        _("Your password was changed"),
        (_("The password of “%(name)s” was changed. Every other device was signed out."),),
        happened=True,
    ),
    "account/email/password_set": Pattern(
        _("Your account has a password now"), (_("A password was chosen for “%(name)s”."),), happened=True
    ),
    "account/email/email_changed": Pattern(
        _("Your e-mail address was changed"),
        (_("Letters for “%(name)s” now go to %(to_email)s and no longer to %(from_email)s."),),
        happened=True,
    ),
    "account/email/email_deleted": Pattern(
        _("An e-mail address was removed"),
        (_("The address %(deleted_email)s no longer belongs to “%(name)s”."),),
        happened=True,
    ),
    "mfa/email/totp_activated": Pattern(
        _("An authenticator app was added"),
        (_("From now on “%(name)s” is opened by a password and a code from the app."),),
        happened=True,
    ),
    "mfa/email/totp_deactivated": Pattern(
        _("The authenticator app was removed"),
        (_("The account “%(name)s” no longer asks for a code from the app."),),
        happened=True,
    ),
    "mfa/email/webauthn_added": Pattern(
        _("A passkey was added"), (_("A passkey was added to “%(name)s”. It opens the account."),), happened=True
    ),
    "mfa/email/webauthn_removed": Pattern(
        _("A passkey was removed"), (_("A passkey was removed from “%(name)s”."),), happened=True
    ),
    "mfa/email/recovery_codes_generated": Pattern(
        _("New recovery codes were made"),
        (_("New recovery codes were made for “%(name)s”. The old ones are void."),),
        happened=True,
    ),
}


def plug(kind: str, pattern: Pattern) -> None:
    """A socket: rooms above add their kinds of letters from ``apps.ready()``; a kind is named ``room/what``."""
    PATTERNS[kind] = pattern


def write(kind: str, address: str, person: Person | None, known: Known, calendar: str = "") -> Letter:
    """Put a letter of this kind into the box, in the language of the person, else in that of the page; an iCalendar may come with it.

    Raises:
        KeyError: there is no such kind.
    """
    subject, text, html = rendered(kind, address, person, known)
    return Letter.post(address, subject, text, html, calendar=calendar)


def rendered(kind: str, address: str, person: Person | None, known: Known) -> tuple[str, str, str]:
    """Subject, text and HTML of such a letter.

    Raises:
        KeyError: there is no such kind.
    """
    pattern = PATTERNS[kind]
    with translation.override(person.language if person else translation.get_language()):
        values = {**known, "name": person.username if person else address}
        says = [words for line in pattern.says if (words := str(line) % values)]
        tag = next(language for language in UI_LANGUAGES if language.code == translation.get_language())
        context = {
            "language": tag,
            "subject": pattern.subject,
            "greeting": translation.gettext("Hello %(name)s,") % values if person else translation.gettext("Hello,"),
            "says": says,
            "label": pattern.label,
            "link": absolute(pattern.link(known)) if pattern.link else "",
            "happened": _circumstances(known) if pattern.happened else "",
            "help": absolute(reverse("account_reset_password")) if pattern.happened else "",
            "home": absolute("/"),
        }
        text, html = (render_to_string(f"people/letter.{kind}", context) for kind in ("txt", "html"))
        return str(pattern.subject), text, html


def _circumstances(known: Known) -> str:
    """When it happened, and on what device: enough to know whether it was oneself."""
    moment = known.get("timestamp") or timezone.now()
    values = {
        "when": f"{formats.day(moment, tag_of(translation.get_language() or 'en'))}, {moment:%H:%M} UTC",
        "device": describe(known.get("user_agent", "")) or translation.gettext("an unknown device"),
        "network": known.get("ip", ""),
    }
    return translation.gettext("%(when)s, %(device)s, from about %(network)s.") % values
