"""What came of it, in numbers: the confirmed outcomes that a reader may know of, by pair of cities, by city, sector, kind and year.

They are added up in the database. Money is summed only where both sides said it publicly, each currency by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import ExtractYear

from cityplus.actors.models import Actor
from cityplus.cities.isic import SECTIONS
from cityplus.languages.tags import reader_tag
from cityplus.opportunities import money
from cityplus.opportunities.models import Outcome, Sector


@dataclass(slots=True)
class Total:
    """A line of a table: what it is about, how many outcomes, how many of these are samples, and their public money by currency."""

    label: str
    url: str
    outcomes: int = 0
    samples: int = 0
    money: dict[str, list[int]] = field(default_factory=dict)

    @property
    def value(self) -> str:
        tag = reader_tag()
        said = []
        for currency, (low, high) in sorted(self.money.items()):
            ends = [money.spoken(end, currency, tag) for end in (low, high)]
            said.append(" – ".join(dict.fromkeys(ends)))
        return " · ".join(said)


def total(found: QuerySet[Outcome]) -> Total:
    """All of them as one line."""
    whole = Total("", "")
    for _, line in _lines(found.annotate(key=F("state"))).items():
        whole = line
    return whole


def by_year(found: QuerySet[Outcome]) -> list[Total]:
    """The newest year first."""
    lines = _lines(found.annotate(key=ExtractYear("on")))
    return [_named(line, str(year), f"?year={year}") for year, line in sorted(lines.items(), reverse=True)]


def by_kind(found: QuerySet[Outcome]) -> list[Total]:
    lines = _lines(found.annotate(key=F("kind")))
    return [
        _named(lines[kind], str(label), f"?outcome={kind}") for kind, label in Outcome.Kind.choices if kind in lines
    ]


def by_sector(found: QuerySet[Outcome]) -> list[Total]:
    """By the section of the main sector of the opportunity, so that each outcome is in one line."""
    first = Sector.objects.filter(opportunity=OuterRef("interest__opportunity")).order_by("place").values("section")[:1]
    lines = _lines(found.annotate(key=Subquery(first)))
    return [_named(line, str(SECTIONS.get(key, key)), f"?sector={key}") for key, line in sorted(lines.items()) if key]


def by_city(found: QuerySet[Outcome]) -> list[Total]:
    """Each city with those on either side; one within a city counts for it once."""
    hosts = _lines(found.annotate(key=F("interest__opportunity__city__actor__handle")))
    elsewhere = found.exclude(interest__organisation__city=F("interest__opportunity__city"))
    guests = _lines(elsewhere.annotate(key=F("interest__organisation__city__actor__handle")))
    for handle, line in guests.items():
        hosts[handle] = _sum(hosts[handle], line) if handle in hosts else line
    names = _names([*hosts])
    return _most([_named(line, names.get(handle, handle), f"?city={handle}") for handle, line in hosts.items()])


def by_pair(found: QuerySet[Outcome]) -> list[Total]:
    """Each two cities, whichever of them offered."""
    host, guest = "interest__opportunity__city__actor__handle", "interest__organisation__city__actor__handle"
    lines: dict[tuple[str, str], Total] = {}
    for row in _rows(found.exclude(**{host: F(guest)}), host, guest):
        one, other = sorted((row[host], row[guest]))
        _add(lines.setdefault((one, other), Total("", "")), row)
    names = _names([handle for pair in lines for handle in pair])
    said = {pair: " – ".join(names.get(handle, handle) for handle in pair) for pair in lines}
    return _most(
        [_named(line, said[pair], f"?pair={'+'.join(pair)}".replace("+", "%2B")) for pair, line in lines.items()]
    )


def _lines(found: QuerySet[Outcome]) -> dict[Any, Total]:
    lines: dict[Any, Total] = {}
    for row in _rows(found, "key"):
        _add(lines.setdefault(row["key"], Total("", "")), row)
    return lines


def _rows(found: QuerySet[Outcome], *keys: str) -> list[dict[str, Any]]:
    grouped = found.order_by().values(*keys, "currency", "value_public", "interest__opportunity__sample")
    return list(grouped.annotate(n=Count("pk"), low=Sum("value_from"), high=Sum("value_to")))


def _add(line: Total, row: dict[str, Any]) -> None:
    line.outcomes += row["n"]
    line.samples += row["n"] if row["interest__opportunity__sample"] else 0
    if row["value_public"] and row["currency"]:
        ends = line.money.setdefault(row["currency"], [0, 0])
        ends[0], ends[1] = ends[0] + (row["low"] or 0), ends[1] + (row["high"] or 0)


def _sum(one: Total, other: Total) -> Total:
    both = Total(
        "", "", one.outcomes + other.outcomes, one.samples + other.samples, {k: [*v] for k, v in one.money.items()}
    )
    for currency, (low, high) in other.money.items():
        ends = both.money.setdefault(currency, [0, 0])
        ends[0], ends[1] = ends[0] + low, ends[1] + high
    return both


def _named(line: Total, label: str, url: str) -> Total:
    line.label, line.url = label, url
    return line


def _most(lines: list[Total]) -> list[Total]:
    return sorted(lines, key=lambda line: (-line.outcomes, line.label))


def _names(handles: Sequence[str]) -> dict[str, str]:
    tag = reader_tag()
    return {actor.handle: actor.names.in_language(tag) for actor in Actor.objects.filter(handle__in=handles)}
