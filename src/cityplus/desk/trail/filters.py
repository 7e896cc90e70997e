"""Which entries of a city's trail somebody asks for: by a person, of a kind, between two days of the city."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from cityplus.cities.models import City
from cityplus.journal.models import Entry


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for, as it stands in the address; what is empty filters nothing. ``first`` and ``last`` are days of the city,
    both of them in."""

    person: str = ""
    kind: str = ""
    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Wish:
        """What a query string asks for. What is no date is taken for none."""
        return cls(
            asked.get("person", "")[:150].replace("\0", ""),
            asked.get("kind", "")[:60].replace("\0", ""),
            _day(asked.get("from", "")),
            _day(asked.get("to", "")),
        )

    def as_query(self) -> dict[str, str]:
        said = {"person": self.person, "kind": self.kind, "from": _iso(self.first), "to": _iso(self.last)}
        return {name: value for name, value in said.items() if value}

    def entries(self, city: City) -> QuerySet[Entry]:
        """The newest first."""
        found = Entry.objects.filter(handle=city.handle).order_by("-id")
        if self.person:
            found = found.filter(by=self.person)
        if self.kind:
            found = found.filter(verb__startswith=f"{self.kind}.")
        return found.filter(_between(city, self.first, self.last))


def people_of(city: City) -> list[str]:
    """Who is named in the trail of a city."""
    named = Entry.objects.filter(handle=city.handle).exclude(by="").order_by("by")
    return list(named.values_list("by", flat=True).distinct())


def kinds_of(city: City) -> list[str]:
    """The heads of the verbs that a city's trail has."""
    verbs = Entry.objects.filter(handle=city.handle).order_by("verb").values_list("verb", flat=True).distinct()
    return sorted({verb.partition(".")[0] for verb in verbs})


def _between(city: City, first: date | None, last: date | None) -> Q:
    found = Q()
    if first:
        found &= Q(at__gte=datetime.combine(first, time(), city.zone))
    if last:
        found &= Q(at__lt=datetime.combine(last + timedelta(days=1), time(), city.zone))
    return found


def _day(value: str) -> date | None:
    try:
        found = date.fromisoformat(value)
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2999 else None


def _iso(value: date | None) -> str:
    return value.isoformat() if value else ""
