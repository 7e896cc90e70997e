from __future__ import annotations

from collections.abc import Sequence
from math import inf, pi
from typing import Annotated, Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query
from pydantic import Field

from cityplus.api import asking, problems, public
from cityplus.api.addresses import resource
from cityplus.api.asking import PagedQuery, Reader, parameter
from cityplus.api.cursors import Place
from cityplus.api.problems import Problem
from cityplus.api.resource import Resource
from cityplus.api.resources import media
from cityplus.api.schemas.choice import OneOf
from cityplus.api.schemas.cities import CityCard, CityList, CityOut, ContactOut, OfficialOut, Population, StrengthOut
from cityplus.api.schemas.common import CityRef, Handle, Location
from cityplus.api.schemas.texts import TAG
from cityplus.cities.isic import SECTIONS
from cityplus.cities.models import City
from cityplus.lib.geo import EARTH_RADIUS, Point, distance

operations = Resource("Cities")

_LAT = r"-?(90(\.0{1,7})?|[0-8]?[0-9](\.[0-9]{1,7})?)"
_LON = r"-?(180(\.0{1,7})?|(1[0-7][0-9]|[0-9]{1,2})(\.[0-9]{1,7})?)"
NEAR = f"^{_LAT},{_LON}$"
BANDS = (2, 12, 180)
"""Degrees of latitude to either side; the last holds everybody."""
METRES_A_DEGREE = EARTH_RADIUS * pi / 180


class CityQuery(PagedQuery):
    """Which members."""

    country: Annotated[str, Field(pattern="^[A-Z]{2}$")] = parameter(
        "country", "two capital letters of ISO 3166-1, such as NL", "Members in a country", examples=["NL"]
    )
    spoken: Annotated[str, Field(pattern=TAG)] = parameter(
        "spoken",
        "a language tag of BCP 47, such as nl or zh-Hans",
        "Members where a language is spoken",
        examples=["nl"],
    )
    sector: Annotated[str, OneOf(*SECTIONS)] = parameter(
        "sector",
        "a letter of a section of ISIC Rev. 4, from A to U",
        "Members that are good at something",
        examples=["M"],
    )
    near: Annotated[str, Field(pattern=NEAR)] = parameter(
        "near",
        "latitude and longitude in degrees of WGS-84 with a comma between, such as 52.08,4.31",
        "Order members by their distance from a place, the nearest first",
        examples=["52.08,4.31"],
    )


@operations.reads(
    "/cities",
    CityList,
    name="listCities",
    summary="Members of the network",
    about="By member number, or with “near” from a place outwards. Filters narrow the list together.",
)
def list_cities(request: HttpRequest, response: HttpResponse, query: Query[CityQuery]) -> CityList:
    reader = Reader(request, response, query)
    found = _filtered(query)
    if query.near:
        places = _by_distance(found, Point(*map(float, query.near.split(","))), query)
    else:
        later = Q(number__gt=query.place.key) if query.place else Q()
        numbers = found.filter(later).order_by("number").values_list("number", "pk")[: query.limit + 1]
        places = [Place(number or 0, pk) for number, pk in numbers]
    page, following = reader.paged(places, query.limit, lambda place: place)
    cities = for_cards(public.cities()).in_bulk([place.id for place in page])
    items = []
    for metres, pk in page:
        if city := cities.get(pk):  # else it stopped being one in this very moment
            words = in_few_words(city, reader) | ({"metres": metres} if query.near else {})
            items.append(CityCard(**words))
    return CityList(items=items, next=following)


@operations.reads(
    "/cities/{handle}",
    CityOut,
    name="getCity",
    summary="A member",
    about="A city with all that its page tells. A city that is not launched is not there.",
)
def get_city(request: HttpRequest, response: HttpResponse, handle: Path[Handle], query: Query[asking.Query]) -> CityOut:
    reader = Reader(request, response, query)
    found = for_cards(public.cities()).prefetch_related("contacts", "steps").filter(actor__handle=handle).first()
    if found is None:
        raise Problem(problems.NOT_FOUND)
    return told(found, reader)


def known(handle: str) -> City:
    """The member of this handle.

    Raises:
        Problem: there is none.
    """
    city = public.cities().filter(actor__handle=handle).first()
    if city is None:
        raise Problem(problems.NOT_FOUND)
    return city


def told(city: City, reader: Reader) -> CityOut:
    launches = [step.on for step in city.steps.all() if step.stage == "launched"]
    return CityOut(
        **in_few_words(city, reader),
        profile=reader.text(city.profile),
        strengths=[StrengthOut(section=s.section, sentence=reader.text(s.sentence)) for s in city.strengths.all()],
        contacts=[ContactOut(kind=c.kind, value=c.value) for c in city.contacts.all()],
        official=[
            OfficialOut(kind=p.kind, site=p.where or None, state=p.state, confirmed_at=p.held_at)
            for p in city.proofs.shown()
            if p.held_at
        ],
        launched_on=(launches[0] or None) if launches else None,
        sources=city.sources,
        routes=resource(f"cities/{city.handle}/routes"),
        ties=resource(f"ties?city={city.handle}"),
    )


def for_cards(cities: QuerySet[City]) -> QuerySet[City]:
    """With what a card tells, in a fixed number of queries."""
    return cities.select_related("actor", "cover").prefetch_related("cover__renditions", "strengths")


def ref(city: City, reader: Reader) -> CityRef:
    """A city as others name it; fetch its actor with it."""
    return CityRef(**_named(city, reader))


def in_few_words(city: City, reader: Reader) -> dict[str, Any]:
    return {
        **_named(city, reader),
        "number": city.number,
        "stage": city.stage,
        "country": city.country,
        "location": Location(lat=city.lat, lon=city.lon),
        "time_zone": city.time_zone,
        "languages": city.languages,
        "sectors": sorted({strength.section for strength in city.strengths.all()}),
        "tagline": reader.text(city.tagline),
        "population": _population(city),
        "cover": media.card(city.cover, reader),
    }


def _named(city: City, reader: Reader) -> dict[str, Any]:
    return {
        "handle": city.handle,
        "names": reader.text(city.actor.names),
        "self": resource(f"cities/{city.handle}"),
        "url": reader.page(city.get_absolute_url()),
    }


def _population(city: City) -> Population | None:
    if not city.population:
        return None
    return Population(
        people=city.population,
        year=city.population_year or None,
        scope=city.population_scope or None,
        source=city.population_source or None,
    )


def _filtered(query: CityQuery) -> QuerySet[City]:
    found = public.cities()
    if query.country:
        found = found.filter(country=query.country)
    if query.sector:
        found = found.filter(strengths__section=query.sector).distinct()
    if query.spoken:
        # Both engines write a list as text with its words in quotes, and a tag holds none.
        found = found.annotate(tags=Cast("languages", TextField())).filter(tags__contains=f'"{query.spoken}"')
    return found


def _by_distance(cities: QuerySet[City], centre: Point, query: CityQuery) -> Sequence[Place]:
    """The places of this page and one more, the nearest first; ``key`` is whole metres.

    Looked for in ever broader bands of latitude: whoever is not in a band is farther away than half its breadth.
    """
    found: list[Place] = []
    for degrees in BANDS:
        reach = METRES_A_DEGREE * degrees if degrees < BANDS[-1] else inf
        if query.place and query.place.key >= reach:
            continue
        rows = cities.filter(lat__range=(centre.lat - degrees, centre.lat + degrees)).values_list("pk", "lat", "lon")
        places = (Place(round(distance(centre, Point(lat, lon))), pk) for pk, lat, lon in rows)
        found = sorted(p for p in places if p.key < reach and (query.place is None or p > query.place))
        if len(found) > query.limit:
            break
    return found[: query.limit + 1]
