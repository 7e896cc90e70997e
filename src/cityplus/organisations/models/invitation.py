from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.organisations.models.delegate import Delegate
from cityplus.organisations.models.organisation import Organisation
from cityplus.organisations.roles import Role
from cityplus.people.models import InvitationError, LetterOfInvitation, Person


class Invitation(LetterOfInvitation):
    """A letter that invites whoever holds it to act for an organisation, with a role."""

    SHOWN = ("organisation__actor", "organisation__city__actor")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=14, choices=Role)
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

    @property
    def host(self) -> Actor:
        return self.organisation.actor

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
        super()._must_be_open()
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

        token = self._renew(by)
        self._record("sent", by)
        invite(self, token)

    def _record(self, past: str, by: str) -> None:
        """The journal keeps no e-mail address: it is kept for longer than the invitation matters."""
        journal.record(f"delegation.{past}", self, by=by, quiet=True, role=self.role)


def _lock(organisation: int) -> Organisation:
    """The organisation first, as everywhere: two who lock in other orders would wait for each other."""
    journal.queue_up()
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation)
