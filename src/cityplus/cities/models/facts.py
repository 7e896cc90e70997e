from __future__ import annotations

from django.db import models

from cityplus.cities.isic import SECTIONS
from cityplus.cities.models.city import City
from cityplus.languages.fields import MultilingualField


class Strength(models.Model):
    """What a city is good at: a section of ISIC Rev. 4 and one sentence of its own."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="strengths")
    section = models.CharField(max_length=1, choices=[(letter, letter) for letter in SECTIONS])
    sentence = MultilingualField()
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]
        verbose_name_plural = "strengths"
        indexes = [models.Index(fields=["section", "city"], name="cities_strong_in")]

    def __str__(self) -> str:
        return f"{self.city} {self.section}"

    @property
    def title(self) -> str:
        """The section's name in the language of the page."""
        return str(SECTIONS[self.section])


class Contact(models.Model):
    """How the public reaches the city."""

    class Kind(models.TextChoices):
        WEBSITE = "website"
        EMAIL = "email"
        PHONE = "phone"
        ADDRESS = "address"

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=8, choices=Kind)
    value = models.CharField(max_length=300)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.value}"
