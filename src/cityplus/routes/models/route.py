from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cityplus import journal
from cityplus.cities.models import City
from cityplus.languages.fields import MultilingualField
from cityplus.lib.lifecycle import LifeCycle
from cityplus.media.models import Medium
from cityplus.pulse import Subject


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
            return self.filter(public | models.Q(city__team__person=person)).distinct()
        return self.filter(public)

    def for_cards(self) -> RouteQuerySet:
        """With what a card shows, whatever the number of routes."""
        return (
            self.select_related("city__actor", "cover")
            .prefetch_related("cover__renditions", "stops")
            .order_by("-published_at", "id")
        )


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

    def __str__(self) -> str:
        return f"@{self.city.handle}/{self.slug}"

    def get_absolute_url(self) -> str:
        return reverse("routes:route", args=[self.city.handle, self.slug])

    @property
    def is_public(self) -> bool:
        """Whether a stranger may see it; ``visible_to`` says the same of many."""
        return self.state == "published" and self.city.stage in City.PUBLIC

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """What a view of a page about this route counts for."""
        return Subject.of("route", self.pk), *self.city.subjects

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
