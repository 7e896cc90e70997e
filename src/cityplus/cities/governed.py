"""Cities as moderation knows them: who answers for one, and who may know of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.cities.rights import RIGHTS, Right
from cityplus.moderation import voices
from cityplus.moderation.voices import Voice
from cityplus.people.models import Person

GOVERNORS = tuple(role for role, rights in RIGHTS.items() if Right.GOVERN in rights)
"""The roles that decide what is reported to a city, and are told what is decided about it."""


def governors(city: Actor) -> QuerySet[Person]:
    """The people of a city's team who decide what is reported to it."""
    return Person.objects.filter(teams__city__actor=city, teams__role__in=GOVERNORS, is_active=True).order_by(
        "username"
    )


def _people(city: Actor) -> Iterable[Person]:
    return list(governors(city))


def _actors(person: Person) -> Iterable[int]:
    teams = City.objects.filter(team__person=person, team__role__in=GOVERNORS)
    return teams.values_list("actor", flat=True)


def _may_see(person: Any, actor: Actor) -> bool:
    return City.objects.visible_to(person).filter(actor=actor).exists()


def plug_in() -> None:
    voices.plug(Actor.Kind.CITY, Voice(_people, _actors, _may_see, city=lambda actor: actor.pk))
