from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One thing that happened. ``verb`` is ``noun.past`` (``route.published``); ``subject`` names the thing as
    ``app.model`` and ``subject_id``; ``handle`` the actor it concerns; ``by`` who did it (empty: the system).
    A ``quiet`` one changes no page that is kept for everybody."""

    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    handle = models.CharField(max_length=40, blank=True)
    by = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    public = models.BooleanField(default=False)
    quiet = models.BooleanField(default=False)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["public", "-id"], name="journal_public"),
            models.Index(fields=["handle", "-id"], name="journal_of_handle"),
            models.Index(fields=["subject", "subject_id", "-id"], name="journal_of_subject"),
            models.Index(fields=["-id"], name="journal_loud", condition=models.Q(quiet=False)),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.verb} {self.subject}:{self.subject_id}"
