from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.utils.translation import gettext as _

from cityplus.cities.models import City
from cityplus.events.errors import EventError
from cityplus.languages.fields import MultilingualField

HEARD = ("name", "address", "time_zone", "link", "city")
"""What calendars must hear of when it changes."""


class Venue(models.Model):
    """Where an event takes place: a hall with its clock, or online at ``link``. ``capacity`` 0 is no bound; ``taken`` equals the number of
    confirmed registrations always."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="venues")
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

    @property
    def left(self) -> int:
        return max(self.capacity - self.taken, 0)

    def change(self, *, by: str, **values: Any) -> None:
        """Say anew what it is like; who waits gets the places that come to it.

        Raises:
            EventError: the event is over, or more people have a place there than it would have.
        """
        from cityplus.events.models.registration import promote  # noqa: PLC0415 - registrations are of venues

        with transaction.atomic():
            event = self.event.locked_to_change()
            row = Venue.objects.select_for_update(no_key=True).get(pk=self.pk)
            capacity = values.get("capacity", row.capacity)
            if capacity and capacity < row.taken:
                raise EventError(
                    _("%(taken)s people have a place there: give at least as many places.") % {"taken": row.taken}
                )
            heard = any(name in values and values[name] != getattr(row, name) for name in HEARD)
            for name, value in values.items():
                setattr(row, name, value)
            row.save(update_fields=[*values])
            promote(row)
            event.changed("venue_changed", by, heard=heard, venue=row.pk)
        self.refresh_from_db()

    def remove(self, *, by: str) -> None:
        """Take it from the event.

        Raises:
            EventError: somebody is or was registered there, sessions are in it, or it is the last one of an event that is public.
        """
        with transaction.atomic():
            event = self.event.locked_to_change()
            if self.registrations.exists():
                raise EventError(_("People have registered for this place; it stays."))
            if event.agenda.filter(venue=self.pk).exists():
                raise EventError(_("Sessions of the agenda are in this place: move them first."))
            if event.state != "draft" and event.venues.count() == 1:
                raise EventError(_("An event takes place somewhere: add another place first."))
            Venue.objects.filter(pk=self.pk).delete()
            event.changed("venue_removed", by, heard=True)
