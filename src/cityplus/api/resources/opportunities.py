from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query
from pydantic import Field

from cityplus.actors.handles import PATTERN as HANDLE
from cityplus.api import asking, posts, problems, public
from cityplus.api.addresses import resource
from cityplus.api.asking import PagedQuery, Reader, parameter
from cityplus.api.cursors import Place
from cityplus.api.problems import Problem
from cityplus.api.resource import Resource
from cityplus.api.resources.cities import ref
from cityplus.api.schemas.choice import OneOf
from cityplus.api.schemas.common import Location
from cityplus.api.schemas.opportunities import Money, OpportunityList, OpportunityOut, Slug
from cityplus.api.schemas.social import ActorRef
from cityplus.api.schemas.texts import TAG
from cityplus.cities.isic import DIVISIONS, SECTIONS
from cityplus.opportunities.filters import fitting
from cityplus.opportunities.models import Opportunity

operations = Resource("Opportunities")
Host = Annotated[str, Field(pattern=f"^{HANDLE}$", description="The handle of its host", examples=["thehague"])]
_KINDS, _WAYS, _SIZES = Opportunity.Kind.values, Opportunity.Direction.values, Opportunity.Size.values


class OpportunityQuery(PagedQuery):
    """Which opportunities."""

    city: Annotated[str, Field(pattern=f"^{HANDLE}$")] = parameter(
        "city", "the handle of a city, such as thehague", "Only those of one city", examples=["thehague"]
    )
    isic: Annotated[str, OneOf(*SECTIONS, *DIVISIONS)] = parameter(
        "isic", "a section or a division of ISIC Rev. 4, such as J or 62", "Only those of a sector", examples=["62"]
    )
    purpose: Annotated[str, OneOf(*_KINDS)] = parameter(
        "purpose", f"one of {', '.join(_KINDS)}", "Only those of one kind", examples=["pilot"]
    )
    direction: Annotated[str, OneOf(*_WAYS)] = parameter(
        "direction", f"one of {', '.join(_WAYS)}", "Only what is offered or what is asked for", examples=["offer"]
    )
    spoken: Annotated[str, Field(pattern=TAG)] = parameter(
        "spoken",
        "a language tag of BCP 47, such as nl or zh-Hans",
        "Those that can be answered in a language",
        examples=["nl"],
    )
    scale: Annotated[str, OneOf(*_SIZES)] = parameter(
        "scale", f"one of {', '.join(_SIZES)}", "Only those of one size", examples=["medium"]
    )


@operations.reads(
    "/opportunities",
    OpportunityList,
    name="listOpportunities",
    summary="Opportunities",
    about="What cities and their verified organisations offer and ask for, as long as it is open and for everybody; the newest first. "
    "Filters narrow the list together. Nobody’s address is told: one answers on the page.",
)
def list_opportunities(request: HttpRequest, response: HttpResponse, query: Query[OpportunityQuery]) -> OpportunityList:
    reader = Reader(request, response, query)
    wanted = {"city": query.city, "sector": query.isic, "kind": query.purpose, "direction": query.direction}
    found = fitting(public.opportunities(), {**wanted, "language": query.spoken, "size": query.scale}).order_by("-pk")
    if query.place:
        found = found.filter(pk__lt=query.place.key)
    rows, following = reader.paged(list(found[: query.limit + 1]), query.limit, lambda one: Place(one.pk))
    return OpportunityList(items=[told(one, reader) for one in rows], next=following)


@operations.reads(
    "/opportunities/{handle}/{slug}",
    OpportunityOut,
    name="getOpportunity",
    summary="An opportunity",
    about="One that is open and for everybody. What is over, not public yet, or for verified organisations alone is not there.",
)
def get_opportunity(
    request: HttpRequest, response: HttpResponse, handle: Path[Host], slug: Path[Slug], query: Query[asking.Query]
) -> OpportunityOut:
    reader = Reader(request, response, query)
    found = public.opportunities().filter(host__handle=handle, slug=slug).first()
    if found is None:
        raise Problem(problems.NOT_FOUND)
    return told(found, reader)


def told(one: Opportunity, reader: Reader) -> OpportunityOut:
    title, story = reader.text(one.title), reader.text(one.story)
    assert title and story and one.published_at  # noqa: S101 - nothing is public without
    money = one.value_public and one.value_from is not None and one.value_to is not None
    return OpportunityOut(
        slug=one.slug,
        host=ActorRef(**posts.actor_ref(one.host, reader)),
        city=ref(one.city, reader),
        direction=one.direction,
        purpose=one.kind,
        title=title,
        story=story,
        place=reader.text(one.place),
        location=Location(lat=one.lat, lon=one.lon) if one.lat is not None and one.lon is not None else None,
        sectors=[sector.code for sector in one.sectors.all()],
        size=one.size or None,
        value=Money(currency=one.currency, lowest=one.value_from, highest=one.value_to) if money else None,  # type: ignore[arg-type] # money says so
        spoken=[tongue.tag for tongue in one.tongues.all()],
        sample=one.sample,
        published_at=one.published_at,
        expires_at=one.expires_at,
        self=resource(f"opportunities/{one.host.handle}/{one.slug}"),
        url=reader.page(one.get_absolute_url()),
    )
