"""What is done with notices when an account is closed, and when it is purged."""

from __future__ import annotations

from collections.abc import Collection

from allauth.account.models import EmailAddress

from cityplus.notifications.forgetting import forget_by
from cityplus.notifications.models import Device, Digest, Notice, Wishes
from cityplus.people.models import Letter, Person


def go(person: Person) -> None:
    """From now on nothing is pushed to them, and no digest goes out; :mod:`cityplus.people.away` keeps new ones from being made."""
    Device.objects.filter(person=person).delete()
    # By their heads digests are known among the letters; the others tell of the account itself.
    Letter.objects.filter(to__in=_addresses(person), headers__has_key="List-Unsubscribe").delete()


def forget(person: Person, actors: Collection[int]) -> None:
    """Delete what is kept for a person, and what others were told of these actors."""
    for model in (Device, Digest, Notice, Wishes):
        model.objects.filter(person=person).delete()
    Letter.objects.filter(to__in=_addresses(person)).delete()
    forget_by(actors)


def _addresses(person: Person) -> set[str]:
    return {person.email, *EmailAddress.objects.filter(user=person).values_list("email", flat=True)} - {""}
