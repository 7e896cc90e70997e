from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.languages.fields import MultilingualField
from cityplus.languages.text import Text
from cityplus.lib.lifecycle import LifeCycle
from cityplus.opportunities import acting
from cityplus.opportunities.acting import Act
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.models.opportunity import Opportunity
from cityplus.organisations.models import Organisation

HOST, GUEST = SIDES = ("host", "guest")
LONGEST = 5000
"""Signs of a message."""


class InterestQuerySet(QuerySet["Interest"]):
    def between(self, person: Any) -> InterestQuerySet:
        """Those in which a person deals for one of the two sides."""
        mine = acting.actors(person, Act.DEAL).values("pk")
        return self.filter(Q(opportunity__host__in=mine) | Q(organisation__actor__in=mine))

    def whole(self) -> InterestQuerySet:
        return self.select_related(
            "opportunity__host", "opportunity__city__actor", "organisation__actor", "organisation__city__actor"
        )


class Interest(models.Model):
    """That an organisation, the guest, is interested in an opportunity, and how far each side is with it. It is the two sides' own: the
    desks of their cities know that it is there, and read what is said only where a side asked for their help."""

    LIFE = LifeCycle("""
        new -> talk -> meeting -> agreed -> closed
        new -> meeting
        talk -> agreed
        new -> closed
        talk -> closed
        meeting -> closed
        meeting -> talk
        agreed -> talk
        closed -> talk
    """)

    class State(models.TextChoices):
        NEW = "new", gettext_lazy("new")
        TALK = "talk", gettext_lazy("in talk")
        MEETING = "meeting", gettext_lazy("meeting")
        AGREED = "agreed", gettext_lazy("agreed")
        CLOSED = "closed", gettext_lazy("closed")

    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="interests")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="interests")
    host_state = models.CharField(max_length=7, choices=State, default=LIFE.first)
    guest_state = models.CharField(max_length=7, choices=State, default=LIFE.first)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "organisation"], name="opportunities_interest_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.opportunity_id} ({self.host_state}, {self.guest_state})"

    def get_absolute_url(self) -> str:
        return reverse("opportunities:interest", args=[self.pk])

    @classmethod
    def say(cls, opportunity: Opportunity, organisation: Organisation, words: Text, *, by: str) -> Interest:
        """Answer an opportunity. Who has answered already goes on with what there is: the words are one more message.

        Raises:
            OpportunityError: it is not open any more, is the organisation's own, or nothing is said.
        """
        with transaction.atomic():
            row = opportunity.locked()
            if not row.is_open:
                raise OpportunityError(_("This is not open any more."))
            if row.host_id == organisation.actor_id:
                raise OpportunityError(_("This is your own."))
            interest, new = cls.objects.get_or_create(opportunity=row, organisation=organisation, defaults={"by": by})
            if new:
                interest.record("begun", by)
            interest.write(organisation.actor, words, by=by)
        return interest

    def actor_of(self, side: str) -> Actor:
        return self.opportunity.host if side == HOST else self.organisation.actor

    def sides_of(self, person: Any) -> list[str]:
        """For which sides a person deals: none, one, or, in a small city, both."""
        mine = set(acting.actors(person, Act.DEAL).values_list("pk", flat=True))
        return [side for side in SIDES if self.actor_of(side).pk in mine]

    def state_of(self, side: str) -> str:
        return self.host_state if side == HOST else self.guest_state

    def ways_of(self, side: str) -> list[tuple[str, str]]:
        """Where a side may go from where it is, with its words."""
        steps = self.LIFE.steps[self.state_of(side)]
        return [(value, str(label)) for value, label in self.State.choices if value in steps]

    def write(self, author: Actor, words: Text, *, by: str) -> Message:
        """Say something in the conversation: for a side, or for a city that helps. What a side that was new writes takes it into talk.

        Raises:
            OpportunityError: nothing is said, or too much.
        """
        said = str(words).strip()
        if not said:
            raise OpportunityError(_("Write something."))
        if len(said) > LONGEST:
            raise OpportunityError(_("A message has at most %(most)s letters.") % {"most": LONGEST})
        with transaction.atomic():
            row = self.locked()
            first = not row.messages.exists()
            message = Message.objects.create(interest=row, author=author, text=words, by=by)
            moved: dict[str, Any] = {"moved_at": message.at}
            for side in SIDES:
                if not first and row.actor_of(side).pk == author.pk and row.state_of(side) == "new":
                    moved[f"{side}_state"] = "talk"
            Interest.objects.filter(pk=row.pk).update(**moved)
            row.record("said", by, message=message.pk, author=author.pk)
        self.refresh_from_db(fields=["moved_at", "host_state", "guest_state"])
        return message

    def move(self, side: str, state: str, *, by: str) -> None:
        """Say how far this side is. Saying what is said already changes nothing.

        Raises:
            LifeCycleError: there is no way to that state.
        """
        with transaction.atomic():
            row = self.locked()
            if (was := row.state_of(side)) == state:
                return
            self.LIFE.check(was, state)
            Interest.objects.filter(pk=row.pk).update(**{f"{side}_state": state, "moved_at": timezone.now()})
            row.record("moved", by, side=side, state=state, was=was)
        self.refresh_from_db(fields=["moved_at", "host_state", "guest_state"])

    def locked(self) -> Interest:
        """The row as it is now, ours until the end of the transaction."""
        journal.queue_up()  # before the row, as in an opportunity
        rows = Interest.objects.select_for_update(of=("self",), no_key=True).whole()
        return rows.get(pk=self.pk)

    def record(self, verb: str, by: str, **data: Any) -> None:
        """Every entry is quiet: nothing of it is on a page for everybody. In the trail of the city it says who, and not what."""
        city = self.opportunity.city.actor.handle
        journal.record(f"interest.{verb}", self, handle=city, by=by, quiet=True, **data)


class Message(models.Model):
    """What one side said to the other, or a city that helps to both."""

    interest = models.ForeignKey(Interest, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    text = MultilingualField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.author_id} in {self.interest_id}"
