"""Organisations as moderation knows them: who answers for one, who may know of it, and in whose city it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cityplus.actors.models import Actor
from cityplus.moderation import voices
from cityplus.moderation.voices import Voice
from cityplus.organisations.models import Organisation
from cityplus.organisations.roles import Right, roles_with
from cityplus.people.models import Person


def _people(actor: Actor) -> Iterable[Person]:
    speakers = Person.objects.filter(
        delegations__organisation__actor=actor, delegations__role__in=roles_with(Right.SPEAK), is_active=True
    )
    return list(speakers.order_by("username"))


def _actors(person: Person) -> Iterable[int]:
    mine = Organisation.objects.filter(delegates__person=person, delegates__role__in=roles_with(Right.SPEAK))
    return mine.values_list("actor", flat=True)


def _may_see(person: Any, actor: Actor) -> bool:
    return Organisation.objects.visible_to(person).filter(actor=actor).exists()


def _city(actor: Actor) -> int | None:
    return Organisation.objects.filter(actor=actor).values_list("city__actor", flat=True).first()


def _closed(actor: Actor) -> bool:
    """One that no city vouches for stays away, whatever moderation takes back."""
    return Organisation.objects.filter(actor=actor).exclude(state="verified").exists()


def plug() -> None:
    """From ``apps.ready()``."""
    voices.plug(Actor.Kind.ORGANISATION, Voice(_people, _actors, _may_see, _city, _closed))
