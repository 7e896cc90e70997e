from __future__ import annotations

import secrets
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.events.errors import EventError
from cityplus.events.models.organiser import Organiser
from cityplus.events.models.queries import EventQuerySet
from cityplus.events.models.venue import Venue
from cityplus.languages.fields import MultilingualField
from cityplus.lib.lifecycle import LifeCycle
from cityplus.media.models import Medium
from cityplus.pulse import Subject
from cityplus.social.speakers import voices

__all__ = ["Event", "Organiser", "Venue"]

HEARD = ("title", "starts_at", "ends_at", "cover_id")
"""What calendars must hear of when it changes."""


def new_uid() -> str:
    return secrets.token_hex(16)


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
    uid = models.CharField(max_length=32, default=new_uid, help_text="By which calendars know it")
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
    was_at = models.DateTimeField(null=True, blank=True, help_text="When it was to begin, if it was moved once public")
    opens_at = models.DateTimeField(null=True, blank=True, help_text="When registration opens; none: when published")
    closes_at = models.DateTimeField(
        null=True, blank=True, help_text="When registration ends; none: when the event ends"
    )
    approval = models.BooleanField(default=False, help_text="Whether the organisers look at each registration first")
    keep_days = models.PositiveSmallIntegerField(
        default=90, help_text="Days after the event for which the organisers ask to keep what people said of themselves"
    )
    sequence = models.PositiveIntegerField(
        default=0, help_text="RFC 5545 SEQUENCE: grows with what calendars must hear of"
    )
    reason = models.CharField(max_length=500, blank=True, help_text="Why it was cancelled")
    recording = models.ForeignKey(Medium, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    report = MultilingualField(help_text="Afterwards: what came of it, in short")
    thanks = MultilingualField(help_text="Afterwards: whom the organisers thank")
    press = models.JSONField(default=list, help_text="Afterwards: who wrote of it; pairs of address and words")
    sample = models.BooleanField(default=False, help_text="Shown in a sample network, and marked so")
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
        return reverse("events:page", args=[self.host.handle, self.slug])

    @property
    def host(self) -> Actor:
        """The first of the organisers, below whose address it stands."""
        if "hosting" in getattr(self, "_prefetched_objects_cache", {}):
            return next(row.actor for row in self.hosting.all() if row.place == 0)
        return self.hosting.select_related("actor").get(place=0).actor

    @property
    def time_zone(self) -> str:
        """The clock by which it is planned: that of the first venue, else of the city of who began it."""
        first = next(iter(self.venues.all()), None)
        if first:
            return first.time_zone
        host = self.host
        city = getattr(host, "city", None) or getattr(getattr(host, "organisation", None), "city", None)
        return city.time_zone if city else "UTC"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def is_over(self) -> bool:
        return self.state == "held" or timezone.now() >= self.ends_at

    @property
    def is_open(self) -> bool:
        """Whether one can register now."""
        now = timezone.now()
        opened = self.opens_at is None or self.opens_at <= now
        return self.state == "published" and opened and now < (self.closes_at or self.ends_at)

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """What a view of its page counts for."""
        city = getattr(self.host, "city", None)
        return (Subject.of("event", self.pk), *(city.subjects if city else ()))

    @classmethod
    def plan(cls, host: Actor, *, by: str, **facts: Any) -> Event:
        """Begin an event of this actor; it is a draft.

        Raises:
            EventError: the host has an event with this slug.
        """
        with transaction.atomic():
            journal.queue_up()  # before the actor, in the order in which posting takes the two
            Actor.objects.select_for_update(no_key=True).get(pk=host.pk)
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

    def change(self, *, by: str, **values: Any) -> None:
        """Say anew what it is like.

        Raises:
            EventError: it is cancelled, or what was said cannot be.
        """
        with transaction.atomic():
            event = self.locked_to_change()
            heard = any(name in values and values[name] != getattr(event, name) for name in HEARD)
            if event.state == "published" and values.get("starts_at", event.starts_at) != event.starts_at:
                values["was_at"] = event.starts_at
            for name, value in values.items():
                setattr(event, name, value)
            event._check()
            event.save(update_fields=["changed_at", *values])
            event.changed("changed", by, heard=heard)
        self.refresh_from_db()

    def _check(self) -> None:
        if self.ends_at <= self.starts_at:
            raise EventError(_("An event ends after it has begun."))
        if self.agenda.filter(models.Q(starts_at__lt=self.starts_at) | models.Q(ends_at__gt=self.ends_at)).exists():
            raise EventError(_("A session of the agenda would be outside of the event: move it first."))
        if self.opens_at and self.opens_at >= (self.closes_at or self.ends_at):
            raise EventError(_("Registration ends after it has opened."))
        if self.state != "draft" and not self.title:
            raise EventError(_("Give the event a title."))

    def add_venue(self, *, by: str, **facts: Any) -> Venue:
        """Let it take place there too."""
        with transaction.atomic():
            event = self.locked_to_change()
            last = event.venues.aggregate(n=models.Max("place"))["n"]
            made = Venue.objects.create(event=event, place=0 if last is None else last + 1, **facts)
            event.changed("venue_added", by, heard=True, venue=made.pk)
        return made

    def missing(self) -> list[str]:
        """What is to be done before everybody may know, a sentence each."""
        found = []
        if not self.title:
            found.append(_("Give the event a title."))
        if not self.venues.exists():
            found.append(_("Say where it takes place: a hall, or online."))
        if self.hosting.filter(agreed_at=None).exists():
            found.append(_("An organiser who was asked has not agreed yet."))
        return found

    def publish(self, *, by: str) -> None:
        """Let everybody know, and register.

        Raises:
            EventError: it has no title or no venue, or an organiser has not agreed yet.
            LifeCycleError: it is no draft.
        """
        with transaction.atomic():
            event = self._locked()
            if missing := event.missing():
                raise EventError(missing[0])
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
            facts = {"cancelled_at": timezone.now(), "sequence": event.sequence, "reason": reason[:500]}
            event._advance("cancelled", by, told=reason, **facts)
        self.refresh_from_db()

    def close(self, *, by: str = "") -> None:
        """It is over. One that is already stays so.

        Raises:
            LifeCycleError: it was not published, or is cancelled.
        """
        with transaction.atomic():
            event = self._locked()
            if event.state != "held":
                event._advance("held", by)
        self.refresh_from_db()

    def locked_to_change(self) -> Event:
        """The row with a lock, inside of a transaction.

        Raises:
            EventError: it is cancelled.
        """
        event = self._locked()
        if event.state == "cancelled":
            raise EventError(_("The event is cancelled; it is not changed any more."))
        return event

    def changed(self, verb: str, by: str, *, heard: bool = False, **data: Any) -> None:
        """Note that something of it changed, in the open transaction; ``heard``: calendars are to hear of it."""
        heard = heard and self.state != "draft"
        counted: dict[str, Any] = {"sequence": models.F("sequence") + 1} if heard else {}
        Event.objects.filter(pk=self.pk).update(changed_at=timezone.now(), **counted)
        self.record(verb, by, heard=heard, **data)

    def _locked(self) -> Event:
        journal.queue_up()  # before its halls and sessions, in the order in which registering takes them
        return Event.objects.select_for_update(no_key=True).get(pk=self.pk)

    def _advance(self, state: str, by: str, told: str = "", **columns: Any) -> None:
        self.LIFE.check(self.state, state)
        self.state = state
        for name, value in columns.items():
            setattr(self, name, value)
        self.save(update_fields=["state", "changed_at", *columns])
        self.record(state, by, public=state == "published", reason=told)

    def record(self, verb: str, by: str, *, public: bool = False, **data: Any) -> None:
        """Write into the trail what was done with it, for the first of its organisers."""
        journal.record(f"event.{verb}", self, handle=self.host.handle, by=by, public=public, **data)
