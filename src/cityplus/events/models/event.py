from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.events.errors import EventError
from cityplus.languages.fields import MultilingualField
from cityplus.lib.lifecycle import LifeCycle
from cityplus.media.models import Medium
from cityplus.social.speakers import voices


class EventQuerySet(models.QuerySet["Event"]):
    def public(self) -> EventQuerySet:
        """What everybody may know of."""
        return self.exclude(state="draft")

    def visible_to(self, person: Any) -> EventQuerySet:
        """Published ones are everybody's, drafts only their organisers' and the office's."""
        if getattr(person, "is_staff", False):
            return self
        mine = [actor.pk for actor in voices.of(person)]
        return self.exclude(~models.Q(organisers__in=mine), state="draft") if mine else self.public()


class Event(models.Model):
    """A meeting. It belongs to its organisers, with equal rights; its address stands below the first of them. ``starts_at`` and ``ends_at``
    are moments; each venue has its own clock for them."""

    LIFE = LifeCycle("""
        draft -> published -> held
        published -> cancelled
    """)

    class Kind(models.TextChoices):
        PROMOTION = "promotion", gettext_lazy("promotion meeting")
        OPENING = "opening", gettext_lazy("opening of a route")
        CEREMONY = "ceremony", gettext_lazy("ceremony")
        FESTIVAL = "festival", gettext_lazy("festival")
        TALK = "talk", gettext_lazy("talk")
        EXCHANGE = "exchange", gettext_lazy("exchange")

    organisers = models.ManyToManyField(Actor, through="events.Organiser", related_name="events")
    slug = models.SlugField(max_length=80)
    kind = models.CharField(max_length=9, choices=Kind)
    state = models.CharField(max_length=9, choices=LIFE.choices, default=LIFE.first)
    title = MultilingualField()
    story = MultilingualField()
    bring = MultilingualField(help_text="What to bring")
    languages = models.JSONField(default=list, help_text="BCP 47 tags of those that are spoken")
    sectors = models.JSONField(
        default=list, help_text="Sections and divisions of ISIC of the companies that are wanted"
    )
    cover = models.ForeignKey(Medium, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    opens_at = models.DateTimeField(null=True, blank=True, help_text="When registration opens; none: when published")
    closes_at = models.DateTimeField(
        null=True, blank=True, help_text="When registration ends; none: when the event ends"
    )
    approval = models.BooleanField(default=False, help_text="Whether the organisers look at each registration first")
    sequence = models.PositiveIntegerField(
        default=0, help_text="RFC 5545 SEQUENCE: grows with what calendars must hear of"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["starts_at", "id", "state"], name="events_in_order")]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="events_end_after_start")
        ]

    def __str__(self) -> str:
        return f"{self.slug} ({self.state})"

    def get_absolute_url(self) -> str:
        return reverse("events:event", args=[self.host.handle, self.slug])

    @property
    def host(self) -> Actor:
        """The first of the organisers, below whose address it stands."""
        return self.hosting.select_related("actor").get(place=0).actor

    @classmethod
    def plan(cls, host: Actor, *, by: str, **facts: Any) -> Event:
        """Begin an event of this actor; it is a draft.

        Raises:
            EventError: the host has an event with this slug.
        """
        with transaction.atomic():
            Actor.objects.select_for_update().get(pk=host.pk)
            if Organiser.objects.filter(actor=host, place=0, event__slug=facts["slug"]).exists():
                raise EventError(_("There is an event “%s” already; choose another address.") % facts["slug"])
            event = cls.objects.create(**facts)
            Organiser.objects.create(
                event=event, actor=host, place=0, asked_by=by, agreed_at=timezone.now(), agreed_by=by
            )
            event.record("planned", by)
        return event

    def may_edit(self, person: Any) -> bool:
        """Whether a person speaks for one of the organisers that agreed."""
        mine = [actor.pk for actor in voices.of(person)]
        return self.hosting.filter(actor__in=mine).exclude(agreed_at=None).exists()

    def publish(self, *, by: str) -> None:
        """Let everybody know, and register.

        Raises:
            EventError: it has no title or no venue, or an organiser has not agreed yet.
            LifeCycleError: it is no draft.
        """
        with transaction.atomic():
            event = self._locked()
            if not event.title:
                raise EventError(_("Give the event a title."))
            if not event.venues.exists():
                raise EventError(_("Say where it takes place: a hall, or online."))
            if event.hosting.filter(agreed_at=None).exists():
                raise EventError(_("An organiser who was asked has not agreed yet."))
            event._advance("published", by, published_at=timezone.now())
        self.refresh_from_db()

    def cancel(self, reason: str, *, by: str) -> None:
        """Call it off; who is registered is told, and calendars are.

        Raises:
            LifeCycleError: it is not published.
        """
        with transaction.atomic():
            event = self._locked()
            event.sequence += 1
            event._advance("cancelled", by, cancelled_at=timezone.now(), reason=reason, sequence=event.sequence)
        self.refresh_from_db()

    def _locked(self) -> Event:
        return Event.objects.select_for_update().get(pk=self.pk)

    def _advance(self, state: str, by: str, reason: str = "", **columns: Any) -> None:
        self.LIFE.check(self.state, state)
        self.state = state
        for name, value in columns.items():
            setattr(self, name, value)
        self.save(update_fields=["state", "changed_at", *columns])
        self.record(state, by, public=state == "published", reason=reason)

    def record(self, verb: str, by: str, *, public: bool = False, **data: Any) -> None:
        """Write into the trail what was done with it, for the first of its organisers."""
        journal.record(f"event.{verb}", self, handle=self.host.handle, by=by, public=public, **data)


class Organiser(models.Model):
    """An actor that holds an event. One that is asked is no organiser before it agreed. ``place`` 0 is the one that began it."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="hosting")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="hosting")
    place = models.PositiveSmallIntegerField()
    asked_by = models.CharField(max_length=150)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["event", "actor"], name="events_organiser_once")]

    def __str__(self) -> str:
        return f"{self.actor} of {self.event_id}"

    @classmethod
    def ask(cls, event: Event, actor: Actor, *, by: str) -> Organiser:
        """Ask an actor to hold the event too; asked again nothing changes."""
        with transaction.atomic():
            event._locked()
            last = event.hosting.aggregate(n=models.Max("place"))["n"] or 0
            row, new = cls.objects.get_or_create(event=event, actor=actor, defaults={"place": last + 1, "asked_by": by})
            if new:
                event.record("organiser_asked", by, actor=actor.handle)
        return row

    def agree(self, *, by: str) -> None:
        """Hold the event too, from now on with equal rights."""
        with transaction.atomic():
            self.event._locked()
            if Organiser.objects.filter(pk=self.pk, agreed_at=None).update(agreed_at=timezone.now(), agreed_by=by):
                self.event.record("organiser_agreed", by, actor=self.actor.handle)


class Venue(models.Model):
    """Where an event takes place: a hall with its clock, or online at ``link``. ``capacity`` 0 is no bound; ``taken`` equals the number of
    confirmed registrations always."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="venues")
    place = models.PositiveSmallIntegerField(default=0)
    city = models.ForeignKey(City, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = MultilingualField()
    address = models.CharField(max_length=300, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    time_zone = models.CharField(max_length=64, help_text="IANA name")
    access = MultilingualField(help_text="How one gets in without steps, hears and sees there")
    link = models.CharField(
        max_length=300, blank=True, help_text="Address of the stream; a venue without a hall is online"
    )
    capacity = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    tables = models.PositiveSmallIntegerField(default=0, help_text="For meetings of two organisations in this hall")
    lines = models.PositiveSmallIntegerField(default=0, help_text="Video lines to organisations in other halls")

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(capacity=0) | models.Q(taken__lte=models.F("capacity")), name="events_venue_not_over"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.event_id}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def has_place(self) -> bool:
        return self.capacity == 0 or self.taken < self.capacity
