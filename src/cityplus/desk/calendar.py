"""What is set to be published, by the days of the city."""

from __future__ import annotations

import calendar as months
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from cityplus.cities.models import City
from cityplus.desk.drafted import drafted
from cityplus.drafts.models import Draft
from cityplus.languages import formats
from cityplus.languages.tags import reader_tag
from cityplus.social.composing.document import Document
from cityplus.social.models import Sheet
from cityplus.social.speakers.speaking import speakers_of

_MONTHS = 12
_FIRST, _LAST = 1970, 2999
MOST = 500
"""Of drafts, and of posts, in the weeks of a month."""


@dataclass(frozen=True, slots=True)
class Event:
    """One draft or post that is published at a moment (of the city's clocks). ``key`` tells it from all others."""

    at: datetime
    key: str
    title: str
    url: str
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
        return [formats.weekday(day, reader_tag()) for day in formats.week(reader_tag())]


def month_of(city: City, asked: str, now: datetime, *, posts: bool = False) -> Month:
    """The month that is asked for as ``2026-11``; the one that it is in the city for anything else. ``posts`` too, for who may speak in
    the name of the city."""
    today = now.astimezone(city.zone).date()
    first = _asked(asked) or today.replace(day=1)
    weeks = months.Calendar(formats.week_start(reader_tag())).monthdatescalendar(first.year, first.month)
    first_day, last_day = weeks[0][0], weeks[-1][-1]
    reach = _moment(city, first_day), _moment(city, last_day + timedelta(days=1))
    events = sorted([*_drafts(city, *reach), *(_posts(city, *reach) if posts else [])], key=lambda event: event.at)
    days = [
        [Day(d, d.month == first.month, d == today, [e for e in events if e.at.date() == d]) for d in week]
        for week in weeks
    ]
    return Month(first, days, [event for event in events if event.at.month == first.month])


def _drafts(city: City, begins: datetime, ends: datetime) -> list[Event]:
    found = Draft.objects.filter(owner=city.actor, publish_at__gte=begins, publish_at__lt=ends)
    team = set(city.team.values_list("person__username", flat=True))
    things = [(of, of.draft) for of in drafted(city, list(found.order_by("publish_at", "pk")[:MOST]))]
    return [
        Event(
            draft.publish_at.astimezone(city.zone),
            f"draft-{draft.pk}",
            of.title,
            of.url,
            draft.scheduled_by,
            draft.scheduled_by in team,
        )
        for of, draft in things
        if draft.publish_at
    ]


def _posts(city: City, begins: datetime, ends: datetime) -> list[Event]:
    found = Sheet.objects.filter(author=city.actor, due_at__gte=begins, due_at__lt=ends).order_by("due_at", "pk")
    team = set(speakers_of(city).values_list("username", flat=True))
    return [
        Event(
            sheet.due_at.astimezone(city.zone),
            f"post-{sheet.pk}",
            _("Post: %(words)s") % {"words": Document.kept(sheet.document).excerpt},
            sheet.get_absolute_url(),
            sheet.by,
            sheet.by in team,
        )
        for sheet in found[:MOST]
        if sheet.due_at
    ]


def _moment(city: City, day: date) -> datetime:
    return datetime.combine(day, time(), city.zone)


def _asked(value: str) -> date | None:
    try:
        found = date.fromisoformat(f"{value}-01")
    except ValueError:
        return None
    return found if _FIRST <= found.year <= _LAST else None
