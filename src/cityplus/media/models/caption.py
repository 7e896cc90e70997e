from __future__ import annotations

from django.db import models
from django.urls import reverse

from cityplus.languages.text import STATES
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
