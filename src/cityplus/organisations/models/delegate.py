from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from cityplus import journal
from cityplus.organisations.models.organisation import Organisation
from cityplus.organisations.roles import Role
from cityplus.people.models import Person


class DelegateError(ValueError):
    """What an organisation does not let happen to its delegates; the message is a sentence for who tried."""


class Delegate(models.Model):
    """A person who acts for an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="delegates")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="delegations")
    role = models.CharField(max_length=14, choices=Role)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "person"], name="organisations_one_role_each")]

    def __str__(self) -> str:
        return f"{self.person} {self.role} of {self.organisation}"

    @classmethod
    def join(cls, organisation: Organisation, person: Person, role: str, *, by: str) -> Delegate:
        """Take somebody in. Who is in already stays as they are."""
        with transaction.atomic():
            delegate, new = cls.objects.get_or_create(organisation=organisation, person=person, defaults={"role": role})
            if new:
                delegate._tell("joined", by, role=role)
        return delegate

    def change(self, role: str, *, by: str) -> None:
        """Give another role.

        Raises:
            DelegateError: they are the last owner.
        """
        role = Role(role).value
        with transaction.atomic():
            self._lock(stays_owner=role == Role.OWNER)
            Delegate.objects.filter(pk=self.pk).update(role=role)
            self._tell("changed", by, role=role, was=self.role)
        self.role = role

    def remove(self, *, by: str) -> None:
        """Take somebody out; who does it to themselves leaves. Letters by which they invited somebody are void, unless they leave by
        themselves.

        Raises:
            DelegateError: they are the last owner.
        """
        with transaction.atomic():
            self._lock(stays_owner=False)
            self._tell("removed", by, role=self.role)
            self.delete()
            leaver = self.person.get_username()
            for invitation in (
                self.organisation.invitations.filter(state="sent", sent_by=leaver) if by != leaver else ()
            ):
                invitation.revoke(by=by)

    def _lock(self, *, stays_owner: bool) -> None:
        """Of two who do this at one time, the second sees what the first did."""
        journal.queue_up()  # before the row, in the order in which an organisation changes
        Organisation.objects.select_for_update(no_key=True).get(pk=self.organisation_id)
        others = Delegate.objects.filter(organisation=self.organisation_id, role=Role.OWNER).exclude(pk=self.pk)
        if not stays_owner and not others.exists():
            raise DelegateError(_("An organisation has an owner: make somebody else one first."))

    def _tell(self, verb: str, by: str, **data: Any) -> None:
        journal.record(f"delegate.{verb}", self, by=by, quiet=True, person=self.person.username, **data)
