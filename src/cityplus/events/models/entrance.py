from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cityplus.events.models.event import Event
from cityplus.events.models.registration import Registration
from cityplus.events.models.venue import Venue


class Scan(models.Model):
    """What was seen at a door, once for each nonce. ``at`` is when it happened, by the clock of the phone as far as it can be trusted;
    ``outcome`` what it came to, which an earlier scan that arrives later may change. ``beat`` grows with each change."""

    class How(models.TextChoices):
        CODE = "code", _("scanned")
        TYPED = "typed", _("typed")
        HAND = "hand", _("by hand")
        WALK_IN = "walk-in", _("registered at the door")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="scans")
    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="scans")
    registration = models.ForeignKey(
        Registration, null=True, blank=True, on_delete=models.CASCADE, related_name="scans", help_text="None: no ticket"
    )
    device = models.CharField(max_length=32)
    nonce = models.CharField(max_length=64)
    leaves = models.BooleanField(default=False)
    how = models.CharField(max_length=7, choices=How)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    by = models.CharField(max_length=150)
    reason = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=9)
    against = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    beat = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["at", "device", "nonce"]
        constraints = [models.UniqueConstraint(fields=["event", "nonce"], name="events_scan_once")]
        indexes = [
            models.Index(fields=["registration", "at"], name="events_scans_in_order"),
            models.Index(fields=["event", "device", "beat"], name="events_scans_of_device"),
            models.Index(fields=["event", "outcome", "-at"], name="events_scans_by_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} at {self.venue_id}: {self.outcome}"


class Attendance(models.Model):
    """What the scans of a registration come to. There is one as soon as somebody has entered."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="attendances")
    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="attendance")
    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="+")
    inside = models.BooleanField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    beat = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["event", "beat"], name="events_attendance_news")]

    def __str__(self) -> str:
        return f"{self.registration_id} {'inside' if self.inside else 'outside'}"
