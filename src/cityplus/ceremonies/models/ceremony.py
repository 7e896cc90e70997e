from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cityplus import journal
from cityplus.cities.models import City
from cityplus.languages.fields import MultilingualField
from cityplus.lib.lifecycle import LifeCycle
from cityplus.media.models import Medium
from cityplus.routes.models import Route
from cityplus.ties.models import Tie

if TYPE_CHECKING:
    from cityplus.ceremonies.models.run import Run


class CeremonyQuerySet(models.QuerySet["Ceremony"]):
    def visible_to(self, person: Any) -> CeremonyQuerySet:
        """Announced ceremonies are everybody's; the others their cities' teams' and the office's."""
        if getattr(person, "is_staff", False):
            return self
        public = models.Q(announced=True)
        if getattr(person, "is_authenticated", False):
            mine = Taking.objects.filter(city__in=person.teams.values("city")).values("ceremony")
            return self.filter(public | models.Q(pk__in=mine))
        return self.filter(public)


class Ceremony(models.Model):
    """One ceremony. ``starts_at`` is UTC; ``time_zone`` the hall's IANA name. The quorum is met when every guest who is needed has
    pressed (``quorum_guests``) and so many palms are there (``quorum_palms``, 0 for any number).

    ``countdown`` is the seconds from the quorum to the launch. ``words`` says what the wall reads at each step, ``{step: text}``.
    """

    LIFE = LifeCycle("""
        planned -> rehearsed -> open -> launched -> kept
        planned -> open
        planned -> called_off
        rehearsed -> called_off
        open -> called_off
    """)

    class Kind(models.TextChoices):
        LAUNCH = "launch", _("Launch of a city")
        SIGNING = "signing", _("Signing of a friendship")
        OPENING = "opening", _("Opening of a route")

    class Wall(models.TextChoices):
        """How the wall looks."""

        NIGHT = "night", _("Night sky")
        SEA = "sea", _("Night sky over the sea")

    kind = models.CharField(max_length=8, choices=Kind)
    state = models.CharField(max_length=10, choices=LIFE.choices, default=LIFE.first)
    cities = models.ManyToManyField(City, through="Taking", related_name="ceremonies")
    tie = models.ForeignKey(Tie, null=True, blank=True, on_delete=models.PROTECT, related_name="ceremonies")
    route = models.ForeignKey(Route, null=True, blank=True, on_delete=models.PROTECT, related_name="ceremonies")
    title = MultilingualField()
    theme = MultilingualField()
    place = MultilingualField()
    hosts = MultilingualField(help_text="One a line")
    time_zone = models.CharField(max_length=64, help_text="IANA name of where the hall is")
    starts_at = models.DateTimeField()
    quorum_guests = models.BooleanField(default=True)
    quorum_palms = models.PositiveIntegerField(default=0)
    countdown = models.PositiveSmallIntegerField(default=5, help_text="Seconds")
    words = models.JSONField(default=dict, blank=True)
    wall = models.CharField(max_length=6, choices=Wall, default=Wall.NIGHT)
    music = models.ForeignKey(Medium, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    recording = models.ForeignKey(Medium, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    announced = models.BooleanField(default=False, help_text="Whether its public page is shown")
    launched_at = models.DateTimeField(null=True, blank=True)

    objects = CeremonyQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-id"]
        verbose_name_plural = "ceremonies"

    def __str__(self) -> str:
        return f"ceremony {self.pk}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("ceremonies:ceremony", args=[self.pk])

    @property
    def run(self) -> Run | None:
        """The run that the screens show: the one going on, else the newest."""
        return self.runs.order_by("-pk").first()

    @property
    def subject(self) -> City | Tie | Route:
        """What goes live."""
        return self.tie or self.route or self.cities_in_order[0]

    @property
    def cities_in_order(self) -> list[City]:
        """Its cities, the one whose ceremony it is first."""
        return [taking.city for taking in self.takings.select_related("city__actor").order_by("order")]

    @classmethod
    def plan(cls, kind: str, cities: list[City], *, by: str, **values: Any) -> Ceremony:
        """Plan a ceremony of these cities, the one that goes live first.

        Raises:
            ValueError: no city, or what goes live is not said.
        """
        if not cities:
            raise ValueError("a ceremony belongs to one city at least")
        if (kind == cls.Kind.SIGNING) != bool(values.get("tie")) or (kind == cls.Kind.OPENING) != bool(
            values.get("route")
        ):
            raise ValueError("the signing of a friendship names the friendship, the opening of a route the route")
        with transaction.atomic():
            ceremony = cls.objects.create(kind=kind, **values)
            Taking.objects.bulk_create(Taking(ceremony=ceremony, city=c, order=n) for n, c in enumerate(cities))
            for city in cities:
                journal.record("ceremony.planned", ceremony, handle=city.handle, by=by)
        return ceremony

    def step(self, state: str, *, by: str, **data: Any) -> None:
        """Take a step of the life cycle in the open transaction, and record it for each of its cities.

        Raises:
            LifeCycleError: the life cycle has no such step.
        """
        self.LIFE.check(self.state, state)
        self.state = state
        self.save(update_fields=["state", "launched_at"])
        for city in self.cities.select_related("actor"):
            public = state in {"launched", "kept"} and self.announced
            journal.record(f"ceremony.{state}", self, handle=city.handle, by=by, public=public, **data)

    def keep(self, *, by: str) -> None:
        """Show the keepsake to everybody."""
        with transaction.atomic():
            ceremony = Ceremony.objects.select_for_update().get(pk=self.pk)
            ceremony.announced = True
            ceremony.save(update_fields=["announced"])
            ceremony.step("kept", by=by)
        self.refresh_from_db()


class Taking(models.Model):
    """A city's part in a ceremony; the first is the one whose ceremony it is."""

    ceremony = models.ForeignKey(Ceremony, on_delete=models.CASCADE, related_name="takings")
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="takings")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["ceremony", "city"], name="ceremonies_city_once")]

    def __str__(self) -> str:
        return f"{self.city} in {self.ceremony}"
