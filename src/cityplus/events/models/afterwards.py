from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from cityplus.events.models.agenda import Session
from cityplus.events.models.event import Event
from cityplus.media.models import Medium


class Picture(models.Model):
    """A picture of an event, in its place."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="pictures")
    medium = models.ForeignKey(Medium, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "id"]
        constraints = [models.UniqueConstraint(fields=["event", "medium"], name="events_picture_once")]

    def __str__(self) -> str:
        return f"{self.medium_id} of {self.event_id}"

    @classmethod
    def settle(cls, event: Event, media: Sequence[int]) -> None:
        """These and no others, in this order."""
        with transaction.atomic():
            event.pictures.all().delete()
            rows = [Picture(event=event, medium_id=pk, place=n) for n, pk in enumerate(dict.fromkeys(media))]
            Picture.objects.bulk_create(rows)


class Paper(models.Model):
    """A file of an event, or of one of its sessions: slides, a programme, a brochure. Always a PDF."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="papers")
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.CASCADE, related_name="papers")
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=20, blank=True, help_text="BCP 47")
    key = models.CharField(max_length=200, help_text="In the store; the path below its root")
    bytes = models.PositiveBigIntegerField()
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["session", "id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:paper", args=[self.event.host.handle, self.event.slug, self.pk])

    @classmethod
    def add(cls, event: Event, title: str, key: str, size: int, *, by: str, **facts: Any) -> Paper:
        """Add a file that lies in the store; ``facts``: the session that it is of, its language."""
        with transaction.atomic():
            locked = event.locked_to_change()
            made = cls.objects.create(event=locked, title=title, key=key, bytes=size, **facts)
            locked.changed("paper_added", by)
        return made

    def remove(self, *, by: str) -> None:
        """Take it from the event, and its file from the store once that is committed."""
        key = self.key
        with transaction.atomic():
            event = self.event.locked_to_change()
            Paper.objects.filter(pk=self.pk).delete()
            event.changed("paper_removed", by)
            transaction.on_commit(lambda: default_storage.delete(key))


class Reminder(models.Model):
    """That a registration was reminded of the event at these hours: once a kind."""

    class Kind(models.TextChoices):
        WEEK = "week"
        DAY = "day"

    registration = models.ForeignKey("events.Registration", on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=4, choices=Kind)
    starts_at = models.DateTimeField(help_text="When the event was to begin")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["registration", "kind", "starts_at"], name="events_reminded_once")
        ]

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.kind}"


class CalendarKey(models.Model):
    """Which secret address of a person's own calendar holds: the number grows when they want another one."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.number}"

    @classmethod
    def of(cls, person: Any) -> CalendarKey:
        return cls.objects.get_or_create(person=person)[0]

    def renew(self) -> None:
        """Have another address; the one there was shows nothing any more."""
        CalendarKey.objects.filter(pk=self.pk).update(number=models.F("number") + 1)
        self.refresh_from_db()
