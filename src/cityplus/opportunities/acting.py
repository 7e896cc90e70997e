"""Who acts for the actors of this room: the team of a city, the delegates of a verified organisation."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.cities.models import City, Member
from cityplus.cities.rights import RIGHTS as OF_TEAMS
from cityplus.cities.rights import Right as TeamRight
from cityplus.opportunities.errors import OpportunityError
from cityplus.organisations.models import Delegate, Organisation
from cityplus.organisations.roles import RIGHTS as OF_DELEGATES
from cityplus.organisations.roles import Right as DelegateRight
from cityplus.people.models import Person


class Act(StrEnum):
    """Something that one does for an actor here: ``write`` its opportunities; ``deal``: talk, say how far one is, tell outcomes."""

    WRITE = "write"
    DEAL = "deal"


_TEAM = {Act.WRITE: TeamRight.WRITE, Act.DEAL: TeamRight.SPEAK}
_DELEGATE = {Act.WRITE: DelegateRight.WRITE, Act.DEAL: DelegateRight.DEAL}
TEAM = {act: [role for role, rights in OF_TEAMS.items() if right in rights] for act, right in _TEAM.items()}
DELEGATES = {
    act: [role for role, rights in OF_DELEGATES.items() if right in rights] for act, right in _DELEGATE.items()
}
"""The roles that may do each."""


def signed_in(person: Any) -> bool:
    return bool(getattr(person, "is_authenticated", False) and person.is_active)


def actors(person: Any, act: Act) -> QuerySet[Actor]:
    """The actors for which a person may do this: cities of whose team they are, verified organisations whose delegate they are."""
    if not signed_in(person):
        return Actor.objects.none()
    cities = City.objects.filter(team__person=person, team__role__in=TEAM[act])
    theirs = Organisation.objects.public().filter(delegates__person=person, delegates__role__in=DELEGATES[act])
    return Actor.objects.filter(Q(pk__in=cities.values("actor")) | Q(pk__in=theirs.values("actor")))


def organisations(person: Any) -> QuerySet[Organisation]:
    """The verified organisations for which a person deals."""
    if not signed_in(person):
        return Organisation.objects.none()
    mine = Delegate.objects.filter(person=person, role__in=DELEGATES[Act.DEAL])
    return Organisation.objects.public().filter(pk__in=mine.values("organisation"))


def people(actor: Actor, act: Act) -> list[Person]:
    """Who may do it for this actor."""
    if actor.kind == Actor.Kind.CITY:
        theirs = Member.objects.filter(city__actor=actor, role__in=TEAM[act]).values("person")
    else:
        verified = Organisation.objects.public().filter(actor=actor)
        theirs = Delegate.objects.filter(organisation__in=verified, role__in=DELEGATES[act]).values("person")  # type: ignore[assignment] # both are numbers of people
    return list(Person.objects.filter(pk__in=theirs, is_active=True).order_by("username"))


def deals_with_verified(person: Any) -> bool:
    """Whether they are a delegate of some verified organisation, with whatever role."""
    return signed_in(person) and Organisation.objects.public().filter(delegates__person=person).exists()


def city_of(host: Actor) -> City:
    """Whose team looks over what this host offers and asks for.

    Raises:
        OpportunityError: it is no host.
    """
    if host.kind == Actor.Kind.CITY:
        return City.objects.select_related("actor").get(actor=host)
    city = (
        City.objects.select_related("actor").filter(organisations__actor=host, organisations__state="verified").first()
    )
    if city is None:
        raise OpportunityError(_("Only cities and verified organisations have opportunities."))
    return city
