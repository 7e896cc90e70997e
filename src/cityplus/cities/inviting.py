"""Inviting a city: it comes into being with what is known of it, and a letter goes to who would be the first owner of its team."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cityplus import journal
from cityplus.actors.handles import check_handle
from cityplus.actors.models import Actor
from cityplus.cities import gazetteer
from cityplus.cities.gazetteer import Place
from cityplus.cities.models import City, Invitation, InvitationError, Member
from cityplus.languages.text import Text


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A city that is to be invited. ``population`` 0: not known; its year 0: not known."""

    handle: str
    names: Text
    country: str
    lat: float
    lon: float
    time_zone: str
    languages: list[str] = field(default_factory=list)
    population: int = 0
    population_year: int = 0
    population_source: str = ""

    @classmethod
    def of(cls, place: Place, handle: str = "") -> Newcomer:
        """As the gazetteer knows it, with a handle that is free now."""
        return cls(
            handle=handle or free_handle(place.name, place.country),
            names=place.all_names,
            country=place.country,
            lat=place.lat,
            lon=place.lon,
            time_zone=place.time_zone,
            languages=list(gazetteer.languages_of(place.country)),
            population=place.population,
            population_source=gazetteer.source() if place.population else "",
        )


def free_handle(name: str, country: str) -> str:
    """The handle that is proposed to a city of this name."""
    return gazetteer.handle_for(name, country, lambda handle: Actor.objects.filter(handle=handle).exists())


def invite(newcomer: Newcomer, email: str, *, by: str, language: str = "en") -> Invitation:
    """Make the city, in the first stage of its life with its profile prefilled, and post the letter to its first owner: all of it
    or nothing.

    Raises:
        InvitationError: the handle has a wrong shape or is taken.
    """
    try:
        check_handle(newcomer.handle)
    except ValidationError as refusal:
        raise InvitationError(" ".join(refusal.messages)) from None
    with transaction.atomic():
        actor, made = Actor.objects.get_or_create(
            handle=newcomer.handle, defaults={"kind": Actor.Kind.CITY, "names": newcomer.names}
        )
        if not made:
            raise InvitationError(_("The handle %(handle)s is taken.") % {"handle": newcomer.handle})
        facts: dict[str, Any] = {
            name: getattr(newcomer, name)
            for name in (
                "country",
                "lat",
                "lon",
                "time_zone",
                "languages",
                "population",
                "population_year",
                "population_source",
            )
        }
        city = City.objects.create(actor=actor, **facts)
        city.steps.create(stage=city.stage, by=by)
        journal.record("city.invited", city, handle=city.handle, by=by)
        return Invitation.send(city, email, Member.Role.OWNER, by=by, language=language)
