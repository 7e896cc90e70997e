from __future__ import annotations

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.lib.lifecycle import LifeCycle
from cityplus.moderation import held, subjects, voices
from cityplus.moderation.models.errors import Meanwhile, ModerationError, reason_of
from cityplus.people.models import Person


class Held(models.Model):
    """A writing that waits for an officer. What it is belongs to the room that plugged in its ``kind`` (``moderation.held``);
    ``city`` is the city in whose space it would stand, whose team decides too; ``why`` tells the officer what was found."""

    LIFE = LifeCycle("""
        waiting -> approved
        waiting -> refused
    """)

    kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    author = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="held")
    city = models.ForeignKey(Actor, null=True, blank=True, on_delete=models.SET_NULL, related_name="held_within")
    why = models.CharField(max_length=300)
    excerpt = models.TextField()
    state = models.CharField(max_length=10, choices=LIFE.choices, default=LIFE.first)
    at = models.DateTimeField()
    by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "held"
        constraints = [models.UniqueConstraint(fields=["kind", "subject_id"], name="moderation_held_once")]
        indexes = [models.Index(fields=["state", "id"], name="moderation_held_waiting")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}: {self.state}"

    @classmethod
    def hold(cls, kind: str, number: int, author: Actor, *, why: str, excerpt: str, city: Actor | None = None) -> Held:
        """Have a writing wait; it waits once.

        Raises:
            LookupError: no room has plugged this kind in.
        """
        held.of_kind(kind)
        with transaction.atomic():
            values = {"author": author, "city": city, "why": why[:300], "excerpt": excerpt[: subjects.LONGEST]}
            kept, made = cls.objects.get_or_create(
                kind=kind, subject_id=number, defaults={**values, "at": timezone.now()}
            )
            if made:
                journal.record("held.begun", kept, handle=author.handle, quiet=True, why=kept.why)
        return kept

    def approve(self, *, by: Person) -> None:
        """Let it be published.

        Raises:
            Meanwhile: it is decided.
            ModerationError: it is the officer's own.
        """
        with transaction.atomic():
            waiting = self._decide("approved", by, "")
            held.of_kind(waiting.kind).approve(waiting.subject_id, waiting.by)
        self.refresh_from_db()

    def refuse(self, *, by: Person, reason: str) -> None:
        """Do not publish it; its author is told why.

        Raises:
            Meanwhile: it is decided.
            ModerationError: there is no reason, or it is the officer's own.
        """
        from cityplus.moderation.letters import tell_refused  # noqa: PLC0415 - letters speak of models

        with transaction.atomic():
            waiting = self._decide("refused", by, reason_of(reason))
            held.of_kind(waiting.kind).refuse(waiting.subject_id, waiting.by)
            tell_refused(waiting)
        self.refresh_from_db()

    def _decide(self, state: str, by: Person, reason: str) -> Held:
        waiting = Held.objects.select_for_update(of=("self",)).select_related("author").get(pk=self.pk)
        if waiting.state != "waiting":
            raise Meanwhile
        if waiting.author_id in voices.actors_of(by):
            raise ModerationError(gettext("Somebody else has to decide about what is yours."))
        self.LIFE.check(waiting.state, state)
        waiting.state, waiting.reason = state, reason
        waiting.by, waiting.decided_at = by.get_username(), timezone.now()
        waiting.save(update_fields=["state", "reason", "by", "decided_at"])
        journal.record(f"held.{state}", waiting, handle=waiting.author.handle, by=waiting.by, reason=reason)
        return waiting
