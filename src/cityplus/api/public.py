"""What the API may know of: what is everybody's. All that it fetches begins here."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from cityplus.cities.models import City
from cityplus.media.models import Medium
from cityplus.routes.models import Route, StopMedium
from cityplus.ties.models import Tie

NOBODY = AnonymousUser()


def cities() -> QuerySet[City]:
    """Members, which have a number from their launch on."""
    return City.objects.visible_to(NOBODY).filter(number__isnull=False).select_related("actor")


def routes() -> QuerySet[Route]:
    return Route.objects.visible_to(NOBODY)


def ties() -> QuerySet[Tie]:
    return Tie.objects.public().with_cities()


def media() -> QuerySet[Medium]:
    """Media that a public page shows: covers, films with their posters, and what stands at stops."""
    return Medium.objects.filter(_shown() | Exists(Medium.objects.filter(_shown(), poster=OuterRef("pk"))))


def _shown() -> Q:
    here = OuterRef("pk")
    found: Q = (
        Exists(City.objects.visible_to(NOBODY).filter(cover=here))
        | Exists(routes().filter(cover=here))
        | Exists(routes().filter(film=here))
        | Exists(StopMedium.objects.filter(medium=here, stop__route__in=routes()))
    )
    return found
