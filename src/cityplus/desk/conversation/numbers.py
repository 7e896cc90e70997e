"""How fast a city's public is answered, week by week: on a page, and as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from django.utils import timezone

from cityplus.cities.models import City, Rules
from cityplus.desk.trail.files import cell
from cityplus.lib.ids import id_at, moment_of
from cityplus.social.models import Question

WEEKS = 26
COLUMNS = ("week", "asked", "answered", "median_hours", "within_goal", "goal_hours", "helped", "open")


@dataclass(frozen=True, slots=True)
class Week:
    """The questions that were asked in one week of the city, which begins on a Monday, and what became of them until now.
    ``hours`` is the median time to the first answer; None where there is none."""

    first: date
    asked: int
    answered: int
    hours: float | None
    within: int
    helped: int
    open: int


@dataclass(frozen=True, slots=True)
class Numbers:
    weeks: Sequence[Week]
    hours: float | None
    goal: int


def numbers(city: City, now: datetime | None = None) -> Numbers:
    """The last half year, the newest week first."""
    now = (now or timezone.now()).astimezone(city.zone)
    monday = now.date() - timedelta(days=now.weekday())
    begins = datetime.combine(monday - timedelta(weeks=WEEKS - 1), time(), city.zone)
    goal = Rules.of(city).answer_hours
    rows = Question.objects.public().filter(city=city, pk__gte=id_at(begins))
    found: dict[date, list[tuple[float | None, bool, bool]]] = {monday - timedelta(weeks=n): [] for n in range(WEEKS)}
    for pk, answered_at, helped, state in rows.values_list("pk", "answered_at", "helped", "state"):
        at = moment_of(pk).astimezone(city.zone)
        hours = (answered_at - at).total_seconds() / 3600 if answered_at else None
        found[at.date() - timedelta(days=at.weekday())].append((hours, bool(helped), state == "open"))
    weeks = [_week(first, asked, goal) for first, asked in found.items()]
    known = [hours for asked in found.values() for hours, _helped, _open in asked if hours is not None]
    return Numbers(weeks, round(median(known), 1) if known else None, goal)


def _week(first: date, asked: Sequence[tuple[float | None, bool, bool]], goal: int) -> Week:
    hours = [one for one, _helped, _open in asked if one is not None]
    return Week(
        first,
        len(asked),
        len(hours),
        round(median(hours), 1) if hours else None,
        sum(one <= goal for one in hours) if goal else 0,
        sum(helped for _hours, helped, _open in asked),
        sum(still for _hours, _helped, still in asked),
    )


def as_csv(found: Numbers) -> Iterator[str]:
    """Lines of CSV (RFC 4180), every value in quotation marks, with a mark before them by which spreadsheets know UTF-8."""
    yield "\ufeff" + _row(COLUMNS)
    for week in found.weeks:
        goal = found.goal or ""
        within = week.within if found.goal else ""
        hours = "" if week.hours is None else week.hours
        values = (week.first.isoformat(), week.asked, week.answered, hours, within, goal, week.helped, week.open)
        yield _row([cell(str(value)) for value in values])


def _row(values: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerow(values)
    return out.getvalue()
