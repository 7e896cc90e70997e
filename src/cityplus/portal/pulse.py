"""The numbers of the network, made ready to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from babel.dates import format_skeleton
from django.utils.safestring import SafeString

from cityplus import pulse
from cityplus.cities.models import City
from cityplus.languages import formats
from cityplus.languages.tags import locale_of, name_of
from cityplus.languages.templatetags.languages import inline, native
from cityplus.lib.charts.bars import Bar, bars, ceiling
from cityplus.pulse import NETWORK, Count
from cityplus.routes.models import Route

DAYS = 30
SHOWN = 12
"""How many cities, routes and countries are listed."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Views and visitors over time: the bars, the number at the top of the scale, and the same as rows of a table."""

    bars: list[Bar]
    top: int
    rows: list[tuple[str, Count]]

    @property
    def half(self) -> float:
        return self.top / 2

    @property
    def total(self) -> Count:
        return Count(sum(c.views for _, c in self.rows), sum(c.visitors for _, c in self.rows))


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a ranking; ``share`` is its length in per cent of the longest."""

    name: SafeString | str
    url: str
    count: Count
    share: float


def days_chart(now: datetime, tag: str) -> Chart:
    """The last 30 days of the network, today last."""
    points = pulse.series(NETWORK, "day", DAYS, now)
    return _chart([(str(format_skeleton("MMMd", p.start, locale=locale_of(tag))), p.count) for p in points])


def hours_chart(now: datetime, tag: str) -> Chart:
    """The hours of today in UTC, those to come empty."""
    points = pulse.series(NETWORK, "hour", now.hour + 1, now)
    counts = [point.count for point in points] + [Count()] * (23 - now.hour)
    midnight = datetime(now.year, now.month, now.day, tzinfo=UTC)
    return _chart([(formats.clock(midnight.replace(hour=h), "UTC", tag), count) for h, count in enumerate(counts)])


def _chart(rows: list[tuple[str, Count]]) -> Chart:
    top = ceiling(max(count.views for _, count in rows))
    return Chart(bars([(count.views, count.visitors) for _, count in rows], top), top, rows)


def rankings(visitor: Any, tag: str) -> dict[str, list[Line]]:
    """The most seen cities and routes that this visitor may know of, the countries of the cities, the languages of the pages."""
    cities = pulse.most_seen("city", 2 * SHOWN)
    routes = pulse.most_seen("route", 2 * SHOWN)
    found_cities = City.objects.visible_to(visitor).filter(stage__in=City.PUBLIC).select_related("actor")
    found_routes = Route.objects.visible_to(visitor).filter(state="published").select_related("city__actor")
    city_of = found_cities.in_bulk([int(ref) for ref, _ in cities])
    route_of = found_routes.in_bulk([int(ref) for ref, _ in routes])
    return {
        "cities": _lines(
            [(native(c.actor.names), c.get_absolute_url(), n) for ref, n in cities if (c := city_of.get(int(ref)))]
        ),
        "routes": _lines(
            [(inline(r.title), r.get_absolute_url(), n) for ref, n in routes if (r := route_of.get(int(ref)))]
        ),
        "countries": _lines([(formats.country(ref, tag), "", n) for ref, n in pulse.most_seen("country", SHOWN)]),
        "languages": _lines([(name_of(ref, tag), "", count) for ref, count in pulse.by_language(NETWORK)]),
    }


def _lines(rows: Sequence[tuple[SafeString | str, str, Count]]) -> list[Line]:
    most = max((count.views for _, _, count in rows), default=0) or 1
    return [Line(name, url, n, round(100 * n.views / most, 1)) for name, url, n in rows[:SHOWN]]
