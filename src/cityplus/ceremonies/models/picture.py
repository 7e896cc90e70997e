from __future__ import annotations

from django.db import models

from cityplus.ceremonies.models.ceremony import Ceremony
from cityplus.media.models import Medium


class Picture(models.Model):
    """A picture that the keepsake shows, in its place."""

    ceremony = models.ForeignKey(Ceremony, on_delete=models.CASCADE, related_name="shown")
    medium = models.ForeignKey(Medium, on_delete=models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["ceremony", "medium"], name="ceremonies_picture_once")]

    def __str__(self) -> str:
        return f"{self.medium} of {self.ceremony}"
