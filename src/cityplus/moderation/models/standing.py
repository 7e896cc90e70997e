from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from django.db import models
from django.db.models import F
from django.utils import timezone

from cityplus.actors.models import Actor
from cityplus.journal import Following
from cityplus.journal.models import Entry
from cityplus.moderation import voices
from cityplus.moderation.words import Level


class StandingQuerySet(models.QuerySet["Standing"]):
    def now(self) -> StandingQuerySet:
        """Those that hold now: one at most for each actor, and none for who is in good standing."""
        return self.filter(ended_at=None)


class Standing(models.Model):
    """An actor was limited or suspended, from when until when, and by whom. Who has no open row is in good standing."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="standings")
    level = models.CharField(max_length=10, choices=Level.choices)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    ended_by = models.CharField(max_length=150, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["actor"], condition=models.Q(ended_at=None), name="moderation_one_standing_of_an_actor"
            )
        ]
        indexes = [
            models.Index(fields=["level", "actor"], condition=models.Q(ended_at=None), name="moderation_standing_now")
        ]

    def __str__(self) -> str:
        return f"{self.actor_id}: {self.level}"

    @classmethod
    def settle(cls, actor: Actor, level: str, *, by: str) -> None:
        """Have this be the standing of an actor from now on, and say so in the row of the actor. Called in the transaction of a
        decision, which records it."""
        actor = Actor.objects.select_for_update().get(pk=actor.pk)
        open_ = cls.objects.now().filter(actor=actor).first()
        before = open_.level if open_ else "good"
        if before == level:
            return
        now = timezone.now()
        if open_:
            open_.ended_by, open_.ended_at = by, now
            open_.save(update_fields=["ended_by", "ended_at"])
        if level != "good":
            cls.objects.create(actor=actor, level=level, by=by, at=now)
        stamps = {
            "limited_at": now if level == "limited" else None,
            # Who closed their account meanwhile stays gone.
            "gone_at": now if level == "suspended" else actor.gone_at if voices.is_closed(actor) else None,
        }
        Actor.objects.filter(pk=actor.pk).update(**stamps, revision=F("revision") + 1)
        actor.refresh_from_db()
        for follow in _followers.values():
            follow(actor, before)


Follow = Callable[[Actor, str], None]
_followers: dict[str, Follow] = {}


def plug(name: str, follow: Follow) -> None:
    """A socket: ``follow(actor, before)`` is called in the transaction in which the standing of an actor has changed, for what a
    room above keeps of whether an actor is limited or gone. ``before`` is the standing that it had."""
    _followers[name] = follow


def standing_of(actors: Collection[int]) -> dict[int, str]:
    """The standing of each of these actors, by number. It is kept in memory and follows the journal: asking costs one look at
    the newest entry, whatever the number of actors."""
    below = _below.now()
    return {actor: below.get(actor, "good") for actor in actors}


def below_good() -> dict[int, str]:
    """All actors that are limited or suspended, by number, kept in memory as :func:`standing_of` says."""
    return dict(_below.now())


def _make() -> dict[int, str]:
    return dict(Standing.objects.now().order_by().values_list("actor", "level"))


def _follow(old: dict[int, str], entries: Sequence[Entry]) -> dict[int, str]:
    touched = {e.data.get("actor") for e in entries if e.subject in ("moderation.decision", "moderation.appeal")}
    touched.discard(None)
    if not touched:
        return old
    found = Standing.objects.now().filter(actor__in=touched).order_by().values_list("actor", "level")
    return {actor: level for actor, level in old.items() if actor not in touched} | dict(found)


_below = Following(_make, _follow)
