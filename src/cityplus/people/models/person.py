from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models, transaction
from django.db.models import Q

from cityplus import journal
from cityplus.languages.tags import UI_LANGUAGES


class PersonManager(UserManager["Person"]):
    def known_as(self, typed: str) -> Person | None:
        """Who is meant by a name or an e-mail address, whatever its case; nobody when that is not one person.

        Databases fold case each in their own way, and some take ``ı`` for ``i``; so what they find is compared once more.
        """
        typed = typed.strip()
        if "@" in typed:
            return self.of_address(typed)
        same = [p for p in self.filter(username__iexact=typed) if p.username.lower() == typed.lower()]
        return same[0] if len(same) == 1 else None

    def of_address(self, address: str) -> Person | None:
        """Whose e-mail address this is: of who confirmed it, else of a new account that has yet to. Somebody who merely added
        it to their account does not have it: nobody could sign up any more whose address another wrote down first."""
        address = address.strip().lower()
        found = EmailAddress.objects.filter(Q(verified=True) | Q(primary=True), email=address).order_by(
            "-verified", "pk"
        )
        row = next((row for row in found.select_related("user") if row.email == address), None)
        return row.user if row else None


class Person(AbstractUser):
    """Somebody who can sign in.

    ``is_staff`` is the network office's: it sees every city. ``is_superuser`` is the operator's: the pages under the
    operator's path. What one may do for a city is a membership of its team. E-mail addresses are rows of their own;
    ``email`` repeats the primary one.
    """

    language = models.CharField(
        max_length=10, choices=[(u.code, u.name) for u in UI_LANGUAGES], default="en", help_text="UI language"
    )

    objects = PersonManager()  # type: ignore[misc]

    def __str__(self) -> str:
        return self.username

    @property
    def nameless(self) -> str:
        """What an account is called that was purged."""
        return f"closed-{self.pk}"

    @classmethod
    def enrol(cls, username: str, email: str, password: str, *, operator: bool = False, office: bool = False) -> Person:
        """Make a person for whom the operator vouches: the e-mail address, if there is one, counts as verified."""
        person = cls(username=username, email=email.lower(), is_staff=office, is_superuser=operator)
        person.set_password(password)  # before the transaction: hashing takes long, and others want to write
        with transaction.atomic():
            person.save()
            if email:
                EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        return person

    @classmethod
    def join(cls, username: str, email: str, hashed: str, language: str, *, verified: bool = False) -> Person:
        """Make an account for somebody who asked for one; it opens once the address is confirmed, or at once when a letter has
        reached it: ``verified``. ``hashed`` is the password."""
        with transaction.atomic():
            person = cls.objects.create(username=username, email=email, password=hashed, language=language)
            EmailAddress.objects.create(user=person, email=email, verified=verified, primary=True)
        return person

    def prefer(self, language: str) -> None:
        """Choose the language of the letters one gets."""
        self.language = language
        self.save(update_fields=["language"])

    def change_password(self, password: str) -> None:
        """Set a password. Every session that was opened with the old one ends."""
        self.set_password(password)
        self.save(update_fields=["password"])

    def unlock(self, *, by: str) -> int:
        """Remove every second key, for somebody who lost them all; returns how many there were."""
        with transaction.atomic():
            removed, _ = Authenticator.objects.filter(user=self).delete()
            if removed:
                journal.record("person.unlocked", self, by=by, keys=removed)
        return removed

    def entitle(self, *, active: bool, office: bool, by: str) -> None:
        """Say whether the account is open, and whether it acts for the network office. A closed one is signed out everywhere
        at its next step, and does not come in again."""
        with transaction.atomic():
            person = Person.objects.select_for_update(no_key=True).get(pk=self.pk)
            if (person.is_active, person.is_staff) == (active, office):
                return
            person.is_active, person.is_staff = active, office
            person.save(update_fields=["is_active", "is_staff"])
            journal.record("person.entitled", person, by=by, active=active, office=office)
        self.is_active, self.is_staff = active, office
