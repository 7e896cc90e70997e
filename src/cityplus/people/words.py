"""What is said when something went wrong or was done, in place of allauth's own words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_MISMATCH = _("The name and the password do not belong together.")

ERRORS: dict[str, str | Promise] = {
    "account_inactive": _MISMATCH,
    "invalid_login": _MISMATCH,
    "email_password_mismatch": _MISMATCH,
    "username_password_mismatch": _MISMATCH,
    "incorrect_password": _("This is not your password."),
    "enter_current_password": _("This is not your present password."),
    "incorrect_code": _("This code is not right, or was used already."),
    "username_taken": _("This name is taken. Choose another."),
    "username_blacklisted": _("This name is reserved. Choose another."),
    "duplicate_email": _("You have this address already."),
    "max_email_addresses": _("An account has at most %d addresses. Remove one first."),
    "invalid_password_reset": _("This link is not valid. Perhaps it was used already, or is older than an hour."),
    "cannot_remove_primary_email": _("Letters go to this address. Choose another for them first."),
    "unverified_primary_email": _("Confirm this address first."),
}

SECOND_FACTOR_ERRORS: dict[str, str | Promise] = {
    "incorrect_code": ERRORS["incorrect_code"],
    "cannot_generate_recovery_codes": _("Add a passkey or an authenticator app first."),
}

MESSAGES: dict[str, str | Promise] = {
    "account/messages/password_changed.txt": _("Your password is changed. Every other device is signed out."),
    "account/messages/password_set.txt": _("Your account has a password now."),
    "account/messages/email_confirmed.txt": _("The address %(email)s is confirmed."),
    "account/messages/email_confirmation_failed.txt": _("The address %(email)s cannot be confirmed for this account."),
    "account/messages/email_confirmation_sent.txt": _("A letter is on its way to %(email)s."),
    "account/messages/email_deleted.txt": _("The address %(email)s is removed."),
    "account/messages/primary_email_set.txt": _("Letters now go to this address."),
    "account/messages/cannot_delete_primary_email.txt": ERRORS["cannot_remove_primary_email"],
    "account/messages/unverified_primary_email.txt": ERRORS["unverified_primary_email"],
    "mfa/messages/totp_activated.txt": _("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is removed."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("New recovery codes are made. The old ones are void."),
}
