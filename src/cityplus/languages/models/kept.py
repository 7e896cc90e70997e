from __future__ import annotations

from django.db import models


class KeptAnswer(models.Model):
    """What a machine once answered, so that it is asked, and paid, once: by machine, languages, and the digests of the text and of
    the glossary that it was asked with."""

    machine = models.CharField(max_length=20)
    source = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    text = models.CharField(max_length=64)
    glossary = models.CharField(max_length=64, blank=True)
    words = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "kept answers"
        constraints = [
            models.UniqueConstraint(
                fields=["machine", "source", "target", "text", "glossary"], name="languages_kept_answer_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.machine} {self.source} → {self.target}: {self.words[:40]}"


class KeptGlossary(models.Model):
    """A glossary that a machine's service holds for us, by its digest. ``identifier`` is the service's name for it; empty: the
    service takes none of these two languages."""

    machine = models.CharField(max_length=20)
    source = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    identifier = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "kept glossaries"
        constraints = [
            models.UniqueConstraint(
                fields=["machine", "source", "target", "digest"], name="languages_kept_glossary_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.machine} {self.source} → {self.target}: {self.digest[:8]}"
