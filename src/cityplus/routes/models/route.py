from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cityplus import journal
from cityplus.cities.models import City
from cityplus.languages.fields import MultilingualField
from cityplus.lib.lifecycle import LifeCycle
from cityplus.media.models import Medium


class Mode(models.TextChoices):
    WALK = "walk", _("On foot")
    CYCLE = "cycle", _("By bicycle")
    DRIVE = "drive", _("By car")
    TRANSIT = "transit", _("By public transport")


class RouteQuerySet(models.QuerySet["Route"]):
    def visible_to(self, person: Any) -> RouteQuerySet:
        """Published routes of public cities; drafts only for the city's team and the office."""
        if getattr(person, "is_staff", False):
            return self
        public = models.Q(state="published", city__stage__in=City.PUBLIC)
        if getattr(person, "is_authenticated", False):
            return self.filter(public | models.Q(city__in=person.teams.values("city")))
        return self.filter(public)

    def public(self) -> RouteQuerySet:
        """Published routes of public cities."""
        return self.filter(state="published", city__stage__in=City.PUBLIC)

    def for_cards(self) -> RouteQuerySet:
        """With what a card shows, whatever the number of routes: the newest first, each with its ``stop_count``."""
        return (
            self.select_related("city__actor", "cover")
            .prefetch_related("cover__renditions")
            .annotate(stop_count=_stops_of_each())
            .order_by("-published_at", "-id")
        )


def _stops_of_each() -> Coalesce:
    """How many stops each route has, without fetching one."""
    stops: Any = Route._meta.get_field("stops").related_model
    counted = stops.objects.filter(route=models.OuterRef("pk")).order_by().values("route")
    return Coalesce(models.Subquery(counted.annotate(n=models.Count("pk")).values("n")), 0)


class Route(models.Model):
    """An experience route. ``minutes`` is the whole of it with its visits."""

    LIFE = LifeCycle("""
        draft -> published -> withdrawn -> published
    """)

    class Theme(models.TextChoices):
        CULTURE = "culture", _("Culture")
        ARCHITECTURE = "architecture", _("Architecture")
        NATURE = "nature", _("Nature")
        SEA = "sea", _("The sea")
        INNOVATION = "innovation", _("Innovation")
        FOOD = "food", _("Food")
        HISTORY = "history", _("History")

    class Difficulty(models.TextChoices):
        EASY = "easy", _("Easy")
        MODERATE = "moderate", _("Moderate")
        HARD = "hard", _("Hard")

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="routes")
    slug = models.SlugField(max_length=80)
    state = models.CharField(max_length=10, choices=LIFE.choices, default=LIFE.first)
    title = MultilingualField()
    summary = MultilingualField()
    theme = models.CharField(max_length=14, choices=Theme)
    mode = models.CharField(max_length=8, choices=Mode)
    difficulty = models.CharField(max_length=10, choices=Difficulty)
    minutes = models.PositiveIntegerField()
    step_free = MultilingualField()
    season = MultilingualField()
    best_time = MultilingualField()
    cover = models.ForeignKey(Medium, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    film = models.ForeignKey(Medium, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sources = models.JSONField(default=list, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = RouteQuerySet.as_manager()

    class Meta:
        ordering = ["city", "id"]
        constraints = [models.UniqueConstraint(fields=["city", "slug"], name="routes_slug_per_city")]
        indexes = [
            models.Index(fields=["-published_at", "-id", "state"], name="routes_newest"),
            models.Index(fields=["city", "-published_at", "-id", "state"], name="routes_newest_of_city"),
        ]

    def __str__(self) -> str:
        return f"@{self.city.handle}/{self.slug}"

    def get_absolute_url(self) -> str:
        return reverse("routes:route", args=[self.city.handle, self.slug])

    def publish(self, *, by: str) -> None:
        """Show the route to everybody. Publishing what is published is done and does nothing.

        Raises:
            LifeCycleError: the life cycle has no such step.
        """
        self._step("published", by, published_at=timezone.now())

    def withdraw(self, *, by: str) -> None:
        """Take the route back from the public; nothing of it is lost."""
        self._step("withdrawn", by)

    def _step(self, state: str, by: str, **changes: Any) -> None:
        with transaction.atomic():
            route = Route.objects.select_for_update().get(pk=self.pk)
            if route.state == state:
                return
            self.LIFE.check(route.state, state)
            for name, value in {"state": state, **changes}.items():
                setattr(route, name, value)
                setattr(self, name, value)
            route.save(update_fields=["state", *changes])
            journal.record(f"route.{state}", route, handle=self.city.handle, by=by, public=state == "published")
