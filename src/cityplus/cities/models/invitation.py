from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.cities.models.city import City
from cityplus.cities.models.team import Member
from cityplus.people.models import InvitationError, LetterOfInvitation, Person


class Invitation(LetterOfInvitation):
    """A letter that invites whoever holds it into the team of a city, with a role."""

    SHOWN = ("city__actor", "accepted_by")
    SAYS = {
        "sent": gettext_lazy("waits for an answer"),
        "accepted": gettext_lazy("accepted"),
        "declined": gettext_lazy("declined"),
        "revoked": gettext_lazy("taken back"),
        "lapsed": gettext_lazy("lapsed unanswered"),
    }

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=10, choices=Member.Role)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=150, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "email"], condition=Q(state="sent"), name="cities_one_open_invitation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} as {self.role} of {self.city}: {self.state}"

    @classmethod
    def send(cls, city: City, email: str, role: str, *, by: str, language: str = "en") -> Invitation:
        """Invite whoever reads the letters of this address. The letter is in the box when the transaction is; the worker sends it.

        Raises:
            InvitationError: an invitation to this address is open, or who has the address is in the team.
            ValueError: there is no such role.
        """
        email = email.strip().lower()
        with transaction.atomic():
            City.objects.select_for_update(no_key=True).get(pk=city.pk)
            known = Person.objects.of_address(email)
            if known and Member.objects.filter(city=city, person=known).exists():
                raise InvitationError(gettext("%(email)s is in the team already.") % {"email": email})
            there = Invitation.objects.filter(city=city, email=email, state="sent").first()
            if there and there.is_open:
                raise InvitationError(
                    gettext("%(email)s is invited already; the letter can be sent again.") % {"email": email}
                )
            invitation = there or Invitation(city=city, email=email, made_by=by)
            invitation.role, invitation.language = Member.Role(role).value, language
            invitation._post(by)
        return invitation

    @property
    def host(self) -> Actor:
        return self.city.actor

    @property
    def standing_words(self) -> str:
        return str(self.SAYS[self.standing])

    @property
    def is_first(self) -> bool:
        """Whether it invites the city itself: to its first owner, before the city has said that it comes."""
        return self.role == Member.Role.OWNER and self.city.stage == City.LIFE.first

    def send_again(self, *, by: str) -> None:
        """Write the letter anew, with a new link and its full time; the old link is void.

        Raises:
            LifeCycleError: it was answered or taken back.
        """
        with transaction.atomic():
            invitation = self._step("sent")
            invitation._post(by, again=True)
            self._is_now(invitation)

    def accept(self, person: Person) -> None:
        """Make the person a member of the team. The first owner brings the city from invited to preparing. Who accepts twice is a
        member once.

        Raises:
            InvitationError: the time is over, somebody else was quicker, or the person is in the team already.
        """
        with transaction.atomic():
            invitation = self._locked()
            if invitation.state == "accepted" and invitation.accepted_by_id == person.pk:
                return self._is_now(invitation)
            invitation._must_be_open()
            city = (
                City.objects.select_for_update(of=("self",), no_key=True)
                .select_related("actor")
                .get(pk=invitation.city_id)
            )
            if Member.objects.filter(city=city, person=person).exists():
                raise InvitationError(gettext("“%(name)s” is in this team already.") % {"name": person.username})
            invitation.state, invitation.accepted_by, invitation.accepted_at = "accepted", person, timezone.now()
            invitation.save(update_fields=["state", "accepted_by", "accepted_at"])
            Member.join(city, person, invitation.role, by=person.get_username())
            invitation._record("accepted", person.get_username(), role=invitation.role)
            if invitation.role == Member.Role.OWNER and city.stage == City.LIFE.first:
                city.advance("preparing", by=person.get_username())
            self._is_now(invitation)
            self.city = city

    def decline(self, *, by: str = "") -> None:
        """Say no. Who holds the letter may, whether they have an account or not.

        Raises:
            InvitationError: it is not open.
        """
        with transaction.atomic():
            invitation = self._locked()
            invitation._must_be_open()
            invitation.state, invitation.declined_at = "declined", timezone.now()
            invitation.save(update_fields=["state", "declined_at"])
            invitation._record("declined", by)
            self._is_now(invitation)

    def revoke(self, *, by: str) -> None:
        """Take it back; its link is dead at once. Taking back what is taken back does nothing.

        Raises:
            LifeCycleError: it was answered.
        """
        with transaction.atomic():
            if self._locked().state == "revoked":
                return
            invitation = self._step("revoked")
            invitation.state, invitation.revoked_by, invitation.revoked_at = "revoked", by, timezone.now()
            invitation.save(update_fields=["state", "revoked_by", "revoked_at"])
            invitation._record("revoked", by)
            self._is_now(invitation)

    def _locked(self) -> Invitation:
        # The city first, as everywhere: two who lock in other orders would wait for each other.
        City.objects.select_for_update(no_key=True).get(pk=self.city_id)
        return Invitation.objects.select_for_update(no_key=True).get(pk=self.pk)

    def _step(self, state: str) -> Invitation:
        invitation = self._locked()
        self.LIFE.check(invitation.state, state)
        return invitation

    def _post(self, by: str, **told: Any) -> None:
        from cityplus.cities.letters import invite  # noqa: PLC0415 - letters speak of models

        token = self._renew(by)
        self._record("sent", by, role=self.role, **told)
        invite(self, token)

    def _record(self, past: str, by: str, **told: Any) -> None:
        """The journal keeps no e-mail address: it is read by the whole team, and for longer than the invitation matters."""
        journal.record(f"invitation.{past}", self, handle=self.city.handle, by=by, **told)

    def _is_now(self, other: Invitation) -> None:
        for field in self._meta.concrete_fields:
            setattr(self, field.attname, getattr(other, field.attname))
