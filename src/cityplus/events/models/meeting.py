from __future__ import annotations

import secrets
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus import journal
from cityplus.events.errors import MeetingError
from cityplus.events.models.party import Party
from cityplus.events.models.timetable import Timetable


def _uid() -> str:
    return secrets.token_hex(16)


class Meeting(models.Model):
    """Two parties that meet in a slot, at a table or over a video line. One that ended stays, so that calendars hear of it; whoever
    called it off is not given the same meeting again."""

    timetable = models.ForeignKey(Timetable, on_delete=models.CASCADE, related_name="meetings")
    uid = models.CharField(max_length=32, unique=True, default=_uid, editable=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    by_line = models.BooleanField(help_text="Over a video line, between two halls")
    sequence = models.PositiveIntegerField(default=0, help_text="RFC 5545 SEQUENCE")
    changed_at = models.DateTimeField(auto_now=True)
    over_at = models.DateTimeField(null=True, blank=True, help_text="When it was called off")
    over_for = models.ForeignKey(
        Party,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who did not want it; none: the timetable, or they left",
    )
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["timetable", "over_at", "starts_at"], name="events_meetings_in_order")]

    def __str__(self) -> str:
        return f"{self.uid} at {self.starts_at:%Y-%m-%d %H:%M}"

    def call_off(self, party: Party, reason: str, *, by: str, leaving: bool = False) -> None:
        """One of the two does not come to it; the other is told. Called off again nothing changes. Who is ``leaving`` all meetings has
        nothing against this one, should they come back.

        Raises:
            MeetingError: it is not theirs.
        """
        with transaction.atomic():
            journal.queue_up()  # before the timetable, as arranging it does
            Timetable.objects.select_for_update(no_key=True).get(pk=self.timetable_id)
            row = Meeting.objects.select_for_update(no_key=True).get(pk=self.pk)
            if not row.sides.filter(party=party).exists():
                raise MeetingError(_("This is no meeting of this organisation."))
            if row.over_at is None:
                row.end(None if leaving else party, reason)
                row.record("called_off", by, party=party.pk)
        self.refresh_from_db()

    def end(self, party: Party | None, reason: str = "") -> None:
        """It does not take place, behind the lock of the timetable."""
        self.over_at, self.over_for, self.reason, self.sequence = timezone.now(), party, reason, self.sequence + 1
        self.save(update_fields=["over_at", "over_for", "reason", "sequence", "changed_at"])
        self.sides.update(over=True)

    def record(self, verb: str, by: str, **data: Any) -> None:
        journal.record(f"meeting.{verb}", self, by=by, quiet=True, timetable=self.timetable_id, **data)


class Side(models.Model):
    """One of the two parties of a meeting, and the number of the table or line in its hall. The database itself lets nobody be in two
    meetings that begin at one time."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sides")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="sides")
    starts_at = models.DateTimeField()
    number = models.PositiveSmallIntegerField()
    over = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "party"], name="events_side_once"),
            models.UniqueConstraint(
                fields=["party", "starts_at"], condition=models.Q(over=False), name="events_nobody_twice"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} in {self.meeting_id}"
