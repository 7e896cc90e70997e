"""For whom a person may speak, as this room knows: for themselves, and for the cities in whose teams they have the right."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.cities.rights import RIGHTS, Right
from cityplus.people.models import Person

_SPEAKERS = [role for role, rights in RIGHTS.items() if Right.SPEAK in rights]


def as_oneself(person: Any) -> Q:
    """The actor of a person's own profile."""
    return Q(profile__person=person, gone_at=None)


def for_cities(person: Any) -> Q:
    """The launched cities whose team this person is in, with a role that may speak."""
    cities = City.objects.filter(team__person=person, team__role__in=_SPEAKERS, stage__in=City.PUBLIC)
    return Q(pk__in=cities.values("actor"), gone_at=None)


def teams_with(right: Right, city: Actor) -> Q:
    """A condition on people: those in the team of this city whose role has a right."""
    roles = [role for role, rights in RIGHTS.items() if right in rights]
    return Q(teams__city__actor=city, teams__role__in=roles, is_active=True)


def speakers_of(city: City) -> QuerySet[Person]:
    """The people of a city's team who may speak for it."""
    team = city.team.filter(role__in=_SPEAKERS)
    return Person.objects.filter(pk__in=team.values("person"), is_active=True)
