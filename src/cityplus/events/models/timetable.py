from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus import journal
from cityplus.events.errors import MeetingError
from cityplus.events.models.event import Event
from cityplus.jobs.models import Job
from cityplus.lib.lifecycle import LifeCycle

SLOTS = 60
"""The most slots of a timetable."""


class Timetable(models.Model):
    """When organisations meet at an event: parts of the day, cut into slots. ``streak`` meetings follow one another at most, then comes
    a pause (0: none is asked for). Once it is published, hours and pauses stay as they are."""

    LIFE = LifeCycle("""
        open -> published
    """)

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="timetable")
    state = models.CharField(max_length=9, choices=LIFE.choices, default=LIFE.first)
    parts = models.JSONField(default=list, help_text="Pairs of moments, from and to, in ISO 8601")
    minutes = models.PositiveSmallIntegerField(default=20, help_text="Of one meeting")
    walk = models.PositiveSmallIntegerField(default=5, help_text="Minutes between two meetings")
    streak = models.PositiveSmallIntegerField(default=4)
    published_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"meetings of {self.event_id} ({self.state})"

    @classmethod
    def arrange(
        cls, event: Event, parts: Sequence[tuple[datetime, datetime]], *, minutes: int, walk: int, streak: int, by: str
    ) -> Timetable:
        """Say when organisations may meet, or say it anew.

        Raises:
            MeetingError: it is published, the event has no venue, a part is none of the event, parts overlap, or there are no slots
                or too many.
        """
        with transaction.atomic():
            event._locked()
            timetable = cls.objects.select_for_update(no_key=True).filter(event=event).first() or cls(event=event)
            if not event.venues.exists():
                raise MeetingError(_("Say where the event takes place first."))
            if timetable.state != "open":
                raise MeetingError(_("The timetable is published; its hours stay as they are."))
            timetable.parts = [[start.isoformat(), end.isoformat()] for start, end in sorted(parts)]
            timetable.minutes, timetable.walk, timetable.streak = minutes, walk, streak
            timetable._check(event)
            timetable.save()
            timetable.record("arranged", by, parts=timetable.parts, minutes=minutes)
        return timetable

    def hold(self) -> None:
        """Lock it until the end of the transaction: before its parties, their meetings and its runs."""
        journal.queue_up()  # before the rows: who is told of many registrations that end takes the parties of many behind it
        Timetable.objects.select_for_update(no_key=True).get(pk=self.pk)

    def _check(self, event: Event) -> None:
        last = event.starts_at
        for start, end in self.hours():
            if start < last or end <= start or end > event.ends_at:
                raise MeetingError(
                    _("The hours of the meetings lie within those of the event, one part after the other.")
                )
            last = end
        if not self.minutes or not 0 < len(self.slots()) <= SLOTS:
            raise MeetingError(_("The hours have room for 1 to %d meetings one after the other.") % SLOTS)

    def hours(self) -> list[tuple[datetime, datetime]]:
        return [(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in self.parts]

    def runs(self) -> list[list[datetime]]:
        """When each slot begins, part by part."""
        step, long = timedelta(minutes=self.minutes + self.walk), timedelta(minutes=self.minutes)
        found: list[list[datetime]] = []
        for start, end in self.hours():
            many = max((end - start - long) // step + 1, 0)
            found.append([start + number * step for number in range(many)])
        return found

    def slots(self) -> list[datetime]:
        return [start for run in self.runs() for start in run]

    def end_of(self, start: datetime) -> datetime:
        return start + timedelta(minutes=self.minutes)

    def record(self, verb: str, by: str, **data: Any) -> None:
        journal.record(
            f"timetable.{verb}", self, handle=self.event.host.handle, by=by, quiet=True, event=self.event_id, **data
        )


class Run(models.Model):
    """A timetable that was asked for, worked out by the worker and looked at by the organisers before it holds. ``plan`` has triples: two
    parties and the number of a slot."""

    LIFE = LifeCycle("""
        waiting -> done -> published
        waiting -> failed
        done -> overtaken
    """)

    timetable = models.ForeignKey(Timetable, on_delete=models.CASCADE, related_name="asked")
    state = models.CharField(max_length=9, choices=LIFE.choices, default=LIFE.first)
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField(default=timezone.now)
    percent = models.PositiveSmallIntegerField(default=0)
    plan = models.JSONField(default=list)
    figures = models.JSONField(default=dict, help_text="What it comes to: wishes, met, fairness, new, moved, ended")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["timetable"], condition=models.Q(state="waiting"), name="events_one_run_waits"
            )
        ]

    @property
    def given_up(self) -> bool:
        """Whether the worker tried it as often as it does, in vain."""
        return self.state == "waiting" and Job.objects.filter(key=f"events.timetable:{self.pk}", state="dead").exists()

    def __str__(self) -> str:
        return f"run {self.pk} of {self.timetable_id} ({self.state})"
