from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext

from cityplus import journal
from cityplus.lib.lifecycle import LifeCycle
from cityplus.moderation import policies, voices
from cityplus.moderation.models.decision import Decision
from cityplus.moderation.models.errors import Meanwhile, ModerationError, reason_of
from cityplus.people.models import Person

LONGEST = 4000


class Appeal(models.Model):
    """Whom a decision is about asks for another one, once. Somebody of the office who has not decided it decides: ``upheld``, the
    decision stays; ``reversed``, it is undone."""

    LIFE = LifeCycle("""
        received -> upheld
        received -> reversed
    """)

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="appeal")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="appeals")
    words = models.TextField()
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=LIFE.choices, default=LIFE.first)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="appeals_settled")
    by_name = models.CharField(max_length=150, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "id"], name="moderation_appeals_waiting"),
            models.Index(fields=["at"], name="moderation_appeals_by_year"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.state}"

    @classmethod
    def make(cls, decision: Decision, person: Person, words: str) -> Appeal:
        """Ask for another decision.

        Raises:
            ModerationError: this person is not whom it is about, it is too late, it was appealed already, or nothing is said.
        """
        with transaction.atomic():
            decision = Decision.objects.select_for_update().get(pk=decision.pk)
            if decision.author_id not in voices.actors_of(person):
                raise ModerationError(gettext("There is no such thing, or it is no longer there."))
            if cls.objects.filter(decision=decision).exists():
                raise ModerationError(gettext("You have appealed already. A decision is appealed once."))
            if not decision.can_be_appealed:
                raise ModerationError(gettext("This decision can no longer be appealed."))
            said = words.strip()[:LONGEST]
            if not said:
                raise ModerationError(gettext("Say why you think that the decision is wrong."))
            appeal = cls.objects.create(decision=decision, person=person, words=said, at=timezone.now())
            journal.record("appeal.made", appeal, handle=_handle(decision), by=person.get_username(), quiet=True)
        return appeal

    def may_settle(self, person: Person) -> bool:
        """Whether this officer may decide it."""
        first = self.decision
        return policies.may_settle(
            office=person.is_staff,
            decided_it=person.pk in {first.by_id, first.second_id},
            own=first.author_id is not None and first.author_id in voices.actors_of(person),
        )

    def uphold(self, *, by: Person, reason: str) -> None:
        """The decision stays. Raises as :meth:`reverse` does."""
        self._settle("upheld", by, reason)

    def reverse(self, *, by: Person, reason: str) -> None:
        """The decision is undone.

        Raises:
            Meanwhile: another officer was quicker.
            ModerationError: this is who decided first, or there is no reason.
        """
        self._settle("reversed", by, reason)

    def _settle(self, state: str, by: Person, reason: str) -> None:
        from cityplus.moderation.letters import tell_settled  # noqa: PLC0415 - letters speak of models

        with transaction.atomic():
            appeal = Appeal.objects.select_for_update(of=("self",)).select_related("decision__author").get(pk=self.pk)
            if appeal.state != "received":
                raise Meanwhile
            if not appeal.may_settle(by):
                raise ModerationError(gettext("Somebody else has to decide this appeal."))
            self.LIFE.check(appeal.state, state)
            appeal.state, appeal.reason = state, reason_of(reason)
            appeal.by, appeal.by_name, appeal.settled_at = by, by.get_username(), timezone.now()
            appeal.save(update_fields=["state", "reason", "by", "by_name", "settled_at"])
            if state == "reversed":
                appeal.decision.overturn(by=appeal.by_name)
            decision = appeal.decision
            facts: dict[str, Any] = {"actor": decision.author_id, "label": decision.label, "reason": appeal.reason}
            journal.record(f"appeal.{state}", appeal, handle=_handle(decision), by=appeal.by_name, **facts)
            tell_settled(appeal)
        self.refresh_from_db()


def _handle(decision: Decision) -> str:
    whose = decision.team or decision.author
    return whose.handle if whose else ""
