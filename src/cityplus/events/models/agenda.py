from __future__ import annotations

from django.db import models
from django.urls import reverse

from cityplus.cities.models import City
from cityplus.events.models.event import Event, Venue
from cityplus.languages.fields import MultilingualField
from cityplus.media.models import Medium
from cityplus.people.models import Person


class Presenter(models.Model):
    """Somebody who presents a city: in sessions, on routes, in clips. The page of a presenter gathers all of it."""

    slug = models.SlugField(max_length=80, unique=True)
    city = models.ForeignKey(City, null=True, blank=True, on_delete=models.SET_NULL, related_name="presenters")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    names = MultilingualField()
    title = MultilingualField(help_text="Office or profession")
    about = MultilingualField()
    languages = models.JSONField(default=list)
    picture = models.ForeignKey(Medium, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sample = models.BooleanField(default=False, help_text="Invented, for a sample network")

    def __str__(self) -> str:
        return str(self.names)

    def get_absolute_url(self) -> str:
        return reverse("events:presenter", args=[self.slug])


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
