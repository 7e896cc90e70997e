"""What the API may know of: what is everybody's. All that it fetches begins here."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from cityplus.actors.models import Actor
from cityplus.ceremonies.models import Ceremony, Taking
from cityplus.cities.models import City
from cityplus.events.models import Event, Presenter
from cityplus.events.models.agenda import PresenterQuerySet
from cityplus.events.models.queries import EventQuerySet
from cityplus.media import visibility
from cityplus.media.models import Medium
from cityplus.opportunities.models import Opportunity
from cityplus.opportunities.models.queries import OpportunityQuerySet
from cityplus.organisations.models import Organisation
from cityplus.organisations.models.organisation import OrganisationQuerySet
from cityplus.routes.models import Route
from cityplus.ties.models import Tie

NOBODY = AnonymousUser()


def cities() -> QuerySet[City]:
    """Members, which have a number from their launch on."""
    return City.objects.visible_to(NOBODY).filter(number__isnull=False).select_related("actor")


def actors() -> QuerySet[Actor]:
    """Those that are there: of cities the members, of pairs those that are tied."""
    return Actor.objects.there().exclude(~Q(city__in=cities()), kind=Actor.Kind.CITY)


def routes() -> QuerySet[Route]:
    return Route.objects.visible_to(NOBODY)


def opportunities() -> OpportunityQuerySet:
    """Those that one can answer."""
    return Opportunity.objects.public().open().for_lists()


def events() -> EventQuerySet:
    """Those that were announced, what was cancelled and what is over too."""
    return Event.objects.public().for_cards()


def presenters() -> PresenterQuerySet:
    return Presenter.objects.public().for_cards()


def ties() -> QuerySet[Tie]:
    return Tie.objects.public().with_cities()


def organisations() -> OrganisationQuerySet:
    """Those that their cities have verified."""
    return Organisation.objects.public().filter(actor__limited_at=None).for_cards()


def ceremonies() -> QuerySet[Ceremony]:
    return Ceremony.objects.visible_to(NOBODY).prefetch_related("takings__city__actor")


def ceremonies_of(handle: str) -> QuerySet[Taking, int]:
    """The numbers of those that this member takes part in."""
    taking = Taking.objects.filter(state="accepted", city__in=cities().filter(actor__handle=handle))
    return taking.values_list("ceremony", flat=True)


def medium(number: int) -> Medium | None:
    """The medium of this number, where a public page shows it."""
    seen = visibility.seen_by(NOBODY, [number])
    return Medium.objects.with_renditions().filter(pk__in=seen).select_related("poster").first()
