from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from cityplus import journal
from cityplus.lib.lifecycle import LifeCycle
from cityplus.organisations.models.delegate import Delegate
from cityplus.organisations.models.organisation import Organisation
from cityplus.organisations.roles import Role
from cityplus.people.models import Person

OPEN_FOR = timedelta(days=14)


class InvitationError(ValueError):
    """An invitation that cannot be sent or answered; the message says why, in the language of the page."""


class Invitation(models.Model):
    """A letter that invites whoever holds it to act for an organisation, with a role. Of its token the database has the hash alone.

    An open one is ``sent``; when its time is over it stays so, and opens no more until it is sent again.
    """

    LIFE = LifeCycle("""
        sent -> sent
        sent -> accepted
        sent -> declined
        sent -> revoked
    """)

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=14, choices=Role)
    language = models.CharField(max_length=10, help_text="UI language of the letter")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the token, in hexadecimal")
    state = models.CharField(max_length=10, choices=LIFE.choices, default=LIFE.first)
    sent_by = models.CharField(max_length=150)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"], condition=Q(state="sent"), name="organisations_one_open_invitation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} as {self.role} of {self.organisation}: {self.state}"

    @classmethod
    def send(cls, organisation: Organisation, email: str, role: str, *, by: str, language: str = "en") -> Invitation:
        """Invite whoever reads the letters of this address. The letter is in the box when the transaction is; the worker sends it.

        Raises:
            InvitationError: an invitation to this address is open, who has the address is a delegate, or the organisation is closed.
            ValueError: there is no such role.
        """
        email = email.strip().lower()
        with transaction.atomic():
            if _lock(organisation.pk).state == "closed":
                raise InvitationError(gettext("This organisation is closed."))
            known = Person.objects.of_address(email)
            if known and Delegate.objects.filter(organisation=organisation, person=known).exists():
                raise InvitationError(gettext("%(email)s is a delegate already.") % {"email": email})
            there = cls.objects.filter(organisation=organisation, email=email, state="sent").first()
            if there and there.is_open:
                raise InvitationError(
                    gettext("%(email)s is invited already; the letter can be sent again.") % {"email": email}
                )
            invitation = there or cls(organisation=organisation, email=email)
            invitation.role, invitation.language = Role(role).value, language
            invitation._post(by)
        return invitation

    @classmethod
    def of_token(cls, token: str) -> Invitation | None:
        """The invitation that a link leads to; none for a token that was replaced or never given."""
        found = cls.objects.select_related("organisation__actor", "organisation__city__actor")
        return found.filter(digest=_digest(token)).first()

    @property
    def is_open(self) -> bool:
        return self.state == "sent" and timezone.now() < self.expires_at

    @property
    def standing(self) -> str:
        """The state, or ``lapsed`` when nobody answered in time."""
        return "lapsed" if self.state == "sent" and not self.is_open else self.state

    def send_again(self, *, by: str) -> None:
        """Write the letter anew, with a new link and its full time; the old link is void.

        Raises:
            LifeCycleError: it was answered or taken back.
        """
        with transaction.atomic():
            invitation = self._locked()
            self.LIFE.check(invitation.state, "sent")
            invitation._post(by)
        self.refresh_from_db()

    def accept(self, person: Person) -> None:
        """Make the person a delegate. Who accepts twice is one once.

        Raises:
            InvitationError: the time is over, somebody else was quicker, or the person is a delegate already.
        """
        with transaction.atomic():
            invitation = self._locked()
            if invitation.state == "accepted" and invitation.accepted_by_id == person.pk:
                return
            invitation._must_be_open()
            if Delegate.objects.filter(organisation=self.organisation_id, person=person).exists():
                raise InvitationError(gettext("“%(name)s” is a delegate already.") % {"name": person.username})
            Delegate.join(invitation.organisation, person, invitation.role, by=person.username)
            invitation._end("accepted", person.username, accepted_by=person)
        self.refresh_from_db()

    def decline(self, *, by: str = "") -> None:
        """Say no. Who holds the letter may, whether they have an account or not.

        Raises:
            InvitationError: it is not open.
        """
        with transaction.atomic():
            invitation = self._locked()
            invitation._must_be_open()
            invitation._end("declined", by)
        self.refresh_from_db()

    def revoke(self, *, by: str) -> None:
        """Take it back; its link is dead at once. Taking back what is taken back does nothing.

        Raises:
            LifeCycleError: it was answered.
        """
        with transaction.atomic():
            invitation = self._locked()
            if invitation.state != "revoked":
                self.LIFE.check(invitation.state, "revoked")
                invitation._end("revoked", by)
        self.refresh_from_db()

    def _locked(self) -> Invitation:
        _lock(self.organisation_id)
        found = Invitation.objects.select_for_update(no_key=True, of=("self",)).select_related("organisation__actor")
        return found.get(pk=self.pk)

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise InvitationError(str(CLOSED[self.standing]))
        if self.organisation.state == "closed":
            raise InvitationError(gettext("This organisation is closed."))

    def _end(self, state: str, by: str, **columns: Any) -> None:
        self.state, self.ended_at = state, timezone.now()
        for name, value in columns.items():
            setattr(self, name, value)
        self.save(update_fields=["state", "ended_at", *columns])
        self._record(state, by)

    def _post(self, by: str) -> None:
        from cityplus.organisations.letters import invite  # noqa: PLC0415 - letters speak of models

        token = secrets.token_urlsafe(32)
        self.digest, self.sent_by, self.sent_at = _digest(token), by, timezone.now()
        self.expires_at = self.sent_at + OPEN_FOR
        self.save()
        self._record("sent", by)
        invite(self, token)

    def _record(self, past: str, by: str) -> None:
        """The journal keeps no e-mail address: it is kept for longer than the invitation matters."""
        journal.record(f"delegation.{past}", self, by=by, quiet=True, role=self.role)


CLOSED = {
    "accepted": gettext_lazy("This invitation was accepted already. A link opens once."),
    "declined": gettext_lazy("This invitation was declined."),
    "revoked": gettext_lazy("This invitation was taken back."),
    "lapsed": gettext_lazy("The time of this invitation is over. Ask for another letter."),
}
"""What is said to who comes with the link of an invitation that is not open."""


def _lock(organisation: int) -> Organisation:
    """The organisation first, as everywhere: two who lock in other orders would wait for each other."""
    journal.queue_up()
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation)


def _digest(token: str) -> str:
    """The token has 256 random bits; nobody finds one by trying, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
