from __future__ import annotations

from django.db import models, transaction
from django.utils import timezone

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.social.errors import NotAllowed
from cityplus.social.models.tally import Tally


class Follow(models.Model):
    """An actor follows another one."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="follows")
    target = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="followed")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "target"], name="social_follow_once"),
            models.CheckConstraint(condition=~models.Q(actor=models.F("target")), name="social_follow_another"),
        ]
        indexes = [models.Index(fields=["target", "-id"], name="social_followers")]

    def __str__(self) -> str:
        return f"{self.actor_id} follows {self.target_id}"

    @classmethod
    def begin(cls, actor: Actor, target: Actor, *, by: str) -> Follow | FollowRequest:
        """Follow an actor, or ask one that is locked whether one may; who does already changes nothing.

        Raises:
            NotAllowed: oneself, or one of the two has blocked the other.
        """
        from cityplus.social.models.bar import Bar  # noqa: PLC0415 - it ends follows
        from cityplus.social.models.profile import Profile  # noqa: PLC0415

        if actor.pk == target.pk:
            raise NotAllowed("An actor does not follow itself.")
        with transaction.atomic():
            journal.queue_up()  # first, as whoever posts does: else two might wait for each other
            if Bar.between(actor.pk, target.pk):
                raise NotAllowed("One of the two has blocked the other.")
            if there := cls.objects.filter(actor=actor, target=target).first():
                return there
            if Profile.objects.filter(actor=target, locked=True).exists():
                asked, new = FollowRequest.objects.get_or_create(actor=actor, target=target)
                if new:
                    journal.record("follow.asked", asked, by=by, quiet=True, actor=actor.pk, target=target.pk)
                return asked
            return cls._written(actor.pk, target.pk, by)

    @classmethod
    def _written(cls, actor: int, target: int, by: str) -> Follow:
        follow, new = cls.objects.get_or_create(actor_id=actor, target_id=target)
        if new:
            for pk, counted in sorted({actor: {"following": 1}, target: {"followers": 1}}.items()):
                Tally.add(pk, **counted)  # in one order, so that two who follow each other do not wait for each other
            journal.record("follow.begun", follow, by=by, quiet=True, actor=actor, target=target)
        return follow

    @classmethod
    def end(cls, actor: Actor, target: Actor, *, by: str) -> None:
        """Follow no longer, nor wait to; who does not changes nothing."""
        with transaction.atomic():
            journal.queue_up()  # first, as whoever posts does: else two might wait for each other
            FollowRequest.objects.filter(actor=actor, target=target).delete()
            follow = cls.objects.filter(actor=actor, target=target).first()
            # Of two who end it at one time one takes the row, and only that one counts.
            if follow and cls.objects.filter(pk=follow.pk).delete()[0]:
                for pk, counted in sorted({actor.pk: {"following": -1}, target.pk: {"followers": -1}}.items()):
                    Tally.add(pk, **counted)
                journal.record("follow.ended", follow, by=by, quiet=True, actor=actor.pk, target=target.pk)


class FollowRequest(models.Model):
    """An actor asks a locked one whether it may follow."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="+")
    target = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="asked_by")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "target"], name="social_ask_once")]

    def __str__(self) -> str:
        return f"{self.actor_id} asks to follow {self.target_id}"

    def accept(self, *, by: str) -> Follow:
        """Let them follow. Of two who accept at one time, both get the same follow."""
        with transaction.atomic():
            journal.queue_up()  # first, as whoever posts does: else two might wait for each other
            FollowRequest.objects.filter(pk=self.pk).delete()
            follow = Follow._written(self.actor_id, self.target_id, by)
            journal.record("follow.accepted", follow, by=by, quiet=True, actor=self.actor_id, target=self.target_id)
        return follow

    def decline(self, *, by: str) -> None:
        """Do not let them follow; they are not told."""
        with transaction.atomic():
            journal.queue_up()  # first, as whoever posts does: else two might wait for each other
            FollowRequest.objects.filter(pk=self.pk).delete()
            journal.record("follow.declined", self, by=by, quiet=True, actor=self.actor_id, target=self.target_id)
