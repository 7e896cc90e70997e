"""A month of events by its days. An event stands on each day on which it goes on somewhere, by the clock of each of its halls: what begins
on the evening of the 30th in The Hague stands on the 30th and, for Shenzhen, on the 1st. Where a city was chosen its clock alone holds,
for events that have a hall there."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Max, Min
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.events import clocks
from cityplus.events.models import Event
from cityplus.events.models.queries import EventQuerySet
from cityplus.languages import formats
from cityplus.languages.tags import reader_tag

MOST = 500
"""Events that a month shows."""
EAST, WEST = timedelta(hours=14), timedelta(hours=12)
"""How far clocks are ahead of UTC at most, and behind it."""


class MonthConverter:
    """Path converter ``<month:begin>``: ``2026-12``, as the first day of the month."""

    regex = "(?:19|20|21|22)[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(f"{value}-01")

    def to_url(self, value: date) -> str:
        return f"{value:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Line:
    """What stands of an event on one day: when it is there, by each clock for which it is on that day."""

    event: Event
    clocks: Sequence[clocks.Clock]


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    today: bool
    lines: Sequence[Line]

    @property
    def name(self) -> str:
        return formats.full_day(self.day, reader_tag())


@dataclass(frozen=True, slots=True)
class Month:
    """Weeks of seven days from the first day of the reader's week, None for days of other months. ``before`` and ``after`` are the nearest
    months in which something is, or this present one; None where there is none. ``more``: not all events are shown."""

    first: date
    weeks: Sequence[Sequence[Day | None]]
    before: date | None
    after: date | None
    empty: bool
    past: bool
    more: bool

    @property
    def name(self) -> str:
        return named(self.first)

    @property
    def before_name(self) -> str:
        return named(self.before) if self.before else ""

    @property
    def after_name(self) -> str:
        return named(self.after) if self.after else ""

    @property
    def weekdays(self) -> list[tuple[str, str]]:
        """Short and in full."""
        tag = reader_tag()
        return [(formats.weekday(day, tag), formats.weekday_in_full(day, tag)) for day in formats.week(tag)]


def named(first: date) -> str:
    return formats.partial_date(f"{first:%Y-%m}", reader_tag())


def within(found: EventQuerySet, first: date, city: City | None = None) -> list[Event]:
    """Those that are in a month, at most :data:`MOST`, with all that a card shows."""
    events = _near(found, first).for_cards().order_by("starts_at", "pk")[:MOST]
    return [event for event in events if any(day.replace(day=1) == first for day in days_of(event, city))]


def month_of(found: EventQuerySet, first: date, city: City | None = None) -> Month:
    """The month of these events that begins with this day."""
    today = today_of(city)
    events = list(_near(found, first).for_lines().order_by("starts_at", "pk")[: MOST + 1])
    told = [(event, days) for event in events[:MOST] if (days := days_of(event, city))]
    weeks = calendar.Calendar(formats.week_start(reader_tag())).monthdatescalendar(first.year, first.month)
    shown = [
        [Day(day, day == today, list(_lines(told, day))) if day.month == first.month else None for day in week]
        for week in weeks
    ]
    last, present = _next(first) - timedelta(days=1), today.replace(day=1)
    all_days = [day for _event, days in told for day in days]
    return Month(
        first,
        shown,
        before=max(
            filter(None, (_before(found, first, all_days, city), present if present < first else None)), default=None
        ),
        after=min(
            filter(None, (_after(found, first, all_days, city), present if present > first else None)), default=None
        ),
        empty=not any(first <= day <= last for day in all_days),
        past=first < present,
        more=len(events) > MOST,
    )


def today_of(city: City | None) -> date:
    """By the clock of the city; of UTC where none was chosen."""
    return timezone.now().astimezone(city.zone if city else UTC).date()


def days_of(event: Event, city: City | None = None) -> dict[date, list[clocks.Clock]]:
    """The days on which it goes on, with the clocks by which it does."""
    found: dict[date, list[clocks.Clock]] = {}
    there = [venue for venue in event.venues.all() if city and venue.city_id == city.pk]
    for clock in clocks.of(event, event.starts_at, event.ends_at, there):
        for day in clocks.days(event.starts_at, event.ends_at, clock.zone):
            found.setdefault(day, []).append(clock)
    return found


def is_shown(first: date, city: City | None = None) -> bool:
    """Whether there is a page of this month: from that of the first event that everybody may know of to that of the last, and this one."""
    today = today_of(city)
    ends: dict[str, Any] = Event.objects.public().aggregate(first=Min("starts_at"), last=Max("ends_at"))
    begun = min(today, (ends["first"] - WEST).date()) if ends["first"] else today
    over = max(today, (ends["last"] + EAST).date()) if ends["last"] else today
    return begun.replace(day=1) <= first <= over


def _lines(told: Iterable[tuple[Event, dict[date, list[clocks.Clock]]]], day: date) -> Iterator[Line]:
    return (Line(event, days[day]) for event, days in told if day in days)


def _near(found: EventQuerySet, first: date) -> EventQuerySet:
    """Those that are in a month by some clock of the earth, and few others."""
    return found.filter(starts_at__lt=_begins(_next(first)) + WEST, ends_at__gt=_begins(first) - EAST)


def _before(found: EventQuerySet, first: date, near: Iterable[date], city: City | None) -> date | None:
    if any(day < first for day in near):
        return (first - timedelta(days=1)).replace(day=1)
    rows = found.filter(ends_at__lte=_begins(first) - EAST).for_lines().order_by("-ends_at", "-pk")[:1]
    return next((max(days).replace(day=1) for event in rows if (days := days_of(event, city))), None)


def _after(found: EventQuerySet, first: date, near: Iterable[date], city: City | None) -> date | None:
    following = _next(first)
    if any(day >= following for day in near):
        return following
    rows = found.filter(starts_at__gte=_begins(following) + WEST).for_lines().order_by("starts_at", "pk")[:1]
    return next((min(days).replace(day=1) for event in rows if (days := days_of(event, city))), None)


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
