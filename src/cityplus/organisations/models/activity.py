from __future__ import annotations

from django.db import models

from cityplus.cities.isic import title_of
from cityplus.organisations.models.organisation import Organisation


class Activity(models.Model):
    """A section or a division of ISIC in which an organisation is active; ``section`` is the letter above it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="activities")
    code = models.CharField(max_length=2)
    section = models.CharField(max_length=1)
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["place"]
        verbose_name_plural = "activities"
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="organisations_activity_once")]
        indexes = [
            models.Index(fields=["section", "organisation"], name="organisations_in_section"),
            models.Index(fields=["code", "organisation"], name="organisations_in_division"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.code}"

    @property
    def title(self) -> str:
        return title_of(self.code)


class Tongue(models.Model):
    """A language in which one can deal with an organisation, as a row: an index finds them by it, which no index does in a JSON
    list. ``Organisation.save`` keeps the rows in step."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="tongues")
    tag = models.CharField(max_length=35, help_text="BCP 47")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "organisation"], name="organisations_tongue_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.tag}"
