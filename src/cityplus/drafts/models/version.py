from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cityplus.actors.models import Actor


class Version(models.Model):
    """A document as it once was. ``number`` counts from 1 for each thing; ``by`` wrote it last, ``authors`` wrote in it since it
    was last published."""

    class Occasion(models.TextChoices):
        SAVED = "saved", _("Saved while it was written")
        KEPT = "kept", _("Kept by hand")
        SUBMITTED = "submitted", _("Given for review")
        PUBLISHED = "published", _("Published")
        RESTORED = "restored", _("Before an older version was restored")
        DISCARDED = "discarded", _("Before the draft was thrown away")

    owner = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="versions")
    kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    number = models.PositiveIntegerField()
    document = models.JSONField()
    occasion = models.CharField(max_length=10, choices=Occasion)
    note = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=150)
    authors = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["kind", "subject_id", "number"], name="drafts_version_number")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id} version {self.number}"

    @classmethod
    def of(cls, kind: str, subject: int) -> models.QuerySet[Version]:
        """The versions of a thing, the newest first."""
        return cls.objects.filter(kind=kind, subject_id=subject)

    @classmethod
    def keep(cls, kind: str, subject: int, **values: Any) -> Version:
        """Add a version in the open transaction, which holds the lock of its draft; of those saved by themselves the newest
        50 stay."""
        present = cls.of(kind, subject)
        newest = present.aggregate(n=models.Max("number"))["n"] or 0
        version = cls.objects.create(kind=kind, subject_id=subject, number=newest + 1, **values)
        saved = present.filter(occasion=cls.Occasion.SAVED).values_list("pk", flat=True)
        if old := list(saved[MOST_SAVED:]):
            cls.objects.filter(pk__in=old).delete()
        return version


MOST_SAVED = 50
