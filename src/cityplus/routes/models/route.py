from __future__ import annotations

from itertools import chain, count
from typing import Any

from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from cityplus import journal
from cityplus.cities.models import City
from cityplus.drafts.errors import NotReady
from cityplus.languages.fields import MultilingualField
from cityplus.languages.text import Text
from cityplus.lib.lifecycle import LifeCycle
from cityplus.media.models import Medium
from cityplus.pulse import Subject
from cityplus.routes.models.gaps import gaps


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
    """An experience route. ``minutes`` is the whole of it with its visits; ``credit`` and ``licence`` (SPDX) are those of its words.

    A draft may lack theme, difficulty, minutes and texts; :func:`~cityplus.routes.models.gaps.gaps` says what publishing needs.
    ``origin`` says of a route that was brought in from a file which file that was: ``{"file", "format", "program"}``.
    """

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
    theme = models.CharField(max_length=14, choices=Theme, blank=True)
    mode = models.CharField(max_length=8, choices=Mode)
    difficulty = models.CharField(max_length=10, choices=Difficulty, blank=True)
    minutes = models.PositiveIntegerField(default=0)
    step_free = MultilingualField()
    season = MultilingualField()
    best_time = MultilingualField()
    cover = models.ForeignKey(Medium, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    film = models.ForeignKey(Medium, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sources = models.JSONField(default=list, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=40, blank=True, help_text="SPDX identifier, such as CC-BY-4.0")
    origin = models.JSONField(default=dict, blank=True)
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

    @classmethod
    def draft(cls, city: City, title: Text, *, by: str, **facts: Any) -> Route:
        """Begin a route that only its city's team sees. Its address comes from the title, with a number where that is taken."""
        with transaction.atomic():
            City.objects.select_for_update(no_key=True).get(
                pk=city.pk
            )  # two drafts of one title come one after the other
            wanted = slugify(str(title))[:70] or slugify(title.in_language("en"))[:70] or "route"
            taken = set(cls.objects.filter(city=city, slug__startswith=wanted).values_list("slug", flat=True))
            slug = next(name for name in chain([wanted], (f"{wanted}-{n}" for n in count(2))) if name not in taken)
            route = cls.objects.create(city=city, slug=slug, title=title, **facts)
            journal.record("route.drafted", route, handle=city.handle, by=by)
        return route

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
            NotReady: something that publishing needs is missing; the error lists what and where.
        """
        self._step("published", by, published_at=timezone.now())

    def withdraw(self, *, by: str) -> None:
        """Take the route back from the public; nothing of it is lost."""
        self._step("withdrawn", by)

    def _step(self, state: str, by: str, **changes: Any) -> None:
        with transaction.atomic():
            route = Route.objects.select_for_update(no_key=True).get(pk=self.pk)
            if route.state == state:
                return
            self.LIFE.check(route.state, state)
            if state == "published" and (missing := gaps(route)):
                raise NotReady(missing)
            for name, value in {"state": state, **changes}.items():
                setattr(route, name, value)
                setattr(self, name, value)
            route.save(update_fields=["state", *changes])
            public = state == "published" and self.city.stage in City.PUBLIC  # of a hidden city nobody hears
            journal.record(f"route.{state}", route, handle=self.city.handle, by=by, public=public)
