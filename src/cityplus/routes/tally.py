"""How many routes and stops the network shows: exact at every moment, without counting a million rows for each page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from cityplus.cities.models import City
from cityplus.journal import Following
from cityplus.journal.models import Entry
from cityplus.routes.models import Route, Stop


@dataclass(frozen=True, slots=True)
class Tally:
    """``of_city`` has routes and stops by the key of their city; cities that show none are not in it."""

    routes: int
    stops: int
    of_city: Mapping[int, tuple[int, int]]

    @classmethod
    def summed(cls, of_city: Mapping[int, tuple[int, int]]) -> Tally:
        return cls(sum(n for n, _ in of_city.values()), sum(n for _, n in of_city.values()), of_city)

    def routes_of(self, city: City) -> int:
        return self.of_city.get(city.pk, (0, 0))[0]


def tally() -> Tally:
    """What is public now."""
    return _tally.now()


def _counted(cities: Collection[int] | None = None) -> dict[int, tuple[int, int]]:
    """Public routes and their stops by city, of all cities or of these."""
    routes = Route.objects.public().order_by()
    stops = Stop.objects.filter(route__state="published", route__city__stage__in=City.PUBLIC).order_by()
    if cities is not None:
        routes, stops = routes.filter(city__in=cities), stops.filter(route__city__in=cities)
    lengths = dict(stops.values_list("route__city").annotate(n=Count("pk")))
    return {city: (n, lengths.get(city, 0)) for city, n in routes.values_list("city").annotate(n=Count("pk"))}


def _follow(old: Tally, entries: Sequence[Entry]) -> Tally | None:
    """Counts anew for the cities that something happened to."""
    if any(not entry.handle and entry.subject.startswith("routes.") for entry in entries):
        return None
    handles = {entry.handle for entry in entries if entry.handle}
    if not handles:
        return old
    touched = set(City.objects.filter(actor__handle__in=handles).values_list("pk", flat=True))
    others = {city: counts for city, counts in old.of_city.items() if city not in touched}
    return Tally.summed(others | _counted(touched))


_tally = Following(lambda: Tally.summed(_counted()), _follow)
