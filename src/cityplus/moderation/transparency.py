"""The yearly count: what was reported, decided and appealed, by numbers alone."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, Min
from django.utils import timezone

from cityplus.moderation.models import Appeal, Decision, Report
from cityplus.moderation.words import Kind, Reason

_FORMULA = set("=+-@\t\r\n＝＋－＠")
_HOUR = 3600
COLUMNS = ("year", "what", "kind", "number")
OUTCOMES = ("received", "upheld", "reversed")


@dataclass(frozen=True, slots=True)
class Year:
    """The numbers of one year, UTC. ``hours`` is the median from a report to its decision, None where none was decided."""

    year: int
    reports: dict[str, int]
    decisions: dict[str, int]
    appeals: dict[str, int]
    hours: float | None

    @property
    def total(self) -> int:
        return sum(self.reports.values())


def years() -> list[Year]:
    """Every year since the first report or decision, the newest first; this year alone when there was none."""
    this = timezone.now().year
    firsts = [model.objects.aggregate(at=Min("at"))["at"] for model in (Report, Decision)]
    first = min((at.year for at in firsts if at), default=this)
    return [_year(year) for year in range(this, first - 1, -1)]


def _year(year: int) -> Year:
    within = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    decided = Decision.objects.filter(state__in=Decision.SHOWN)
    return Year(
        year,
        _counts(Report.objects.all(), "reason", within, Reason.values),
        _counts(decided, "kind", within, Kind.values),
        _counts(Appeal.objects.all(), "state", within, OUTCOMES),
        _median_hours(within),
    )


def _counts(found: Any, by: str, within: tuple[datetime, datetime], known: Any) -> dict[str, int]:
    rows = found.filter(at__gte=within[0], at__lt=within[1]).order_by().values_list(by).annotate(n=Count("pk"))
    counted = dict(rows)
    return {value: counted.get(value, 0) for value in known}


def _median_hours(within: tuple[datetime, datetime]) -> float | None:
    decided = Report.objects.filter(decided_at__gte=within[0], decided_at__lt=within[1], waited__isnull=False)
    total = decided.count()
    if not total:
        return None
    middle = decided.order_by("waited").values_list("waited", flat=True)[(total - 1) // 2 : total // 2 + 1]
    seconds = [waited for waited in middle if waited is not None]
    return round(sum(seconds) / len(seconds) / _HOUR, 1)


def rows() -> Iterator[tuple[str, ...]]:
    """The same as rows of a table; kinds are words of the program, so that files of two networks compare."""
    for year in years():
        for what in ("reports", "decisions", "appeals"):
            for kind, number in getattr(year, what).items():
                yield str(year.year), what, kind, str(number)
        yield str(year.year), "reports", "median_hours", "" if year.hours is None else str(year.hours)


def as_csv() -> str:
    """CSV (RFC 4180), every value in quotation marks, with a mark before them by which spreadsheets know UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    writer.writerows([cell(value) for value in row] for row in rows())
    return "\ufeff" + out.getvalue()


def cell(value: str) -> str:
    """A value that no spreadsheet takes for a formula."""
    return f"'{value}" if value[:1] in _FORMULA or value.lstrip()[:1] in _FORMULA else value
