from __future__ import annotations

from django.db import models


class Tag(models.Model):
    """A hashtag. ``name`` is folded (NFKC, small letters), ``shown`` as it was first written; neither has the ``#``."""

    name = models.CharField(max_length=100, unique=True)
    shown = models.CharField(max_length=100)

    def __str__(self) -> str:
        return f"#{self.shown}"


class Tagging(models.Model):
    """A hashtag stands in a public post. Gone with the post's entries."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")
    post = models.ForeignKey("social.Post", on_delete=models.CASCADE, related_name="taggings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "post"], name="social_tagged_once")]

    def __str__(self) -> str:
        return f"{self.tag_id} in {self.post_id}"
