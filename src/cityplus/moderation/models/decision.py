from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.lib.lifecycle import LifeCycle
from cityplus.moderation import policies, subjects, voices
from cityplus.moderation.models.errors import Meanwhile, ModerationError, reason_of
from cityplus.moderation.models.rules import Rule
from cityplus.moderation.models.standing import Standing
from cityplus.moderation.words import PAST, Kind
from cityplus.people.models import Person


@dataclass(frozen=True, slots=True)
class About:
    """What is decided about: a thing by its kind and number, what it is called, and the actor whose it is, if any."""

    kind: str
    number: int
    label: str
    author: Actor | None


class Decision(models.Model):
    """What was decided about a thing and its author, why, by whom, and for whose team (``team`` empty: the network office).

    ``by`` is gone with the account of the officer, ``by_name`` stays. A decision about a city waits as ``proposed`` until a second
    officer agrees. ``lifts`` is the decision that this one takes back.
    """

    LIFE = LifeCycle("""
        proposed -> in_force -> lifted
        proposed -> refused
        in_force -> reversed
        lifted -> reversed
    """)
    SHOWN = ("in_force", "lifted", "reversed")
    """The states in which whom it is about knows of it."""

    kind = models.CharField(max_length=10, choices=Kind)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    label = models.CharField(max_length=200)
    author = models.ForeignKey(Actor, null=True, on_delete=models.SET_NULL, related_name="decisions")
    team = models.ForeignKey(Actor, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions_of_team")
    reason = models.TextField()
    rules = models.ManyToManyField(Rule, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=LIFE.choices, default=LIFE.first)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="decisions_made")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    second = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions_agreed"
    )
    second_name = models.CharField(max_length=150, blank=True)
    second_at = models.DateTimeField(null=True, blank=True)
    second_reason = models.TextField(blank=True)
    lifts = models.OneToOneField("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="lifted_by")

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["author", "state", "-id"], name="moderation_decisions_about"),
            models.Index(fields=["subject_kind", "subject_id", "state"], name="moderation_decisions_of_thing"),
            models.Index(fields=["state", "id"], name="moderation_decisions_waiting"),
            models.Index(fields=["at"], name="moderation_decisions_by_year"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.kind} {self.subject_kind} {self.subject_id}, {self.state}"

    def get_absolute_url(self) -> str:
        """Its page for whom it is about."""
        return reverse("moderation:decision", args=[self.pk])

    @classmethod
    def make(
        cls,
        kind: str,
        about: About,
        *,
        by: Person,
        reason: str,
        rules: Collection[Rule] = (),
        team: Actor | None = None,
        lifts: Decision | None = None,
    ) -> Decision:
        """Decide. The policies have been asked; this writes the decision, has it take effect and tells whom it is about.

        Raises:
            ModerationError: there is no reason.
        """
        with transaction.atomic():
            author = about.author
            waits = policies.needs_second(kind, city=bool(author and author.kind == Actor.Kind.CITY))
            made = cls.objects.create(
                kind=kind,
                subject_kind=about.kind,
                subject_id=about.number,
                label=about.label[:200],
                author=author,
                team=team,
                reason=reason_of(reason),
                state="proposed" if waits else "in_force",
                by=by,
                by_name=by.get_username(),
                at=timezone.now(),
                lifts=lifts,
            )
            made.rules.set(rules)
            if waits:
                made._record("proposed", made.by_name, reason=made.reason, proposal=kind)
            else:
                made._begin(made.by_name)
        return made

    @classmethod
    def about_actor(cls, actor: Actor, kind: str, *, by: Person, reason: str, rules: Collection[Rule] = ()) -> Decision:
        """The office decides about an actor that nobody reported.

        Raises:
            ModerationError: there is no reason, or this officer may not decide so.
        """
        from cityplus.moderation.reported import ACTOR, thing_of  # noqa: PLC0415 - it looks at models

        case = policies.Case(office=True, own=actor.pk in voices.actors_of(by), hides=False)
        if kind == "dismiss" or not policies.may_decide(case, kind):
            raise ModerationError(gettext("You may not decide this so."))
        about = About(ACTOR, actor.pk, thing_of(actor).label, actor)
        return cls.make(kind, about, by=by, reason=reason, rules=rules)

    @property
    def until(self) -> datetime:
        """The last moment at which it may be appealed."""
        return (self.second_at or self.at) + timedelta(days=settings.CITYPLUS.appeal_days)

    @property
    def can_be_appealed(self) -> bool:
        """Whether whom it is about may still ask for another decision."""
        appealed = getattr(self, "appeal", None) is not None
        return self.kind not in {"dismiss", "lift"} and self._stands and not appealed and timezone.now() <= self.until

    @property
    def _stands(self) -> bool:
        return self.state in {"in_force", "lifted"}

    def approve(self, *, by: Person) -> None:
        """A second officer agrees: it is in force.

        Raises:
            Meanwhile: it no longer waits.
            ModerationError: this is who proposed it, or somebody who speaks for the city.
        """
        with transaction.atomic():
            decision = self._agreeing(by)
            decision._step("in_force")
            decision.second, decision.second_name, decision.second_at = by, by.get_username(), timezone.now()
            decision.save(update_fields=["second", "second_name", "second_at"])
            decision._begin(by.get_username())
            for report in decision.reports.select_for_update():
                report.close(decision)
        self.refresh_from_db()

    def refuse(self, *, by: Person, reason: str) -> None:
        """A second officer does not agree: nothing happens, and the reports about it are open again.

        Raises:
            Meanwhile: it no longer waits.
            ModerationError: as for approving, or there is no reason.
        """
        with transaction.atomic():
            decision = self._agreeing(by)
            decision._step("refused")
            decision.second, decision.second_name, decision.second_at = by, by.get_username(), timezone.now()
            decision.second_reason = reason_of(reason)
            decision.save(update_fields=["second", "second_name", "second_at", "second_reason"])
            decision.reports.update(decision=None)
            decision._record("refused", by.get_username(), reason=decision.second_reason)
        self.refresh_from_db()

    def lift(self, *, by: Person, reason: str, team: Actor | None = None) -> Decision:
        """Take it back, with a reason; whom it was about is told.

        Raises:
            Meanwhile: it is no longer in force.
            ModerationError: this officer may not, or there is no reason.
        """
        with transaction.atomic():
            decision = self._locked()
            if decision.state != "in_force":
                raise Meanwhile
            own = decision.author_id is not None and decision.author_id in voices.actors_of(by)
            theirs = team is not None and decision.team_id == team.pk
            if not policies.may_lift(decision.kind, decision.state, office=team is None, own=own, theirs=theirs):
                raise ModerationError(gettext("You may not decide this so."))
            decision._step("lifted")
            decision.undo(by=by.get_username())
            about = About(decision.subject_kind, decision.subject_id, decision.label, decision.author)
            lifting = Decision.make("lift", about, by=by, reason=reason, team=team, lifts=decision)
        self.refresh_from_db()
        return lifting

    def overturn(self, *, by: str) -> None:
        """An appeal was right; called in its transaction, which records it."""
        decision = self._locked()
        was = decision.state
        decision._step("reversed")
        if was == "in_force":
            decision.undo(by=by)
        self.state = decision.state

    def undo(self, *, by: str) -> None:
        """End what it did, as far as no other decision in force asks for the same."""
        if self.kind == "hide":
            self._settle_hiding(by)
        elif self.kind in policies.GRAVE:
            self._settle_standing(by)

    def _begin(self, by: str) -> None:
        from cityplus.moderation.letters import tell_decided  # noqa: PLC0415 - letters speak of models

        if self.kind == "hide":
            self._settle_hiding(by)
        elif self.kind in policies.GRAVE:
            self._settle_standing(by)
        self._record(PAST[self.kind], by, reason=self.reason)
        if self.kind != "dismiss":
            tell_decided(self)

    def _settle_hiding(self, by: str) -> None:
        subject = subjects.of_kind(self.subject_kind)
        same = Decision.objects.filter(subject_kind=self.subject_kind, subject_id=self.subject_id)
        hidden = same.filter(kind="hide", state="in_force").exists()
        deed = (subject.hide if hidden else subject.show) if subject else None
        if deed:
            deed(self.subject_id, by)

    def _settle_standing(self, by: str) -> None:
        if self.author:
            Actor.objects.select_for_update().get(pk=self.author.pk)
            kinds = Decision.objects.filter(author=self.author, state="in_force").values_list("kind", flat=True)
            Standing.settle(self.author, policies.standing_after(frozenset(kinds)), by=by)

    def _agreeing(self, by: Person) -> Decision:
        decision = self._locked()
        if decision.state != "proposed":
            raise Meanwhile
        own = decision.author_id is not None and decision.author_id in voices.actors_of(by)
        if not policies.may_agree(office=by.is_staff, proposed_it=decision.by_id == by.pk, own=own):
            raise ModerationError(gettext("Somebody else of the office has to agree."))
        return decision

    def _locked(self) -> Decision:
        return Decision.objects.select_for_update(of=("self",)).select_related("author", "team").get(pk=self.pk)

    def _step(self, state: str) -> None:
        self.LIFE.check(self.state, state)
        self.state = state
        self.save(update_fields=["state"])

    def _record(self, what: str, by: str, **data: Any) -> None:
        """Told loudly, for it changes what the public sees, and in the trail of the city whose team it was, else of the author."""
        whose = self.team or self.author
        handle = whose.handle if whose else ""
        journal.record(
            f"decision.{what}", self, handle=handle, by=by, actor=self.author_id,
            kind=self.subject_kind, number=self.subject_id, label=self.label, **data,
        )  # fmt: skip
