"""Tickets: what a page says of who presses, signed, so that nobody presses for another or without having been there.

A guest of honour has an **invitation**, a link of their own that may be written into a letter; the page behind it gives a ticket.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

from cityplus.ceremonies.models.guest import Guest

_SALT, _INVITATION = "cityplus.ceremonies.palm", "cityplus.ceremonies.invitation"
LIFE = timedelta(days=2)
"""How long a ticket is good for, from the page that it stands in."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ceremony, how one presses (``screen`` or ``phone``), of a guest of honour the number, and of others the word of the hall, where
    they have it."""

    ceremony: int
    how: str
    guest: int | None = None
    key: str = ""

    def __str__(self) -> str:
        return signing.dumps([self.ceremony, self.how, self.guest or 0, self.key], salt=_SALT)


def read(text: str) -> Ticket:
    """The ticket that was signed.

    Raises:
        ValueError: it was not signed here, or is too old.
    """
    try:
        ceremony, how, guest, key = signing.loads(text, salt=_SALT, max_age=LIFE)
        return Ticket(int(ceremony), str(how), int(guest) or None, str(key))
    except (signing.BadSignature, TypeError) as problem:
        raise ValueError("this is no ticket of ours") from problem


def invitation(guest: Guest) -> str:
    """What stands at the end of a guest's own link, ``/ceremonies/<id>/palm/<invitation>/``. It does not grow old."""
    return signing.Signer(salt=_INVITATION).sign(f"{guest.ceremony_id}-{guest.pk}").replace(":", ".")


def invited(text: str) -> Guest | None:
    """The guest whose invitation this is; nobody when it was not signed here, or the guest is not invited any more."""
    try:
        signed = signing.Signer(salt=_INVITATION).unsign(text.replace(".", ":"))
        ceremony, pk = signed.split("-")
        return Guest.objects.filter(ceremony=int(ceremony), pk=int(pk)).first()
    except (signing.BadSignature, ValueError):
        return None
