"""What cities say of media: who may add them, who may see them, and where they are shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.cities.models import City, Member
from cityplus.cities.rights import Right, may, role_of
from cityplus.media.models import Medium
from cityplus.media.usage import Use


def may_add(person: Any, owner: Actor) -> bool:
    """Who has the right to in the team of the city adds to its media."""
    city = City.objects.filter(actor=owner).first()
    return city is not None and may(role_of(person, city), Right.MEDIA)


def seen_by(person: Any, ids: Collection[int]) -> Iterable[int]:
    """The cover of a city is seen by who may see the city; all media of a city by its team and the office."""
    cities = City.objects.visible_to(person)
    yield from cities.filter(cover__in=ids).values_list("cover_id", flat=True)
    if person.is_authenticated:
        mine = Q() if person.is_staff else Q(owner__in=Member.objects.filter(person=person.pk).values("city__actor"))
        yield from Medium.objects.filter(mine, pk__in=ids).values_list("pk", flat=True)


def uses(owner: Actor, ids: Collection[int] | None) -> Iterable[Use]:
    """The covers of cities."""
    cities = City.objects.filter(cover__owner=owner).select_related("actor")
    for city in cities if ids is None else cities.filter(cover__in=ids):
        yield Use(int(city.cover_id or 0), _("Cover picture of the city"), city.get_absolute_url())
