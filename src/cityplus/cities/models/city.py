from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.languages.fields import MultilingualField
from cityplus.lib.geo import Point
from cityplus.lib.lifecycle import LifeCycle
from cityplus.media.models import Medium
from cityplus.pulse import Subject


class CityQuerySet(models.QuerySet["City"]):
    def public(self) -> CityQuerySet:
        """What everybody may know of."""
        return self.filter(stage__in=City.PUBLIC)

    def visible_to(self, person: Any) -> CityQuerySet:
        """Launched cities are everybody's; the others only their team's and the office's."""
        if getattr(person, "is_staff", False):
            return self
        public = models.Q(stage__in=City.PUBLIC)
        if getattr(person, "is_authenticated", False):
            # Not by a join: its doubles would have to be told apart over every city that there is.
            return self.filter(public | models.Q(pk__in=person.teams.values("city")))
        return self.filter(public)

    def for_cards(self) -> CityQuerySet:
        """With what a card shows, whatever the number of cities."""
        return self.select_related("actor", "cover").prefetch_related("cover__renditions")


class City(models.Model):
    """A member city. ``lat`` and ``lon`` are WGS-84 degrees; ``languages`` BCP 47 tags, the main one first;
    ``population_scope`` says what was counted."""

    LIFE = LifeCycle("""
        invited -> preparing -> ready -> launched -> dormant
        ready -> preparing
        dormant -> launched
    """)
    PUBLIC = ("launched", "dormant")

    class Scope(models.TextChoices):
        """What a population counts: figures of different scopes do not compare."""

        CITY = "city", _("the city proper")
        MUNICIPALITY = "municipality", _("the municipality")
        METROPOLIS = "metropolis", _("the metropolitan area")
        REGION = "region", _("the wider region")

    actor = models.OneToOneField(Actor, on_delete=models.PROTECT, related_name="city")
    number = models.PositiveIntegerField(unique=True, null=True, blank=True, help_text="Member number, given at launch")
    stage = models.CharField(max_length=10, choices=LIFE.choices, default=LIFE.first)
    country = models.CharField(max_length=2, help_text="ISO 3166-1 alpha-2")
    lat = models.FloatField()
    lon = models.FloatField()
    time_zone = models.CharField(max_length=64, help_text="IANA name")
    population = models.PositiveIntegerField(default=0)
    population_year = models.PositiveSmallIntegerField(default=0)
    population_scope = models.CharField(max_length=12, choices=Scope, blank=True)
    population_source = models.CharField(max_length=200, blank=True)
    languages = models.JSONField(default=list)
    hue = models.PositiveSmallIntegerField(default=75, help_text="The city's own light, 0 to 359")
    tagline = MultilingualField()
    profile = MultilingualField()
    cover = models.ForeignKey(Medium, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sources = models.JSONField(default=list, blank=True)

    objects = CityQuerySet.as_manager()

    class Meta:
        ordering = ["number", "id"]
        verbose_name_plural = "cities"
        indexes = [
            models.Index(fields=["number", "stage"], name="cities_in_order"),
            models.Index(fields=["country", "number", "stage"], name="cities_of_country"),
            models.Index(fields=["-population", "id", "stage"], name="cities_largest"),
            models.Index(fields=["lat", "lon", "stage"], name="cities_north_south"),
            models.Index(fields=["lon", "stage"], name="cities_east_west"),
        ]

    def __str__(self) -> str:
        return f"{self.actor.native_name} (@{self.actor.handle})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves the city, and with its languages the rows by which cities of a language are found."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            changed = kwargs.get("update_fields")
            if changed is None or "languages" in changed:
                self._speak()

    def _speak(self) -> None:
        self.spoken.exclude(tag__in=self.languages).delete()
        spoken = set(self.spoken.values_list("tag", flat=True))
        for tag in dict.fromkeys(self.languages):
            if tag not in spoken:
                self.spoken.create(tag=tag)

    def get_absolute_url(self) -> str:
        return self.actor.get_absolute_url()

    @property
    def handle(self) -> str:
        return self.actor.handle

    @property
    def point(self) -> Point:
        return Point(self.lat, self.lon)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def subjects(self) -> tuple[Subject, Subject]:
        """What a view of a page about this city counts for."""
        return Subject.of("city", self.pk), Subject.of("country", self.country)

    @property
    def launched_on(self) -> str:
        """The date of the launch as far as it is known: ``2018-12-03``, or nothing."""
        step = self.steps.filter(stage="launched").order_by("id").first()
        return step.on if step else ""

    def advance(self, stage: str, *, by: str, on: str = "", note: str = "", number: int | None = None) -> None:
        """Take the next step of the life cycle; launching gives the member number (the next in line unless one is said).

        Raises:
            LifeCycleError: the life cycle has no such step.
            ValueError: ``on`` is no date, or the number is taken.
        """
        if on and date.fromisoformat(on).isoformat() != on:
            raise ValueError(f"“{on}” is not a date such as 2018-12-03")
        with transaction.atomic():
            city = City.objects.select_for_update(no_key=True).get(pk=self.pk)
            self.LIFE.check(city.stage, stage)
            if stage == "launched" and city.number is None:
                journal.queue_up()  # two that are launched at a time get two numbers
                newest = City.objects.aggregate(n=models.Max("number"))["n"] or 0
                city.number = number or newest + 1
                if City.objects.filter(number=city.number).exists():
                    raise ValueError(f"member number {city.number} is taken")
            city.stage = stage
            city.save(update_fields=["stage", "number"])
            city.steps.create(stage=stage, on=on, by=by, note=note)
            public = stage in self.PUBLIC
            told: dict[str, Any] = (
                {"note": note} if note and not public else {}
            )  # what is public is told in the words of the city
            journal.record(
                f"city.{stage}", city, handle=self.handle, by=by, public=public, on=on, number=city.number, **told
            )
        self.stage, self.number = city.stage, city.number
