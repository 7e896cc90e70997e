from __future__ import annotations

from django.db import models

from cityplus.media import store
from cityplus.media.models.medium import Medium


class Rendition(models.Model):
    """One file that browsers get. ``content_type`` is what it is served as; width and height are 0 for sound."""

    medium = models.ForeignKey(Medium, on_delete=models.CASCADE, related_name="renditions")
    content_type = models.CharField(max_length=60)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    bytes = models.BigIntegerField()
    key = models.CharField(max_length=200, db_index=True, help_text="Key of the file in the store")

    class Meta:
        ordering = ["content_type", "width", "height"]
        constraints = [models.UniqueConstraint(fields=["medium", "key"], name="media_rendition_key")]

    def __str__(self) -> str:
        return self.key

    @property
    def url(self) -> str:
        return store.url(self.key)
