from __future__ import annotations

from django.db import models

from cityplus.cities.models.city import City


class Spoken(models.Model):
    """A language of a city, as a row: an index finds the cities of a language by it, which no index does in a JSON list.

    ``City.save`` keeps the rows in step with ``City.languages``; who makes cities in bulk makes them too.
    """

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="spoken")
    tag = models.CharField(max_length=35, help_text="BCP 47")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "city"], name="cities_spoken_once")]

    def __str__(self) -> str:
        return f"{self.city} {self.tag}"
