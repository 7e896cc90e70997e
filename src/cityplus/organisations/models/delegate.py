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
        """Give another role. The same one again changes nothing.

        Raises:
            DelegateError: they are the last owner, or act for it no longer.
        """
        role = Role(role).value
        with transaction.atomic():
            delegate = self._lock()
            if delegate is None:
                raise DelegateError(_("“%(name)s” acts for it no longer.") % {"name": self.person.get_username()})
            if role != delegate.role:
                delegate._keep_an_owner()
                was, delegate.role = delegate.role, role
                delegate.save(update_fields=["role"])
                delegate._tell("changed", by, role=role, was=was)
        self.role = role

    def remove(self, *, by: str) -> None:
        """Take somebody out; who does it to themselves leaves. Letters by which they invited somebody are void, unless they leave by
        themselves. Who is out already is out.

        Raises:
            DelegateError: they are the last owner.
        """
        with transaction.atomic():
            delegate = self._lock()
            if delegate is None:
                return
            delegate._keep_an_owner()
            delegate._tell("removed", by, role=delegate.role)
            delegate.delete()
            leaver = delegate.person.get_username()
            sent = delegate.organisation.invitations.filter(state="sent", sent_by=leaver)
            for invitation in sent if by != leaver else ():
                invitation.revoke(by=by)

    def _lock(self) -> Delegate | None:
        """As it is now, or None when it is gone. Of two who do something at one time, the second sees what the first did."""
        journal.queue_up()  # before the row, in the order in which an organisation changes
        Organisation.objects.select_for_update(no_key=True).get(pk=self.organisation_id)
        return Delegate.objects.select_related("organisation", "person").filter(pk=self.pk).first()

    def _keep_an_owner(self) -> None:
        """An owner whose account is closed cannot keep it. One that is closed itself needs none."""
        if self.role == Role.OWNER and self.organisation.state != "closed":
            owners = Delegate.objects.filter(organisation=self.organisation_id, role=Role.OWNER, person__is_active=True)
            if not owners.exclude(pk=self.pk).exists():
                raise DelegateError(_("An organisation has an owner: make somebody else one first."))

    def _tell(self, verb: str, by: str, **data: Any) -> None:
        journal.record(f"delegate.{verb}", self, by=by, quiet=True, person=self.person.username, **data)
