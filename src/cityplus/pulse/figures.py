"""Reading what was counted. Each of these costs the same however long the history is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from django.db.models import Sum

from cityplus.pulse.calendar import date_of, day_of, hour_of, moment_of
from cityplus.pulse.subjects import Subject


@dataclass(frozen=True, slots=True)
class Count:
    """Views, and visitors, each of whom was counted once a day."""

    views: int = 0
    visitors: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """One day or hour of a series."""

    start: date | datetime
    count: Count


def totals(subject: Subject) -> Count:
    """All views and visitors of a subject since the beginning: one row."""
    return totals_of(subject.kind, [subject.ref]).get(subject.ref, Count())


def totals_of(kind: str, refs: Iterable[int | str]) -> dict[str, Count]:
    """The totals of several subjects of a kind, by their ref; who was never seen is not in it. One query."""
    from cityplus.pulse.models import Total  # noqa: PLC0415 - models load after apps

    rows = Total.objects.filter(kind=kind, language="", ref__in=[str(ref) for ref in refs])
    return {ref: Count(views, visitors) for ref, views, visitors in rows.values_list("ref", "views", "visitors")}


def most_seen(kind: str, limit: int) -> list[tuple[str, Count]]:
    """The subjects of a kind with the most views, as ``(ref, count)``. Reads a row for each subject of the kind."""
    from cityplus.pulse.models import Total  # noqa: PLC0415

    rows = Total.objects.filter(kind=kind, language="").order_by("-views", "ref")
    return [
        (ref, Count(views, visitors)) for ref, views, visitors in rows.values_list("ref", "views", "visitors")[:limit]
    ]


def by_language(subject: Subject) -> list[tuple[str, Count]]:
    """The totals of a subject by the language of the page, as ``(tag, count)``, the most views first."""
    from cityplus.pulse.models import Total  # noqa: PLC0415

    rows = Total.objects.filter(kind=subject.kind, ref=subject.ref).exclude(language="").order_by("-views", "language")
    return [(tag, Count(views, visitors)) for tag, views, visitors in rows.values_list("language", "views", "visitors")]


def series(
    subject: Subject, by: Literal["day", "hour"] = "day", last: int = 30, now: datetime | None = None
) -> list[Point]:
    """The last so many days or hours of a subject in UTC, the oldest first and the running one last; none is left out.

    Hours are there for a month (`rule.HOURS_KEPT`), days for ever.
    """
    from cityplus.pulse.models import Day, Hour  # noqa: PLC0415

    model = Day if by == "day" else Hour
    newest = day_of(now or datetime.now(UTC)) if by == "day" else hour_of(now or datetime.now(UTC))
    periods = range(newest - last + 1, newest + 1)
    rows = model._default_manager.filter(**{f"{by}__in": list(periods)}, kind=subject.kind, ref=subject.ref)
    sums = rows.values_list(by).annotate(v=Sum("views"), p=Sum("visitors"))
    found = {period: Count(views, visitors) for period, views, visitors in sums}
    return [Point(date_of(p) if by == "day" else moment_of(p), found.get(p, Count())) for p in periods]
