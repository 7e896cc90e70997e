from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.languages.text import Text
from cityplus.lib.lifecycle import LifeCycle
from cityplus.moderation.judging import Verdict
from cityplus.moderation.models import Held
from cityplus.opportunities import acting
from cityplus.opportunities.acting import Act
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.models.message import Message, checked
from cityplus.opportunities.models.opportunity import Opportunity
from cityplus.organisations.models import Organisation

HOST, GUEST = SIDES = ("host", "guest")
PATIENCE = timedelta(days=7)
"""How long a side may leave the other without an answer before it is reminded."""


class InterestQuerySet(QuerySet["Interest"]):
    def between(self, person: Any) -> InterestQuerySet:
        """Those in which a person deals for one of the two sides. One in which nothing was said that the other side may read is there
        only for who wrote in it."""
        mine = acting.actors(person, Act.DEAL).values("pk")
        own = Message.objects.filter(author__in=mine).values("interest")
        found = self.filter(Q(opportunity__host__in=mine) | Q(organisation__actor__in=mine))
        return found.filter(Q(pk__in=Message.spoken()) | Q(pk__in=own))

    def spoken(self) -> InterestQuerySet:
        """Those in which something was said."""
        return self.filter(pk__in=Message.spoken())

    def whole(self) -> InterestQuerySet:
        return self.select_related(
            "opportunity__host", "opportunity__city__actor", "organisation__actor", "organisation__city__actor"
        )


class Interest(models.Model):
    """That an organisation, the guest, is interested in an opportunity, and how far each side is with it. It is the two sides' own: the
    desks of their cities know that it is there, and read what is said only where a side asked for their help.

    ``waits_for`` is the side that has yet to answer the other, ``waits_since`` since when, ``reminded_at`` when it was told so.
    ``met_on`` is the day of a meeting from which it came, ``met_at`` the page of the event where that was."""

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
        CLOSED = "closed", pgettext_lazy("state of a conversation", "closed")

    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="interests")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="interests")
    host_state = models.CharField(max_length=7, choices=State, default=LIFE.first)
    guest_state = models.CharField(max_length=7, choices=State, default=LIFE.first)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now, db_index=True)
    waits_for = models.CharField(max_length=5, blank=True, choices=[(side, side) for side in SIDES])
    waits_since = models.DateTimeField(null=True, blank=True, db_index=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    met_on = models.DateField(null=True, blank=True)
    met_at = models.CharField(max_length=300, blank=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "organisation"], name="opportunities_interest_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.opportunity_id} ({self.host_state}, {self.guest_state})"

    def get_absolute_url(self) -> str:
        return reverse("opportunities:interest", args=[self.pk])

    def page_of(self, side: str, part: str = "") -> str:
        """The page of the conversation for who acts for this side; who deals for both is the host there, unless it is named."""
        return f"{self.get_absolute_url()}{'?side=guest' if side == GUEST else ''}{f'#{part}' if part else ''}"

    @classmethod
    def say(cls, opportunity: Opportunity, organisation: Organisation, words: Text, *, by: str) -> Interest:
        """Answer an opportunity. Who has answered already goes on with what there is: the words are one more message.

        Raises:
            OpportunityError: it is not open any more, is the organisation's own, nothing is said, or what is not published here.
        """
        return cls.begin(opportunity, organisation, organisation.actor, words, by=by)

    @classmethod
    def begin(
        cls, opportunity: Opportunity, guest: Organisation, author: Actor, words: Text, *, by: str, **met: Any
    ) -> Interest:
        """The same for either side: a host may write first to an organisation that it has met (``met_on``, ``met_at``). Whoever calls
        this has made sure of it."""
        verdict = checked(words)
        with transaction.atomic():
            row = opportunity.locked()
            if not (row.is_open and row.is_shown):
                raise OpportunityError(_("This is not open any more."))
            if row.host_id == guest.actor_id:
                raise OpportunityError(_("This is your own."))
            interest, new = cls.objects.get_or_create(opportunity=row, organisation=guest, defaults={"by": by, **met})
            if new:
                interest.record("begun", by)
            elif met:
                interest.meet(**met, by=by)
            interest._add(author, words, verdict, by)
        return interest

    def meet(self, *, met_on: date, met_at: str, by: str) -> None:
        """Note that the two sides met on that day; the first day that is noted stays."""
        with transaction.atomic():
            row = self.locked()
            if row.met_on is None or met_on < row.met_on:
                Interest.objects.filter(pk=row.pk).update(met_on=met_on, met_at=met_at)
                row.record("met", by, on=met_on.isoformat())
        self.refresh_from_db(fields=["met_on", "met_at"])

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

    def told_to(self, actor: Actor) -> QuerySet[Message]:
        """What this actor may know that there is: what was said, also what is hidden since, and whatever it wrote itself."""
        there = Q(state__in=Message.TOLD) | Q(author=actor)
        return self.messages.filter(there).select_related("author")

    def write(self, author: Actor, words: Text, *, by: str) -> Message:
        """Say something in the conversation: for a side, or for a city that helps. What a side that was new writes takes it into talk.
        What the filters of the network hold waits for an officer first.

        Raises:
            OpportunityError: nothing is said, too much, or what is not published here.
        """
        verdict = checked(words)
        with transaction.atomic():
            message = self.locked()._add(author, words, verdict, by)
        self.refresh_from_db(fields=["moved_at", "host_state", "guest_state", "waits_for", "waits_since"])
        return message

    def _add(self, author: Actor, words: Text, verdict: Verdict, by: str) -> Message:
        state = "said" if verdict.passes else "held"
        message = Message.objects.create(interest=self, author=author, text=words, by=by, state=state)
        if verdict.passes:
            self.tell(message)
        else:
            self.record("held", by, trail=False, message=message.pk, author=author.pk)
            Held.hold(Message.KIND, message.pk, author, why=verdict.words, excerpt=str(words))
        return message

    def tell(self, message: Message) -> None:
        """Have the others hear of a message, behind the lock: its side is in talk, and the other has to answer."""
        first = not self.messages.filter(state__in=Message.TOLD).exclude(pk=message.pk).exists()
        moved: dict[str, Any] = {"moved_at": timezone.now()}
        for side, other in (SIDES, SIDES[::-1]):
            if self.actor_of(side).pk == message.author_id:
                if not first and self.state_of(side) == "new":
                    moved[f"{side}_state"] = "talk"
                if self.waits_for != other:
                    moved |= {"waits_for": other, "waits_since": timezone.now(), "reminded_at": None}
        Interest.objects.filter(pk=self.pk).update(**moved)
        self.record("said", message.by, message=message.pk, author=message.author_id)

    def move(self, side: str, state: str, *, by: str) -> None:
        """Say how far this side is. Saying what is said already changes nothing. To say so is an answer, and what is closed needs none.

        Raises:
            LifeCycleError: there is no way to that state.
        """
        with transaction.atomic():
            row = self.locked()
            if (was := row.state_of(side)) == state:
                return
            self.LIFE.check(was, state)
            moved: dict[str, Any] = {f"{side}_state": state, "moved_at": timezone.now()}
            if row.waits_for == side or state == "closed":
                moved |= {"waits_for": "", "waits_since": None, "reminded_at": None}
            Interest.objects.filter(pk=row.pk).update(**moved)
            row.record("moved", by, side=side, state=state, was=was)
        self.refresh_from_db(fields=["moved_at", "host_state", "guest_state", "waits_for", "waits_since"])

    def remind(self, now: datetime) -> bool:
        """Have a side told that the other waits for its answer, once until it gives one; whether it was this time."""
        with transaction.atomic():
            row = self.locked()
            if row.waits_since is None or row.reminded_at or row.waits_since > now - PATIENCE:
                return False
            Interest.objects.filter(pk=row.pk).update(reminded_at=now)
            row.record("unanswered", "", side=row.waits_for)
        return True

    def locked(self) -> Interest:
        """The row as it is now, ours until the end of the transaction."""
        journal.queue_up()  # before the row, as in an opportunity
        rows = Interest.objects.select_for_update(of=("self",), no_key=True).whole()
        return rows.get(pk=self.pk)

    def record(self, verb: str, by: str, *, trail: bool = True, **data: Any) -> None:
        """Every entry is quiet: nothing of it is on a page for everybody. In the ``trail`` of the city it says who, and not what; what
        moderation does about a message is not in it."""
        city = self.opportunity.city.actor.handle if trail else ""
        journal.record(f"interest.{verb}", self, handle=city, by=by, quiet=True, **data)
