from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone

from cityplus import jobs
from cityplus.social.models.post import Post

KEPT = timedelta(days=7)
"""How long a form is known again that was sent."""


class Sent(models.Model):
    """A form that was posted, by its ``nonce``: sent again, by a second click or a browser that tries again, it posts nothing more."""

    nonce = models.CharField(max_length=64, primary_key=True)
    post = models.ForeignKey(Post, null=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name_plural = "sent"

    def __str__(self) -> str:
        return self.nonce


@jobs.chore("social.sent")
def forget() -> None:
    """Forget the forms of last week."""
    Sent.objects.filter(at__lt=timezone.now() - KEPT).delete()
