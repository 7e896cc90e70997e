from __future__ import annotations

from urllib.parse import urlsplit

from django.db import models
from django.utils import timezone

from cityplus.languages.tags import direction
from cityplus.media.models import Medium
from cityplus.social.models.post import Post


class Card(models.Model):
    """What the first link of a post leads to, as that page says of itself. ``picture`` is a copy of ours, re-encoded: a reader's
    browser asks nobody else. ``language`` is the page's own, where it says one."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, primary_key=True, related_name="card")
    url = models.TextField()
    title = models.CharField(max_length=300)
    description = models.CharField(max_length=500, blank=True)
    site = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=35, blank=True)
    picture = models.ForeignKey(Medium, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    fetched_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.url} in {self.post_id}"

    @property
    def host(self) -> str:
        """Where it really leads, whatever the page calls itself."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")

    @property
    def dir(self) -> str:
        return direction(self.language) if self.language else "auto"
