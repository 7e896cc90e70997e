"""Well-chosen few of many members, for pictures that have room for so many names. Where there are few members, they are all of them."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians

from django.db.models import F, FloatField, Q, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Abs, Least

from cityplus.cities.models import City
from cityplus.cities.models.city import CityQuerySet
from cityplus.lib.charts.atlas import Vector, vector
from cityplus.lib.geo import EARTH_RADIUS, Point, distance

_CANDIDATES = 4
"""For each place in the choice: among so many of the largest those are sought that lie far apart."""
_REACHES = (1.0, 4.0, 16.0, 64.0)
"""Degrees around a city within which neighbours are sought, one after the other."""


def far_apart(cities: CityQuerySet, limit: int) -> list[City]:
    """So many large cities, spread over the Earth as far as that goes, by member number."""
    largest = list(cities.order_by("-population", "id")[: limit * _CANDIDATES])
    return sorted(_spread(largest, limit), key=lambda city: (city.number or 0, city.pk))


def _spread(cities: Sequence[City], limit: int) -> list[City]:
    """Begins with the first, and goes on with whichever lies farthest from all that were chosen."""
    if len(cities) <= limit:
        return list(cities)
    places = [vector(city.lon, city.lat) for city in cities]
    nearness = [-2.0] * len(cities)
    chosen: list[int] = []
    newest = 0
    for _ in range(limit):
        chosen.append(newest)
        nearness = [max(near, _dot(place, places[newest])) for near, place in zip(nearness, places, strict=True)]
        newest = min(range(len(cities)), key=nearness.__getitem__)
    return [cities[i] for i in chosen]


def _dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def nearest(cities: CityQuerySet, centre: City, limit: int) -> list[City]:
    """The nearest other cities, nearest first. They are sought in a box around the city, and where it holds too few in a larger one;
    beyond 64 degrees nobody is near."""
    others = cities.exclude(pk=centre.pk)
    near: list[tuple[float, int]] = []
    for reach in _REACHES:
        rough = others.filter(_box(centre.point, reach)).order_by(_nearness(centre.point), "pk")
        rows = rough.values_list("pk", "lat", "lon")[: limit * _CANDIDATES]
        near = sorted((distance(centre.point, Point(lat, lon)), pk) for pk, lat, lon in rows)[:limit]
        if len(near) == limit and near[-1][0] <= radians(reach) * EARTH_RADIUS:
            break
    members = cities.in_bulk([pk for _, pk in near])
    return [members[pk] for _, pk in near]


def _box(centre: Point, reach: float) -> Q:
    """Everything that lies so many degrees of arc around, and more; across the date line too."""
    south, north = centre.lat - reach, centre.lat + reach
    level = cos(radians(max(abs(south), abs(north))))
    wide = reach / level if max(abs(south), abs(north)) < 90 else 180.0
    west, east = centre.lon - wide, centre.lon + wide
    lons = Q(lon__gte=west, lon__lte=east)
    if wide >= 180:
        lons = Q()
    elif west < -180:
        lons |= Q(lon__gte=west + 360)
    elif east > 180:
        lons |= Q(lon__lte=east - 360)
    return Q(lat__gte=south, lat__lte=north) & lons


def _nearness(centre: Point) -> CombinedExpression:
    """The square of the distance in degrees as on a plane, which is near enough to choose candidates by."""
    turn = Abs(F("lon") - Value(centre.lon), output_field=FloatField())
    east = Least(turn, Value(360.0) - turn, output_field=FloatField()) * Value(cos(radians(centre.lat)))
    north = F("lat") - Value(centre.lat)
    return north * north + east * east
