from __future__ import annotations

from typing import Annotated

from django.db.models import Q
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
from cityplus.api.resources.cities import ref
from cityplus.api.schemas.ties import TieList, TieOut
from cityplus.lib.geo import distance
from cityplus.ties.models import Tie

operations = Resource("Ties")

Pair = Annotated[
    str,
    Field(
        pattern=rf"^{HANDLE}\+{HANDLE}$",
        examples=["shenzhen+thehague"],
    ),
]


class TieQuery(PagedQuery):
    """Which ties."""

    city: Annotated[str, Field(pattern=f"^{HANDLE}$")] = parameter(
        "city", "the handle of a city, such as thehague", "Only those of one city", examples=["thehague"]
    )


@operations.reads(
    "/ties",
    TieList,
    name="listTies",
    summary="Friend-city ties",
    about="Ties that both cities agreed to, in the order in which they were proposed.",
)
def list_ties(request: HttpRequest, response: HttpResponse, query: Query[TieQuery]) -> TieList:
    reader = Reader(request, response, query)
    found = public.ties().order_by("pk")
    if query.city:
        found = found.filter(Q(first__actor__handle=query.city) | Q(second__actor__handle=query.city))
    if query.place:
        found = found.filter(pk__gt=query.place.key)
    rows, following = reader.paged(list(found[: query.limit + 1]), query.limit, lambda tie: Place(tie.pk))
    return TieList(items=[told(tie, reader) for tie in rows], next=following)


@operations.reads(
    "/ties/{pair}",
    TieOut,
    name="getTie",
    summary="A tie",
    about="The tie of two cities. A tie that waits for an answer is not there.",
)
def get_tie(request: HttpRequest, response: HttpResponse, pair: Path[Pair], query: Query[asking.Query]) -> TieOut:
    reader = Reader(request, response, query)
    return told(known(pair), reader)


def known(pair: str) -> Tie:
    """The public tie of a pair.

    Raises:
        Problem: there is none.
    """
    first, second = sorted(pair.split("+"))
    found = public.ties().filter(first__actor__handle=first, second__actor__handle=second).first()
    if found is None:
        raise Problem(problems.NOT_FOUND)
    return found


def told(tie: Tie, reader: Reader) -> TieOut:
    return TieOut(
        pair=str(tie),
        cities=[ref(tie.first, reader), ref(tie.second, reader)],
        since=tie.since or None,
        source=tie.source or None,
        accepted_at=tie.accepted_at,
        metres=round(distance(tie.first.point, tie.second.point)),
        self=resource(f"ties/{tie}"),
        url=reader.page(tie.get_absolute_url()),
    )
