"""A network for trials: members of real cities with invented routes; the same numbers make the same network."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from typing import TypeVar

from django.db import connection, models, transaction

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.cities.gazetteer import Place
from cityplus.cities.isic import SECTIONS
from cityplus.cities.models import City, Spoken, Step, Strength
from cityplus.languages.text import Text
from cityplus.packs.gazetteer import SEED, known, places
from cityplus.routes.models import Route, Stop
from cityplus.ties.models import Tie

BY = "world"
BATCH = 2000
"""Rows made at a time: memory holds no more of them, whatever the size of the world."""
FIRST = datetime(2018, 12, 3, 11, tzinfo=UTC)
SPAN = timedelta(days=7 * 365)
"""The world's launches and routes are spread evenly over these years."""
FRESH = 6
"""The last routes are published by their own verb, so that there is news."""

T = TypeVar("T")
Tell = Callable[[str], None]


class WorldError(ValueError):
    """The world cannot be made as asked; the message says why."""


def make_world(cities: int, routes: int, stops: int, tell: Tell = lambda _: None) -> None:
    """Fill an empty network. Rows are committed a batch at a time, and the journal moves when all are there.

    Raises:
        WorldError: the network is not empty, there are not so many cities, or the numbers do not go together.
    """
    if Actor.objects.exists() or City.objects.exists():
        raise WorldError("this network is not empty: a world is made in a data folder or a database of its own")
    if not 1 <= cities <= known():
        raise WorldError(f"the gazetteer knows {known():,} cities: ask for 1 to so many")
    if stops < 2 * routes or routes < 0:
        raise WorldError("a route has at least two stops: ask for twice as many stops as routes, or more")
    found = list(places(cities))
    members = _cities(found, tell)
    _ties(found, members, tell)
    _routes(found, members, routes, stops, tell)
    _tell_of(members, routes)


def _cities(found: Sequence[Place], tell: Tell) -> list[int]:
    """Every place as a launched member, numbered in order; returns their keys in that order."""
    members: list[int] = []
    for batch in _batches(enumerate(found, 1)):
        with transaction.atomic():
            actors = [Actor(handle=place.handle, kind=Actor.Kind.CITY, names=place.names) for _, place in batch]
            actors = Actor.objects.bulk_create(actors)
            rows = [_city(place, actor, number) for (number, place), actor in zip(batch, actors, strict=True)]
            made = City.objects.bulk_create(rows)
            Spoken.objects.bulk_create(Spoken(city=city, tag=tag) for city in made for tag in city.languages)
            Strength.objects.bulk_create(_strength(city) for city in made)
            Step.objects.bulk_create(
                Step(city=city, stage="launched", on=_when(city.number or 0, len(found)).date().isoformat(), by=BY)
                for city in made
            )
        members += [city.pk for city in made]
        tell(f"{len(members):,} of {len(found):,} cities")
    return members


def _city(place: Place, actor: Actor, number: int) -> City:
    return City(
        actor=actor,
        number=number,
        stage="launched",
        country=place.country,
        lat=place.lat,
        lon=place.lon,
        time_zone=place.time_zone,
        population=place.population,
        population_year=2025,
        population_scope=City.Scope.CITY,
        population_source="GeoNames",
        languages=list(dict.fromkeys([place.language, "en"] if number % 3 == 0 else [place.language])),
        hue=number * 47 % 360,
        tagline=Text.of("en", en=f"{place.name}, a light of {place.population:,} people"),
        profile=Text.of("en", en=f"{place.name} is member number {number} of a network made for trials."),
    )


def _strength(city: City) -> Strength:
    section = list(SECTIONS)[(city.number or 0) * 8 % len(SECTIONS)]
    return Strength(city=city, section=section, sentence=Text.of("en", en="What we do well."))


def _ties(found: Sequence[Place], members: Sequence[int], tell: Tell) -> None:
    """One city in eight is tied to a neighbour, and one in sixteen to a city anywhere."""
    chance = random.Random(SEED)  # noqa: S311 - not a secret
    order = sorted(range(len(found)), key=lambda i: (round(found[i].lat), found[i].lon))
    near = chance.sample(list(pairwise(order)), len(order) // 8)
    far = [tuple(chance.sample(order, 2)) for _ in range(len(order) // 16)]
    pairs = {tuple(sorted(pair, key=lambda i: found[i].handle)) for pair in [*near, *far]}
    rows = (
        Tie(
            first_id=members[one],
            second_id=members[two],
            proposed_by_id=members[one],
            state="accepted",
            since=str(1950 + index % 75),
            accepted_at=_when(index, len(pairs)),
        )
        for index, (one, two) in enumerate(sorted(pairs))
    )
    tell(f"{_keep(Tie, rows):,} ties")


def _routes(found: Sequence[Place], members: Sequence[int], routes: int, stops: int, tell: Tell) -> None:
    chance = random.Random(SEED)  # noqa: S311 - not a secret
    lengths = _lengths(routes, stops, chance)
    done = 0
    for batch in _batches(enumerate(lengths), BATCH // 4):
        at = [chance.randrange(len(members)) for _ in batch]
        rows = [
            _route(found[i], members[i], index, routes, length) for (index, length), i in zip(batch, at, strict=True)
        ]
        with transaction.atomic():
            made = Route.objects.bulk_create(rows)
            done += _keep(
                Stop,
                (
                    _stop(found[i], route.pk, number, chance)
                    for route, i, (_, length) in zip(made, at, batch, strict=True)
                    for number in range(1, length + 1)
                ),
            )
        tell(f"{batch[-1][0] + 1:,} of {routes:,} routes, {done:,} of {stops:,} stops")


def _lengths(routes: int, stops: int, chance: random.Random) -> Iterator[int]:
    """How many stops each route has: about the mean, at least two, and so many together."""
    for left in range(routes, 0, -1):
        mean = stops / left
        length = round(chance.uniform(mean * 0.4, mean * 1.6)) if left > 1 else stops
        length = min(max(2, length), stops - 2 * (left - 1))
        stops -= length
        yield length


def _route(place: Place, city: int, index: int, routes: int, length: int) -> Route:
    theme = Route.Theme.values[index % len(Route.Theme.values)]
    words = {"en": f"{_WALKS[index % len(_WALKS)]} {place.name}"}
    if place.native:
        words[place.language] = f"{place.native} {index + 1}"
    fresh = index >= routes - FRESH
    return Route(
        city_id=city,
        slug=f"{theme}-{index + 1}",
        state="draft" if fresh else "published",
        title=Text.of("en", **words),
        summary=Text.of("en", en=f"A way through {place.name}, made for trials."),
        theme=theme,
        mode="walk",
        difficulty="easy",
        minutes=20 * length,
        published_at=None if fresh else _when(index, routes),
    )


def _stop(place: Place, route: int, number: int, chance: random.Random) -> Stop:
    thing = _THINGS[chance.randrange(len(_THINGS))]
    words = {"en": f"{thing} of {place.name}"}
    if place.native:
        words[place.language] = f"{place.native} {number}"
    return Stop(
        route_id=route,
        number=number,
        slug=f"{thing.lower().replace(' ', '-')}-{number}",
        title=Text.of("en", **words),
        lat=round(min(90.0, max(-90.0, place.lat + chance.gauss(0, 0.01))), 5),
        lon=round((place.lon + chance.gauss(0, 0.01) + 180) % 360 - 180, 5),
        story=Text.of("en", en=f"{thing} of {place.name} stands where people have met for as long as anybody knows."),
        leg_mode="walk" if number > 1 else "",
    )


_WALKS = ("Morning in", "The old harbour of", "By night through", "Bridges of", "Gardens of", "The other side of")
_THINGS = (
    "Old Bridge", "Town Hall", "Fish Market", "Lighthouse", "Station", "Botanical Garden", "City Museum", "North Gate",
    "Water Tower", "Theatre", "Library", "River Bank", "Viewpoint", "Rose Garden", "Clock Tower", "Tram Depot",
)  # fmt: skip


def _when(index: int, total: int) -> datetime:
    return FIRST + SPAN * (index / max(1, total))


def _batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _keep(model: type[models.Model], rows: Iterable[models.Model]) -> int:
    kept = 0
    for batch in _batches(rows):
        model._default_manager.bulk_create(batch)
        kept += len(batch)
    return kept


def _tell_of(members: Sequence[int], routes: int) -> None:
    """The journal: one entry for the world, and the routes that are new."""
    with transaction.atomic():
        city = City.objects.get(pk=members[0])
        journal.record("world.made", city, handle=city.handle, by=BY, cities=len(members), routes=routes)
    for route in Route.objects.filter(state="draft").select_related("city__actor"):
        route.publish(by=BY)


def settle() -> None:
    """Leave the tables as PostgreSQL's own housekeeping leaves those that have grown slowly: outside of any transaction.
    SQLite has none, and needs none."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
