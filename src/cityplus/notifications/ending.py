"""The link at the foot of a digest by which anybody who has the letter ends the digests, without signing in (RFC 8058)."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from cityplus.people.models import Person

_SIGNER = Signer(salt="notifications.ending")


def address(person: Person) -> str:
    """The path; it opens nothing else, and works for as long as the network has its secret."""
    return reverse("notifications:ending", args=[_SIGNER.sign(str(person.pk))])


def person_of(token: str) -> Person | None:
    """Whose digests a link ends; None for one that we did not make, or whose person is gone."""
    try:
        return Person.objects.filter(pk=int(_SIGNER.unsign(token))).first()
    except (BadSignature, ValueError):
        return None
