from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cityplus.languages.fields import MultilingualField
from cityplus.lib.geo import Point
from cityplus.media.models import Medium
from cityplus.pulse import Subject
from cityplus.routes.models.route import Mode, Route


class Stop(models.Model):
    """One stop of a route; ``number`` counts from 1. ``address`` is in the local script, ``opening_hours`` in OpenStreetMap's
    syntax; ``leg_*`` say how one comes here from the stop before, ``leg_track`` is ``[[lat, lon], …]`` where it was drawn."""

    class StepFree(models.TextChoices):
        FULL = "full", _("Step-free")
        PARTIAL = "partial", _("Partly step-free")
        NONE = "none", _("Steps")
        UNKNOWN = "unknown", _("Step-free access not known")

    # The unique pair with the number is its index.
    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="stops", db_index=False)
    number = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=80)
    title = MultilingualField()
    lat = models.FloatField()
    lon = models.FloatField()
    address = models.CharField(max_length=300, blank=True)
    address_language = models.CharField(max_length=20, blank=True)
    story = MultilingualField()
    look_for = MultilingualField()
    access = MultilingualField()
    step_free = models.CharField(max_length=8, choices=StepFree, default=StepFree.UNKNOWN)
    minutes = models.PositiveSmallIntegerField(default=0)
    opening_hours = models.CharField(max_length=200, blank=True)
    website = models.URLField(blank=True)
    leg_mode = models.CharField(max_length=8, choices=Mode, blank=True)
    leg_note = MultilingualField()
    leg_track = models.JSONField(default=list, blank=True)
    sources = models.JSONField(default=list, blank=True)
    media = models.ManyToManyField(Medium, through="StopMedium", related_name="stops")

    class Meta:
        ordering = ["route", "number"]
        constraints = [models.UniqueConstraint(fields=["route", "number"], name="routes_stop_number")]

    def __str__(self) -> str:
        return f"{self.route} {self.number} {self.slug}"

    def get_absolute_url(self) -> str:
        return reverse("routes:stop", args=[self.route.city.handle, self.route.slug, self.number])

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """What a view of this stop's page counts for."""
        return Subject.of("stop", self.pk), *self.route.subjects

    @property
    def point(self) -> Point:
        return Point(self.lat, self.lon)

    def media_of(self, kind: str) -> list[Medium]:
        """This stop's pictures, films or sounds, in order."""
        return [link.medium for link in self.links.all() if link.medium.kind == kind]

    @property
    def pictures(self) -> list[Medium]:
        return self.media_of("picture")

    @property
    def films(self) -> list[Medium]:
        return self.media_of("film")

    @property
    def sounds(self) -> list[tuple[Medium, str]]:
        """Sounds with their role: ``soundscape`` or ``guide``."""
        return [(link.medium, link.role) for link in self.links.all() if link.medium.kind == "sound"]


class StopMedium(models.Model):
    """A medium shown at a stop; ``role`` is ``soundscape`` or ``guide`` for sounds, empty else."""

    stop = models.ForeignKey(Stop, on_delete=models.CASCADE, related_name="links")
    medium = models.ForeignKey(Medium, on_delete=models.PROTECT, related_name="links")
    role = models.CharField(max_length=12, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return f"{self.medium} at {self.stop}"
