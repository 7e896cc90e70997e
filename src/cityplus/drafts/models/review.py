from __future__ import annotations

from django.db import models

from cityplus.drafts.models.version import Version


class Review(models.Model):
    """One asking for approval of a draft, and what was answered: ``verdict`` is empty until then."""

    class Verdict(models.TextChoices):
        APPROVED = "approved"
        RETURNED = "returned"

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="reviews")
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    note = models.CharField(max_length=1000, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"review of {self.version} ({self.verdict or 'open'})"
