from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cityplus import journal
from cityplus.languages.fields import MultilingualField
from cityplus.languages.text import Text
from cityplus.lib.lifecycle import LifeCycle
from cityplus.opportunities import judged
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.models.interest import Interest
from cityplus.opportunities.models.opportunity import Opportunity
from cityplus.opportunities.models.worth import whole
from cityplus.organisations.models import Organisation

_SAME = ("kind", "on", "value_from", "value_to", "currency", "value_public", "evidence")
"""What two sides that tell the same outcome at one time have in common."""


class OutcomeQuerySet(QuerySet["Outcome"]):
    def standing(self) -> OutcomeQuerySet:
        """What the other side and the desks know of: neither refused nor withdrawn, and not hidden by moderation."""
        return self.filter(state__in=("proposed", "confirmed"), hidden_at=None)

    def counted(self, person: Any) -> OutcomeQuerySet:
        """The confirmed ones that a person may know of: those of opportunities that they may know of, and of guests that are shown."""
        return self.filter(
            state="confirmed",
            hidden_at=None,
            interest__opportunity__in=Opportunity.objects.visible_to(person).values("pk"),
            interest__organisation__in=Organisation.objects.public().values("pk"),
        )

    def of_pair(self, one: str, other: str) -> OutcomeQuerySet:
        """Those between two cities, named by their handles."""
        host, guest = "interest__opportunity__city__actor__handle", "interest__organisation__city__actor__handle"
        between = Q(**{host: one, guest: other}) | Q(**{host: other, guest: one})
        return self.filter(between).exclude(**{host: F(guest)})

    def for_lines(self) -> OutcomeQuerySet:
        """With all that a line shows, in a fixed number of queries."""
        about, guest = "interest__opportunity", "interest__organisation"
        related = (f"{about}__host", f"{about}__city__actor", f"{guest}__actor", f"{guest}__city__actor")
        return self.select_related(*related).prefetch_related(f"{about}__sectors", "proofs")


class Outcome(models.Model):
    """What came of an interest. One side tells it, the other confirms it; what is not confirmed is not counted, and nobody but the two
    sides and the desks of their cities sees it. ``side`` is the one that told it, ``told_by`` the person, who confirms it for neither.
    ``evidence`` is where one can read of it, an address; files may stand beside it; ``words`` may say more."""

    LIFE = LifeCycle("""
        proposed -> confirmed
        proposed -> refused
        proposed -> withdrawn
    """)

    class Kind(models.TextChoices):
        MEMORANDUM = "memorandum", gettext_lazy("memorandum")
        PILOT = "pilot", gettext_lazy("pilot")
        VISIT = "visit", gettext_lazy("visit")
        INVESTMENT = "investment", gettext_lazy("investment")
        ORDER = "order", gettext_lazy("order")

    interest = models.ForeignKey(Interest, on_delete=models.PROTECT, related_name="outcomes")
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=9, choices=LIFE.choices, default=LIFE.first)
    on = models.DateField()
    value_from = models.BigIntegerField(null=True, blank=True)
    value_to = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True, help_text="ISO 4217")
    value_public = models.BooleanField(default=False)
    evidence = models.CharField(max_length=300, blank=True)
    words = MultilingualField()
    side = models.CharField(max_length=5, choices=[("host", "host"), ("guest", "guest")])
    told_by = models.CharField(max_length=150)
    told_at = models.DateTimeField(default=timezone.now)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True, help_text="Since when moderation hides it")

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [whole("opportunities_outcome_value_whole")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.interest_id} ({self.state})"

    @classmethod
    def tell(cls, interest: Interest, side: str, *, by: str, **facts: Any) -> Outcome:
        """Tell what came of it. Where the other side has told the same already, this confirms that; told again by the same side it is
        the same.

        Raises:
            OpportunityError: nothing was said yet, its day is still to come or before anybody was interested, its words are not published
                here, or the same person told it for the other side.
        """
        judged.passed(facts.get("words") or Text(), links=tuple(filter(None, [facts.get("evidence", "")])))
        with transaction.atomic():
            row = interest.locked()
            if not Interest.objects.spoken().filter(pk=row.pk).exists():
                raise OpportunityError(_("Nothing was said yet that the other side can read."))
            _check(row, facts["on"])
            plain = {
                "value_from": None,
                "value_to": None,
                "currency": "",
                "value_public": False,
                "evidence": "",
                **facts,
            }
            same = row.outcomes.filter(**{name: plain[name] for name in _SAME}, state__in=("proposed", "confirmed"))
            if there := same.first():
                if there.side != side and there.state == "proposed":
                    there._confirm(by)
                return there
            outcome = cls.objects.create(interest=row, side=side, told_by=by, **facts)
            outcome.record("told", by, quiet=True)
        return outcome

    def confirm(self, side: str, *, by: str, seen: Collection[int] | None = None) -> None:
        """The other side says that it is so; said twice it is said once. ``seen`` are the numbers of the files that it has looked at.

        Raises:
            OpportunityError: it was told by this side, or by this person; or there is a file that was not seen.
            LifeCycleError: it was refused or withdrawn.
        """
        self._answer("confirmed", side, by, seen=seen)

    def refuse(self, side: str, *, by: str) -> None:
        """The other side says that it is not so."""
        self._answer("refused", side, by)

    def withdraw(self, side: str, *, by: str) -> None:
        """Who told it takes it back, before it is confirmed."""
        self._answer("withdrawn", side, by, own=True)

    def withhold(self, hidden: bool, *, by: str) -> None:
        """Moderation hides what was confirmed, or shows it again: hidden it is counted nowhere. Done twice it is done once."""
        with transaction.atomic():
            row = self.locked()
            if (row.hidden_at is not None) != hidden:
                row.hidden_at = timezone.now() if hidden else None
                row.save(update_fields=["hidden_at"])
                row.record("withheld" if hidden else "restored", by, quiet=False)
        self.refresh_from_db()

    def locked(self) -> Outcome:
        """The row as it is now, behind the lock of its interest, ours until the end of the transaction."""
        self.interest.locked()
        rows = Outcome.objects.select_for_update(of=("self",), no_key=True)
        return rows.select_related("interest__opportunity__city__actor").get(pk=self.pk)

    def check_files(self, side: str) -> None:
        """Raises OpportunityError where it is not this side that keeps files beside it."""
        if self.side != side:
            raise OpportunityError(_("That is for the other side to say."))

    def _answer(
        self, state: str, side: str, by: str, *, own: bool = False, seen: Collection[int] | None = None
    ) -> None:
        with transaction.atomic():
            row = self.locked()
            if (row.side == side) != own:
                raise OpportunityError(_("That is for the other side to say."))
            if (
                seen is not None
                and row.state == "proposed"
                and set(row.proofs.values_list("pk", flat=True)) - set(seen)
            ):
                raise OpportunityError(_("A file came meanwhile. Look at it, and answer then."))
            if row.state != state:
                row._confirm(by) if state == "confirmed" else row._decide(state, by)
        self.refresh_from_db()

    def _confirm(self, by: str) -> None:
        if self.told_by == by:
            raise OpportunityError(_("You told this yourself. Somebody else has to confirm it for the other side."))
        self._decide("confirmed", by)

    def _decide(self, state: str, by: str) -> None:
        self.LIFE.check(self.state, state)
        self.state, self.decided_by, self.decided_at = state, by, timezone.now()
        self.save(update_fields=["state", "decided_by", "decided_at"])
        self.record(state, by, quiet=state != "confirmed")

    def record(self, verb: str, by: str, *, quiet: bool) -> None:
        city = self.interest.opportunity.city.actor.handle
        facts: dict[str, Any] = {"interest": self.interest_id, "kind": self.kind, "side": self.side}
        journal.record(f"outcome.{verb}", self, handle=city, by=by, quiet=quiet, **facts)


def _check(interest: Interest, on: date) -> None:
    first, last = days_of(interest)
    if not first <= on <= last:
        raise OpportunityError(
            _("Choose the day on which it happened: not before the first message, and no day to come.")
        )


def days_of(interest: Interest, now: datetime | None = None) -> tuple[date, date]:
    """The first and the last day on which something can have come of it: by the clocks of both cities and by UTC, since what is
    today in one of them is yesterday in another; from the day on which the two met, where they did before."""
    zones: list[tzinfo] = [UTC, interest.opportunity.city.zone, interest.organisation.city.zone]
    now = now or timezone.now()
    begun = min(interest.at.astimezone(zone).date() for zone in zones)
    return min(begun, interest.met_on or begun), max(now.astimezone(zone).date() for zone in zones)
