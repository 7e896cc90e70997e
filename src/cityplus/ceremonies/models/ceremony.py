from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cityplus import journal
from cityplus.cities.models import City
from cityplus.languages.fields import MultilingualField
from cityplus.lib.lifecycle import LifeCycle
from cityplus.media.models import Medium
from cityplus.pulse import Subject
from cityplus.routes.models import Route
from cityplus.ties.models import Tie

if TYPE_CHECKING:
    from cityplus.ceremonies.models.run import Run


class NotNow(ValueError):
    """Something that a ceremony does not do at this moment; the message is a sentence for who asked."""


def new_key() -> str:
    """A word that nobody guesses, short enough for a code on a wall."""
    return secrets.token_urlsafe(12)


class CeremonyQuerySet(models.QuerySet["Ceremony"]):
    def visible_to(self, person: Any) -> CeremonyQuerySet:
        """Announced ceremonies are everybody's; the others are for who knows of them: see :meth:`known_to`."""
        return self.filter(models.Q(announced=True) | models.Q(pk__in=self.known_to(person).values("pk")))

    def known_to(self, person: Any) -> CeremonyQuerySet:
        """Those that a person knows from the inside, with their rehearsals: the office, and the teams of cities that take part or are
        asked to."""
        if not getattr(person, "is_authenticated", False) or not person.is_active:
            return self.none()
        if person.is_staff:
            return self
        mine = self.model.objects.filter(
            takings__city__in=person.teams.values("city"), takings__state__in=("asked", "accepted")
        )
        return self.filter(pk__in=mine.values("pk"))


class Ceremony(models.Model):
    """One ceremony. ``starts_at`` is UTC; ``time_zone`` the hall's IANA name. The quorum is met when every guest who is needed has
    pressed (``quorum_guests``) and so many palms are there (``quorum_palms``, 0 for any number).

    ``countdown`` is the seconds from the quorum to the launch. ``words`` says what the wall reads at each step, ``{step: text}``.
    ``hour_known`` is false for one of long ago of which the day alone is known. ``desk`` is the handle of the city at whose desk it
    was planned; empty: at the office.
    """

    LIFE = LifeCycle("""
        planned -> rehearsed -> open -> launched -> kept
        planned -> open
        planned -> called_off
        rehearsed -> called_off
        open -> called_off
    """)
    PLANNING, OVER = ("planned", "rehearsed"), ("launched", "kept")

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
    hour_known = models.BooleanField(default=True)
    quorum_guests = models.BooleanField(default=True)
    quorum_palms = models.PositiveIntegerField(default=0)
    countdown = models.PositiveSmallIntegerField(default=5, help_text="Seconds")
    words = models.JSONField(default=dict, blank=True)
    wall = models.CharField(max_length=6, choices=Wall, default=Wall.NIGHT)
    music = models.ForeignKey(Medium, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    recording = models.ForeignKey(Medium, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    announced = models.BooleanField(default=False, help_text="Whether its public page is shown")
    launched_at = models.DateTimeField(null=True, blank=True)
    desk = models.CharField(max_length=30, blank=True)
    pictures = models.ManyToManyField(Medium, through="Picture", related_name="+")
    key = models.CharField(max_length=22, default=new_key, help_text="The word by which the hall gets in")

    objects = CeremonyQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-id"]
        verbose_name_plural = "ceremonies"

    def __str__(self) -> str:
        return f"ceremony {self.pk}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("ceremonies:ceremony", args=[self.pk])

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """What a view of its page counts for: the ceremony, and its cities that everybody knows of."""
        public = (city for city in self.cities_in_order if city.stage in City.PUBLIC)
        return tuple(
            dict.fromkeys([Subject.of("ceremony", self.pk), *(one for city in public for one in city.subjects)])
        )

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
        """The one whose ceremony it is, then those that have agreed to take part. Lists prefetch ``takings__city__actor``."""
        fetched = getattr(self, "_prefetched_objects_cache", {})
        takings = fetched["takings"] if "takings" in fetched else self.takings.select_related("city__actor")
        return [taking.city for taking in sorted(takings, key=lambda taking: taking.order) if taking.shown]

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the hall."""
        return ZoneInfo(self.time_zone)

    @property
    def day(self) -> str:
        """The day of it in the hall: ``2018-12-03``."""
        return self.starts_at.astimezone(self.zone).date().isoformat()

    @classmethod
    def plan(cls, kind: str, cities: list[City], *, by: str, asked: Sequence[City] = (), **values: Any) -> Ceremony:
        """Plan a ceremony of these cities, the one that goes live first. Those in ``asked`` take part when their team has agreed.

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
            for order, city in enumerate(cities):
                ceremony.takings.model.begin(ceremony, city, order, by=by, asked=city in asked)
            ceremony.record("planned", by=by)
        return ceremony

    @contextmanager
    def changing(self, what: str, *, by: str, when: Sequence[str] = PLANNING) -> Iterator[Ceremony]:
        """One change of the plan: yields the ceremony, locked, and records ``what`` was changed for each of its cities.

        Raises:
            NotNow: it is open, over or called off.
        """
        with transaction.atomic():
            ceremony = Ceremony.objects.select_for_update().get(pk=self.pk)
            if ceremony.state not in when:
                raise NotNow(_NOT_NOW[when is self.PLANNING])
            yield ceremony
            ceremony.record("changed", by=by, what=what)
        self.refresh_from_db()

    def record(self, verb: str, *, by: str, public: bool = False, **data: Any) -> None:
        """Write a deed into the journal of each of its cities, in the open transaction."""
        for city in self.cities_in_order:
            journal.record(f"ceremony.{verb}", self, handle=city.handle, by=by, public=public, **data)

    def change(self, *, by: str, **values: Any) -> None:
        """Change what is planned; the same again changes nothing.

        Raises:
            NotNow: it is open, over or called off.
        """
        changed = sorted(name for name, value in values.items() if getattr(self, name) != value)
        if not changed:
            return
        with self.changing(", ".join(changed), by=by) as ceremony:
            for name in changed:
                setattr(ceremony, name, values[name])
            ceremony.save(update_fields=changed)

    def announce(self, *, by: str, shown: bool = True) -> None:
        """Show its public page to everybody, or not any more. Done twice it is done once.

        Raises:
            NotNow: it is open or over, or has no title.
        """
        with transaction.atomic():
            ceremony = Ceremony.objects.select_for_update().get(pk=self.pk)
            if ceremony.announced == shown:
                return
            if ceremony.state not in self.PLANNING:
                raise NotNow(_NOT_NOW[True])
            if shown and not ceremony.title:
                raise NotNow(gettext("Give the ceremony a title before it is announced."))
            if shown:
                ceremony.takings.model.check_names(ceremony)
            ceremony.announced = shown
            ceremony.save(update_fields=["announced"])
            ceremony.record("announced" if shown else "concealed", by=by, public=shown)
        self.refresh_from_db()

    def renew_key(self, *, by: str) -> None:
        """Give the hall a new word: whoever came in by the old one is out.

        Raises:
            NotNow: a run is going on, and its wall and phones have the old one.
        """
        with transaction.atomic():
            ceremony = Ceremony.objects.select_for_update().get(pk=self.pk)
            if ceremony.runs.filter(state__in=("open", "held", "met")).exists():
                raise NotNow(gettext("A run is going on: its wall and phones have this link."))
            ceremony.key = new_key()
            ceremony.save(update_fields=["key"])
            ceremony.record("rekeyed", by=by)
        self.refresh_from_db()

    def call_off(self, *, by: str, reason: str) -> None:
        """Call it off before it is opened; one that is open is called off with its run.

        Raises:
            NotNow: a run is going on, or it is over; or no reason is given.
        """
        if not reason.strip():
            raise NotNow(gettext("Say why it is called off."))
        with transaction.atomic():
            ceremony = Ceremony.objects.select_for_update().get(pk=self.pk)
            if ceremony.state not in self.PLANNING:
                raise NotNow(_NOT_NOW[True])
            for run in ceremony.runs.filter(state__in=("open", "held", "met")):
                run.call_off(by=by, reason=reason)
            ceremony.step("called_off", by=by, reason=reason.strip()[:300])
        self.refresh_from_db()

    def show(self, pictures: Sequence[Medium], recording: Medium | None, *, by: str) -> None:
        """Choose what the keepsake shows: pictures in their order, and the recording; also after it is over."""
        with self.changing("pictures", by=by, when=(*self.PLANNING, "open", *self.OVER)) as ceremony:
            ceremony.recording = recording
            ceremony.save(update_fields=["recording"])
            ceremony.shown.all().delete()
            shown = [self.shown.model(ceremony=ceremony, medium=one, order=n) for n, one in enumerate(pictures)]
            self.shown.model.objects.bulk_create(shown)

    def step(self, state: str, *, by: str, **data: Any) -> None:
        """Take a step of the life cycle in the open transaction, and record it for each of its cities.

        Raises:
            LifeCycleError: the life cycle has no such step.
        """
        self.LIFE.check(self.state, state)
        self.state = state
        self.save(update_fields=["state", "launched_at"])
        self.record(state, by=by, public=state in self.OVER and self.announced, **data)

    def keep(self, *, by: str) -> None:
        """Show the keepsake to everybody."""
        with transaction.atomic():
            ceremony = Ceremony.objects.select_for_update().get(pk=self.pk)
            ceremony.announced = True
            ceremony.save(update_fields=["announced"])
            ceremony.step("kept", by=by)
        self.refresh_from_db()


_NOT_NOW = {
    True: _("The ceremony is open or over: its plan cannot be changed any more."),
    False: _("The ceremony was called off: nothing of it is shown."),
}
