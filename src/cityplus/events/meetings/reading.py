"""The timetable of a party as its page, its calendar and its paper show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from cityplus.events.models import Meeting, Party, Venue
from cityplus.languages import formats
from cityplus.languages.tags import reader_tag
from cityplus.organisations.encounters import Met
from cityplus.web.addresses import bare


@dataclass(frozen=True, slots=True)
class Line:
    """A meeting of a party: whom, when by the clocks of both, and where."""

    meeting: Meeting
    other: Party
    number: int
    here: Venue
    there: Venue
    ours: int = 0

    @property
    def after(self) -> list[tuple[str, str]]:
        """What one may do once it has taken place: labels with addresses."""
        if self.meeting.over_at or self.meeting.ends_at > timezone.now():
            return []
        event = self.meeting.timetable.event
        on = self.meeting.starts_at.astimezone(self.here.zone).date()
        return Met(self.ours, self.other.organisation_id, on, bare(event.get_absolute_url())).pages

    @property
    def day(self) -> str:
        return formats.day(self.meeting.starts_at.astimezone(self.here.zone), reader_tag())

    @property
    def clocks(self) -> list[tuple[str, Venue]]:
        """From and to by the clock of one's own hall, and by that of the other where it differs."""
        halls = [self.here]
        if self.here.time_zone != self.there.time_zone:
            halls.append(self.there)
        return [(_span(self.meeting.starts_at, self.meeting.ends_at, hall), hall) for hall in halls]


def _span(start: datetime, end: datetime, hall: Venue) -> str:
    return f"{start.astimezone(hall.zone):%H:%M}–{end.astimezone(hall.zone):%H:%M}"


def lines_of(party: Party, *, over: bool = False) -> list[Line]:
    """Its meetings in order; ``over``: those that were called off as well."""
    sides = party.sides.select_related("meeting__timetable__event").order_by("meeting__starts_at", "pk")
    rows = list(sides if over else sides.filter(over=False))
    others = (
        Party.objects.filter(sides__meeting__in=[row.meeting_id for row in rows])
        .exclude(pk=party.pk)
        .select_related("organisation__actor", "organisation__city__actor", "registration__venue")
    )
    by_meeting = dict(others.values_list("sides__meeting", "pk"))
    known = {other.pk: other for other in others}
    return [
        Line(row.meeting, other, row.number, party.venue, other.venue, party.organisation_id)
        for row in rows
        if (other := known.get(by_meeting.get(row.meeting_id, 0)))
    ]
