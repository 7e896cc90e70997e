from __future__ import annotations

import hashlib

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cityplus import journal
from cityplus.languages.text import STATES
from cityplus.media.errors import Changed
from cityplus.media.models.medium import Medium


class Caption(models.Model):
    """A WebVTT track of a film in one language, with the state of its words."""

    medium = models.ForeignKey(Medium, on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=[(s, s) for s in STATES], default="author")
    vtt = models.TextField()

    class Meta:
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["medium", "language"], name="media_caption_language")]

    def __str__(self) -> str:
        return f"{self.medium} {self.language}"

    @property
    def url(self) -> str:
        return reverse("media:caption", args=[self.pk])

    @property
    def mark(self) -> str:
        """A short name of what it says now."""
        return hashlib.sha256(f"{self.state}\n{self.vtt}".encode()).hexdigest()[:12]

    @classmethod
    def write(cls, film: Medium, language: str, vtt: str, state: str, *, by: str, seen: str = "") -> None:
        """Set the captions of a film in a language. ``seen`` is the :attr:`mark` of those that the writer had before them, empty
        where there were none.

        Raises:
            Changed: somebody else has written them since.
        """
        with transaction.atomic():
            locked = film._locked()
            present = cls.objects.filter(medium=film, language=language).first()
            if present and (present.vtt, present.state) == (vtt, state):
                return
            if (present.mark if present else "") != seen:
                raise Changed(_("Somebody else has changed these captions meanwhile."))
            cls.objects.update_or_create(medium=film, language=language, defaults={"vtt": vtt, "state": state})
            journal.record("caption.written", locked, handle=locked.owner.handle, by=by, language=language, state=state)

    @classmethod
    def remove(cls, film: Medium, language: str, *, by: str) -> None:
        """Take the captions of a film in a language away; none are gone already."""
        with transaction.atomic():
            locked = film._locked()
            if cls.objects.filter(medium=film, language=language).delete()[0]:
                journal.record("caption.removed", locked, handle=locked.owner.handle, by=by, language=language)
