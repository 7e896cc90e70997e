"""What is set to be published, by the days of the city."""

from __future__ import annotations

import calendar as months
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cityplus.cities.models import City
from cityplus.desk.drafted import Drafted, drafted
from cityplus.drafts.models import Draft
from cityplus.languages import formats
from cityplus.languages.tags import locale_of, reader_tag

_MONTHS = 12
_FIRST, _LAST = 1970, 2999


@dataclass(frozen=True, slots=True)
class Event:
    """One draft that is published at a moment (of the city's clocks)."""

    at: datetime
    of: Drafted
    by: str
    still_here: bool


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    inside: bool
    today: bool
    events: Sequence[Event]


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks of seven days from the first day of the reader's week, and as the list of what happens in it."""

    first: date
    weeks: Sequence[Sequence[Day]]
    events: Sequence[Event]

    @property
    def before(self) -> str:
        return (self.first - timedelta(days=1)).strftime("%Y-%m")

    @property
    def after(self) -> str:
        return (self.first + timedelta(days=31)).strftime("%Y-%m")

    @property
    def name(self) -> str:
        return formats.partial_date(f"{self.first:%Y-%m}", reader_tag())

    @property
    def weekdays(self) -> list[str]:
        return [formats.weekday((_week_begins() + n) % 7, reader_tag()) for n in range(7)]


def month_of(city: City, asked: str, now: datetime) -> Month:
    """The month that is asked for as ``2026-11``; the one that it is in the city for anything else."""
    today = now.astimezone(city.zone).date()
    first = _asked(asked) or today.replace(day=1)
    weeks = months.Calendar(_week_begins()).monthdatescalendar(first.year, first.month)
    events = _events(city, weeks[0][0], weeks[-1][-1])
    days = [
        [Day(d, d.month == first.month, d == today, [e for e in events if e.at.date() == d]) for d in week]
        for week in weeks
    ]
    return Month(first, days, [event for event in events if event.at.month == first.month])


def _events(city: City, first: date, last: date) -> list[Event]:
    reach = (
        datetime.combine(first, time(), city.zone),
        datetime.combine(last + timedelta(days=1), time(), city.zone),
    )
    found = Draft.objects.filter(owner=city.actor, publish_at__gte=reach[0], publish_at__lt=reach[1])
    team = set(city.team.values_list("person__username", flat=True))
    things = drafted(city, list(found.order_by("publish_at", "pk")[:500]))
    return [
        Event(of.draft.publish_at.astimezone(city.zone), of, of.draft.scheduled_by, of.draft.scheduled_by in team)
        for of in things
        if of.draft.publish_at
    ]


def _asked(value: str) -> date | None:
    try:
        found = date.fromisoformat(f"{value}-01")
    except ValueError:
        return None
    return found if _FIRST <= found.year <= _LAST else None


def _week_begins() -> int:
    """0 is Monday."""
    return int(locale_of(reader_tag()).first_week_day)
