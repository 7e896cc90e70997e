from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Path, Query
from pydantic import Field

from cityplus.actors.handles import PATTERN as HANDLE
from cityplus.api import asking, problems, public
from cityplus.api.addresses import resource
from cityplus.api.asking import PagedQuery, Reader, parameter
from cityplus.api.cursors import Place
from cityplus.api.problems import Problem
from cityplus.api.resource import Resource
from cityplus.api.resources.cities import ref
from cityplus.api.schemas.ceremonies import CeremonyCard, CeremonyList, CeremonyOut, GuestOut, ItemOut, Number
from cityplus.ceremonies import screens
from cityplus.ceremonies.keepsakes import keepsake
from cityplus.ceremonies.models import Ceremony
from cityplus.cities.models import City

operations = Resource("Ceremonies")

_FIRST = datetime.min.replace(tzinfo=UTC)
_STEP = timedelta(microseconds=1)
_MOST = (datetime.max.replace(tzinfo=UTC) - _FIRST) // _STEP


class CeremonyQuery(PagedQuery):
    """Which ceremonies."""

    city: Annotated[str, Field(pattern=f"^{HANDLE}$")] = parameter(
        "city", "the handle of a city, such as thehague", "Only those of one city", examples=["thehague"]
    )


@operations.reads(
    "/ceremonies",
    CeremonyList,
    name="listCeremonies",
    summary="Ceremonies",
    about="Ceremonies that are announced or were held: launches of cities, signings and openings, the latest first.",
)
def list_ceremonies(request: HttpRequest, response: HttpResponse, query: Query[CeremonyQuery]) -> CeremonyList:
    reader = Reader(request, response, query)
    found = public.ceremonies().order_by("-starts_at", "-pk")
    if query.city:
        found = found.filter(pk__in=public.ceremonies_of(query.city))
    if query.place:
        at = _FIRST + min(query.place.key, _MOST) * _STEP
        found = found.filter(Q(starts_at__lt=at) | Q(starts_at=at, pk__lt=query.place.id))
    rows, following = reader.paged(list(found[: query.limit + 1]), query.limit, _place)
    return CeremonyList(items=[CeremonyCard(**in_few_words(one, reader)) for one in rows], next=following)


@operations.reads(
    "/ceremonies/{ceremony}",
    CeremonyOut,
    name="getCeremony",
    summary="A ceremony",
    about="A ceremony that is announced or was held, with its guests and programme.",
)
def get_ceremony(
    request: HttpRequest, response: HttpResponse, ceremony: Path[Number], query: Query[asking.Query]
) -> CeremonyOut:
    reader = Reader(request, response, query)
    found = public.ceremonies().filter(pk=ceremony).first() if ceremony < 2**63 else None
    if found is None:
        raise Problem(problems.NOT_FOUND)
    kept = keepsake(found)
    now = screens.standing(found, inside=False)
    over = found.state in Ceremony.OVER
    guests = [
        GuestOut(
            names=reader.text(guest.names),
            title=reader.text(guest.title),
            pressed_at=datetime.fromtimestamp(now.guests[guest.pk], UTC) if guest.pk in now.guests else None,
        )
        for guest in kept.guests
    ]
    return CeremonyOut(
        **in_few_words(found, reader),
        place=reader.text(found.place),
        hosts=reader.text(found.hosts),
        number=(kept.number or None) if over else None,
        guests=guests,
        palms=now.palms,
        programme=[ItemOut(at=item.at, words=reader.text(item.words)) for item in found.programme.all()],
        certificate=reader.page(reverse("ceremonies:certificate", args=[found.pk])) if over else None,
        poster=reader.page(reverse("ceremonies:poster", args=[found.pk])) if over else None,
    )


def in_few_words(ceremony: Ceremony, reader: Reader) -> dict[str, Any]:
    """``rehearsed`` is no state for everybody: for them it is planned."""
    members = [city for city in ceremony.cities_in_order if city.stage in City.PUBLIC]
    return {
        "id": ceremony.pk,
        "kind": ceremony.kind,
        "state": "planned" if ceremony.state in Ceremony.PLANNING else ceremony.state,
        "title": reader.text(ceremony.title),
        "theme": reader.text(ceremony.theme),
        "day": date.fromisoformat(ceremony.day),
        "starts_at": ceremony.starts_at if ceremony.hour_known else None,
        "time_zone": ceremony.time_zone,
        "launched_at": ceremony.launched_at,
        "cities": [ref(city, reader) for city in members],
        "self": resource(f"ceremonies/{ceremony.pk}"),
        "url": reader.page(ceremony.get_absolute_url()),
    }


def _place(ceremony: Ceremony) -> Place:
    return Place((ceremony.starts_at - _FIRST) // _STEP, ceremony.pk)
