from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.events.errors import EventError
from cityplus.events.models.event import Event, Venue
from cityplus.languages.fields import MultilingualField
from cityplus.media.models import Medium
from cityplus.people.models import Person


class PresenterQuerySet(models.QuerySet["Presenter"]):
    def public(self) -> PresenterQuerySet:
        """Those of whom everybody may know: of no city, or of one that is there for everybody."""
        return self.filter(models.Q(city=None) | models.Q(city__stage__in=City.PUBLIC, city__actor__gone_at=None))

    def visible_to(self, person: Any) -> PresenterQuerySet:
        """Public ones are everybody's, those of a city before its launch its team's and the office's."""
        if getattr(person, "is_staff", False):
            return self
        if not getattr(person, "is_authenticated", False):
            return self.public()
        theirs = City.objects.filter(team__person=person)
        return self.filter(models.Q(pk__in=Presenter.objects.public().values("pk")) | models.Q(city__in=theirs))

    def for_cards(self) -> PresenterQuerySet:
        return self.select_related("city__actor", "picture").prefetch_related("picture__renditions")


class Presenter(models.Model):
    """Somebody who presents a city: in sessions, on routes, in clips. The page of a presenter gathers all of it."""

    slug = models.SlugField(max_length=80, unique=True)
    city = models.ForeignKey(City, null=True, blank=True, on_delete=models.SET_NULL, related_name="presenters")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    introduced_for = models.ForeignKey(
        Actor,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The organisation of the city that introduced them, and may write of them; none: the city alone",
    )
    names = MultilingualField()
    title = MultilingualField(help_text="Office or profession")
    about = MultilingualField()
    languages = models.JSONField(default=list)
    picture = models.ForeignKey(Medium, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sample = models.BooleanField(default=False, help_text="Invented, for a sample network")

    objects = PresenterQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.names)

    def get_absolute_url(self) -> str:
        return reverse("events:presenter", args=[self.slug])

    @classmethod
    def introduce(cls, slug: str, *, by: str, **facts: Any) -> Presenter:
        """Make the page of a presenter.

        Raises:
            EventError: there is one at this address.
        """
        with transaction.atomic():
            made, new = cls.objects.get_or_create(slug=slug, defaults=facts)
            if not new:
                raise EventError(_("There is a presenter at this address already; choose another one."))
            made._record("introduced", by)
        return made

    def change(self, *, by: str, **facts: Any) -> None:
        with transaction.atomic():
            journal.queue_up()  # before the row, as who purges an account does
            Presenter.objects.filter(pk=self.pk).update(**facts)
            self._record("changed", by)
        self.refresh_from_db()

    def _record(self, verb: str, by: str) -> None:
        handle = self.city.handle if self.city else ""
        journal.record(f"presenter.{verb}", self, handle=handle, by=by, public=False)


class Clip(models.Model):
    """Where else a presenter is seen: a route, a stop, a ceremony, a post; a kind and an id, as attachments of posts have them."""

    presenter = models.ForeignKey(Presenter, on_delete=models.CASCADE, related_name="clips")
    kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["presenter", "kind", "subject_id"], name="events_clip_once"),
        ]

    def __str__(self) -> str:
        return f"{self.presenter_id} in {self.kind} {self.subject_id}"

    @classmethod
    def keep(cls, presenter: Presenter, keys: Sequence[tuple[str, int]]) -> None:
        """These and no others, in this order."""
        rows = [
            Clip(presenter=presenter, kind=kind, subject_id=pk, place=n)
            for n, (kind, pk) in enumerate(dict.fromkeys(keys))
        ]
        with transaction.atomic():
            cls.objects.filter(presenter=presenter).delete()
            Clip.objects.bulk_create(rows)


class Session(models.Model):
    """A part of the agenda, in one hall or (none said) in all of them. ``capacity`` 0 is no bound; ``taken`` equals the number of
    confirmed seats always."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="agenda")
    venue = models.ForeignKey(Venue, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    title = MultilingualField()
    about = MultilingualField()
    languages = models.JSONField(default=list)
    presenters = models.ManyToManyField(Presenter, through="events.Appearance", related_name="sessions")
    capacity = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="events_session_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(capacity=0) | models.Q(taken__lte=models.F("capacity")),
                name="events_session_not_over",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} of {self.event_id}"

    @property
    def has_place(self) -> bool:
        return self.capacity == 0 or self.taken < self.capacity

    @property
    def zone(self) -> ZoneInfo:
        """The clock that one plans it by: of its hall, else the event's."""
        return self.venue.zone if self.venue else self.event.zone

    @classmethod
    def add(cls, event: Event, *, by: str, presenters: Sequence[Presenter] = (), **facts: Any) -> Session:
        """Put a session on the agenda.

        Raises:
            EventError: it lies outside of the event, or the event is cancelled.
        """
        with transaction.atomic():
            locked = event.locked_to_change()
            _check_within(locked, facts["starts_at"], facts["ends_at"])
            made = cls.objects.create(event=locked, **facts)
            made._show(presenters)
            locked.changed("agenda_changed", by, heard=True, session=made.pk)
        return made

    def change(self, *, by: str, presenters: Sequence[Presenter] | None = None, **facts: Any) -> None:
        """Say anew what it is like; who waits gets the places that come to it. In another hall it keeps those who come there; the
        others are told that they have no seat in it any more.

        Raises:
            EventError: it lies outside of the event, the event is cancelled, or more people have a seat than it would have.
        """
        from cityplus.events.models.registration import promote_in  # noqa: PLC0415 - registrations are for sessions

        with transaction.atomic():
            event = self.event.locked_to_change()
            row = Session.objects.select_for_update(no_key=True).get(pk=self.pk)
            before = row.starts_at
            for name, value in facts.items():
                setattr(row, name, value)
            _check_within(event, row.starts_at, row.ends_at)
            if row.capacity and row.capacity < row.taken:
                raise EventError(
                    _("%(taken)s people have a place there: give at least as many places.") % {"taken": row.taken}
                )
            row.save(update_fields=[*facts])
            if row.venue_id:
                row._unseat(event, row.seats.exclude(registration__venue=row.venue_id), by)
            if presenters is not None:
                row._show(presenters)
            promote_in(row)
            event.changed("agenda_changed", by, heard=True, session=row.pk, moved=row.starts_at != before)
        self.refresh_from_db()

    def remove(self, *, by: str) -> None:
        """Take it from the agenda, with the seats in it; who had one is told."""
        with transaction.atomic():
            event = self.event.locked_to_change()
            row = Session.objects.select_for_update(no_key=True).filter(pk=self.pk).first()
            if row is None:
                return
            row._unseat(event, row.seats.all(), by)
            row.delete()
            event.changed("agenda_changed", by, heard=True)

    def _unseat(self, event: Event, seats: Any, by: str) -> None:
        """Take these seats away, of a session that is locked, and have their people told."""
        rows = list(seats.order_by("registration"))
        if not rows:
            return
        self.seats.filter(pk__in=[seat.pk for seat in rows]).delete()
        self.taken = self.seats.filter(state="confirmed").count()
        Session.objects.filter(pk=self.pk).update(taken=self.taken)
        told = [seat.registration_id for seat in rows]
        about: dict[str, Any] = {
            "event": event.pk,
            "session": self.pk,
            "title": self.title.as_json(),
            "registrations": told,
        }
        event.record("unseated", by, quiet=True, **about)

    def _show(self, presenters: Sequence[Presenter]) -> None:
        self.appearances.all().delete()
        rows = [Appearance(session=self, presenter=one, place=n) for n, one in enumerate(dict.fromkeys(presenters))]
        Appearance.objects.bulk_create(rows)


class Appearance(models.Model):
    """A presenter in a session."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="appearances")
    presenter = models.ForeignKey(Presenter, on_delete=models.PROTECT, related_name="appearances")
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["session", "presenter"], name="events_appears_once")]

    def __str__(self) -> str:
        return f"{self.presenter_id} in {self.session_id}"


def _check_within(event: Event, starts_at: datetime, ends_at: datetime) -> None:
    if not event.starts_at <= starts_at < ends_at <= event.ends_at:
        raise EventError(_("A session lies within the hours of the event, and ends after it has begun."))
