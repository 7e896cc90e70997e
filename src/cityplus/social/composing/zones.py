"""On whose clocks somebody posts."""

from __future__ import annotations

from cityplus.actors.models import Actor
from cityplus.cities.models import City

UTC = "UTC"


def zone_of(actor: Actor) -> str:
    """The IANA zone of a city, or of the city in which a person lives; UTC where there is none."""
    return zones_of([actor.pk])[actor.pk]


def zones_of(actors: list[int]) -> dict[int, str]:
    """The same for many, in two queries."""
    cities = City.objects.filter(actor__in=actors).values_list("actor", "time_zone")
    homes = City.objects.filter(residents__actor__in=actors).values_list("residents__actor", "time_zone")
    return dict.fromkeys(actors, UTC) | dict(homes) | dict(cities)
