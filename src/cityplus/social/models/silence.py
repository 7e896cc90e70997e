from __future__ import annotations

from datetime import datetime

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.languages.tags import check_tag
from cityplus.social.errors import SocialError
from cityplus.social.words import fold

MOST = 100
"""Words and languages that one actor mutes."""


class Silence(models.Model):
    """A word or a language that an actor does not want to read, until a moment where one is said: posts with it are not in its
    timelines, nor do notices tell of them. ``what`` is a folded word, or a BCP 47 tag."""

    class Kind(models.TextChoices):
        WORD = "word"
        LANGUAGE = "language"

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="silences")
    kind = models.CharField(max_length=8, choices=Kind)
    what = models.CharField(max_length=100)
    until = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "kind", "what"], name="social_silence_once")]

    def __str__(self) -> str:
        return f"{self.actor_id}: {self.kind} {self.what}"

    @classmethod
    def keep(cls, actor: Actor, kind: str, what: str, *, by: str, until: datetime | None = None) -> Silence:
        """Mute a word or a language; what is muted already gets the new end.

        Raises:
            LanguageError: the language is none.
            SocialError: there is no word, or there are too many already.
        """
        what = check_tag(what) if kind == cls.Kind.LANGUAGE else fold(what.strip().lstrip("#＃"))
        if not what:
            raise SocialError("Say which word.")
        with transaction.atomic():
            Actor.objects.select_for_update().get(pk=actor.pk)  # of two at one time, both are counted
            if cls.objects.filter(actor=actor).exclude(kind=kind, what=what).count() >= MOST:
                raise SocialError(f"At most {MOST} words and languages can be muted.")
            row, new = cls.objects.update_or_create(actor=actor, kind=kind, what=what, defaults={"until": until})
            if new:
                journal.record("silence.kept", row, by=by, quiet=True, actor=actor.pk, kind=kind)
        return row

    @classmethod
    def broken(cls, actor: Actor, number: int, *, by: str) -> bool:
        """Hear it again; whether there was such a silence of this actor."""
        with transaction.atomic():
            row = cls.objects.filter(actor=actor, pk=number).first()
            if row is None:
                return False
            journal.record("silence.broken", row, by=by, quiet=True, actor=actor.pk, kind=row.kind)
            row.delete()
        return True

    @staticmethod
    def now() -> Q:
        """A condition: those whose end has not come."""
        return Q(until=None) | Q(until__gt=timezone.now())
