from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from cityplus import journal
from cityplus.cities import handing, rights
from cityplus.cities.models.city import City
from cityplus.cities.roles import Role as Roles
from cityplus.people.models import Person


class TeamError(ValueError):
    """What a team does not let happen to it; the message is a sentence for who tried."""


class Member(models.Model):
    """A person who acts for a city, with a role."""

    Role = Roles

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="teams")
    role = models.CharField(max_length=10, choices=Roles)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "person"], name="cities_one_role_each")]

    def __str__(self) -> str:
        return f"{self.person} {self.role} of {self.city}"

    @classmethod
    def join(cls, city: City, person: Person, role: str, *, by: str) -> Member:
        """Take somebody into the team. Who is in it already stays as they are."""
        with transaction.atomic():
            member, new = cls.objects.get_or_create(city=city, person=person, defaults={"role": role})
            if new:
                member._tell("joined", by, role=role)
        return member

    def change(self, role: str, *, by: str) -> None:
        """Give another role. The same one again changes nothing.

        Raises:
            TeamError: they are the last owner, or no longer in the team.
        """
        role = Roles(role).value
        with transaction.atomic():
            member = self._locked()
            if member.role == role:
                return
            if role != Roles.OWNER:
                member._keep_an_owner()
            was, member.role = member.role, role
            member.save(update_fields=["role"])
            member._tell("changed", by, role=role, was=was)
        self.role = role

    def remove(self, *, by: str) -> None:
        """Take somebody out of the team; who does it to themselves leaves. What they wrote stays theirs. Letters by which they
        invited somebody are void, unless they leave by themselves. Who is out of it already is out of it.

        Raises:
            TeamError: they are the last owner.
        """
        with transaction.atomic():
            member = self._lock()
            if member is None:
                return
            member._keep_an_owner()
            member._tell("removed", by, role=member.role)
            member.delete()
            leaver = member.person.get_username()
            for invitation in member.city.invitations.filter(state="sent", sent_by=leaver) if by != leaver else ():
                invitation.revoke(by=by)

    def hand_over(self, *, to: Member, by: str) -> dict[str, int]:
        """Leave one's place to another of the team: they get the role, unless theirs may do more, and the work that waits; what
        was written stays with who wrote it. Returns how many things of each sort went over.

        Raises:
            TeamError: the two are one, not of one team, or there is no role for both below the owner's.
        """
        with transaction.atomic():
            if self.pk == to.pk or self.city_id != to.city_id:
                raise TeamError(_("Hand over to somebody else of the team."))
            member, heir = self._locked(), to._locked()
            was, heir.role = heir.role, self._role_for_both(member, heir)
            heir.save(update_fields=["role"])
            member._keep_an_owner()
            leaver, successor = member.person.get_username(), heir.person.get_username()
            passed = handing.pass_on(member.city, leaver, successor)
            facts = {"to": successor, "became": heir.role, "was": was, "passed": passed}
            member._tell("handed_over", by, role=member.role, **facts)
            member.delete()
        to.role = heir.role
        return passed

    @staticmethod
    def _role_for_both(member: Member, heir: Member) -> str:
        role = rights.least_with(member.role, heir.role)
        if role == Roles.OWNER and Roles.OWNER not in {member.role, heir.role}:
            names = {"one": member.get_role_display(), "other": heir.get_role_display()}
            words = _("No role but the owner’s may do what both may: %(one)s and %(other)s. Change a role first.")
            raise TeamError(words % names)
        return role

    def _lock(self) -> Member | None:
        """As it is now, or None when it is gone, while nobody else changes this team: every verb locks the whole of it first."""
        team = Member.objects.select_for_update(of=("self",), no_key=True).filter(city=self.city_id).order_by("pk")
        return next((one for one in team.select_related("city__actor", "person") if one.pk == self.pk), None)

    def _locked(self) -> Member:
        member = self._lock()
        if member is None:
            raise TeamError(_("This person is no longer in the team."))
        return member

    def _keep_an_owner(self) -> None:
        """An owner whose account is closed cannot keep the team."""
        if self.role == Roles.OWNER:
            owners = Member.objects.filter(city=self.city_id, role=Roles.OWNER, person__is_active=True)
            if not owners.exclude(pk=self.pk).exists():
                raise TeamError(_("A team keeps one owner at least. Make somebody else an owner first."))

    def _tell(self, what: str, by: str, **data: Any) -> None:
        journal.record(
            f"member.{what}", self, handle=self.city.handle, by=by, person=self.person.get_username(), **data
        )
