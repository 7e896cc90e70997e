from __future__ import annotations

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.social.models.follow import Follow, FollowRequest


class Bar(models.Model):
    """What one actor wants to have to do with another no longer: a **mute** keeps its posts out of one's timelines and notices, until
    a moment where one is said; a **block** does so for both, and ends what follows there are between them."""

    class Kind(models.TextChoices):
        BLOCK = "block"
        MUTE = "mute"

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="bars")
    target = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="barred_by")
    kind = models.CharField(max_length=5, choices=Kind)
    until = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "target", "kind"], name="social_bar_once"),
            models.CheckConstraint(condition=~Q(actor=models.F("target")), name="social_bar_another"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id}: {self.kind} {self.target_id}"

    @classmethod
    def between(cls, one: int, other: int) -> bool:
        """Whether one of these two actors blocks the other."""
        both = Q(actor=one, target=other) | Q(actor=other, target=one)
        return cls.objects.filter(both, kind=cls.Kind.BLOCK).exists()

    @classmethod
    def shunned_by(cls, actor: int) -> frozenset[int]:
        """Whose posts this actor does not get now: whom it blocks or mutes, and who blocks it."""
        now = timezone.now()
        mine = Q(actor=actor) & (Q(until=None) | Q(until__gt=now))
        rows = cls.objects.filter(mine | Q(target=actor, kind=cls.Kind.BLOCK)).values_list("actor", "target")
        return frozenset(target if one == actor else one for one, target in rows)

    @classmethod
    def put(cls, actor: Actor, target: Actor, kind: str, *, by: str, until: object = None) -> Bar:
        """Block or mute; who did already changes nothing but the end of a mute."""
        with transaction.atomic():
            journal.queue_up()  # first, as whoever posts does: else two might wait for each other
            bar, new = cls.objects.update_or_create(actor=actor, target=target, kind=kind, defaults={"until": until})
            if kind == cls.Kind.BLOCK:
                for one, other in ((actor, target), (target, actor)):
                    Follow.end(one, other, by=by)
                    FollowRequest.objects.filter(actor=one, target=other).delete()
            if new:
                journal.record("bar.put", bar, by=by, quiet=True, actor=actor.pk, target=target.pk, kind=kind)
        return bar

    @classmethod
    def lift(cls, actor: Actor, target: Actor, kind: str, *, by: str) -> None:
        """End a block or a mute; where there is none nothing changes."""
        with transaction.atomic():
            journal.queue_up()  # first, as whoever posts does: else two might wait for each other
            bar = cls.objects.filter(actor=actor, target=target, kind=kind).first()
            if bar and cls.objects.filter(pk=bar.pk).delete()[0]:
                journal.record("bar.lifted", bar, by=by, quiet=True, actor=actor.pk, target=target.pk, kind=kind)
