from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query
from pydantic import Field

from cityplus.actors.handles import PATTERN as HANDLE
from cityplus.api import asking, problems, public
from cityplus.api.addresses import resource
from cityplus.api.asking import PagedQuery, Reader, parameter
from cityplus.api.cursors import Place
from cityplus.api.problems import Problem
from cityplus.api.resource import Resource
from cityplus.api.resources import media
from cityplus.api.resources.cities import ref
from cityplus.api.schemas.choice import OneOf
from cityplus.api.schemas.organisations import ActivityOut, OrganisationHandle, OrganisationList, OrganisationOut
from cityplus.api.schemas.texts import TAG
from cityplus.cities.isic import DIVISIONS, SECTIONS
from cityplus.organisations.filters import NAMES, fitting
from cityplus.organisations.models import Organisation

operations = Resource("Organisations")


class OrganisationQuery(PagedQuery):
    """Which organisations."""

    city: Annotated[str, Field(pattern=f"^{HANDLE}$")] = parameter(
        "city", "the handle of a city, such as thehague", "Only those of one city", examples=["thehague"]
    )
    branch: Annotated[str, OneOf(*SECTIONS, *DIVISIONS)] = parameter(
        "branch",
        "a section of ISIC Rev. 4 (a letter from A to U) or a division (two digits)",
        "Only those that are active in something",
        examples=["H"],
    )
    organisation: Annotated[str, OneOf(*Organisation.Kind.values)] = parameter(
        "organisation", f"one of {', '.join(Organisation.Kind.values)}", "Only those of one kind", examples=["company"]
    )
    size: Annotated[str, OneOf(*Organisation.Size.values)] = parameter(
        "size", f"one of {', '.join(Organisation.Size.values)}", "Only those of one size", examples=["small"]
    )
    spoken: Annotated[str, Field(pattern=TAG)] = parameter(
        "spoken",
        "a language tag of BCP 47, such as nl or zh-Hans",
        "Only those with which one can deal in a language",
        examples=["nl"],
    )


@operations.reads(
    "/organisations",
    OrganisationList,
    name="listOrganisations",
    summary="Organisations",
    about="Companies, universities, institutes and associations that their cities have verified, those that came last first. "
    "Filters narrow the list together.",
)
def list_organisations(
    request: HttpRequest, response: HttpResponse, query: Query[OrganisationQuery]
) -> OrganisationList:
    reader = Reader(request, response, query)
    chosen = dict.fromkeys(NAMES, "") | {
        "city": query.city or "",
        "branch": query.branch or "",
        "kind": query.organisation or "",
        "size": query.size or "",
        "language": query.spoken or "",
    }
    found = fitting(public.organisations(), chosen).order_by("-pk")
    if query.place:
        found = found.filter(pk__lt=query.place.key)
    rows, following = reader.paged(list(found[: query.limit + 1]), query.limit, lambda one: Place(one.pk))
    return OrganisationList(items=[told(one, reader) for one in rows], next=following)


@operations.reads(
    "/organisations/{handle}",
    OrganisationOut,
    name="getOrganisation",
    summary="An organisation",
    about="One that its city has verified; no other is there.",
)
def get_organisation(
    request: HttpRequest, response: HttpResponse, handle: Path[OrganisationHandle], query: Query[asking.Query]
) -> OrganisationOut:
    reader = Reader(request, response, query)
    found = public.organisations().filter(actor__handle=handle).first()
    if found is None:
        raise Problem(problems.NOT_FOUND)
    return told(found, reader)


def told(organisation: Organisation, reader: Reader) -> OrganisationOut:
    handle = organisation.actor.handle
    return OrganisationOut(
        handle=handle,
        names=reader.text(organisation.actor.names),
        kind=organisation.kind,
        city=ref(organisation.city, reader),
        size=organisation.size or None,
        languages=organisation.languages,
        activities=[ActivityOut(code=one.code, section=one.section) for one in organisation.activities.all()],
        about=reader.text(organisation.about),
        offers=reader.text(organisation.offers),
        seeks=reader.text(organisation.seeks),
        website=organisation.website or None,
        logo=media.card(organisation.logo, reader),
        verified_at=organisation.verified_at,
        self=resource(f"organisations/{handle}"),
        url=reader.page(organisation.get_absolute_url()),
    )
