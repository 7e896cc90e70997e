from __future__ import annotations

from django.db import models

from cityplus.cities.models.city import City


class Step(models.Model):
    """One step of a city's life: when it was written (``at``, UTC), and the day it happened (``on``), where that is known."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=10)
    on = models.CharField(max_length=10, blank=True, help_text="ISO date of the city, empty when not known")
    by = models.CharField(max_length=150)
    note = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.city} {self.stage}"
