from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Path, Query
from pydantic import BaseModel, Field

from cityplus.api.addresses import resource
from cityplus.api.asking import refuse_unknown
from cityplus.api.resource import Resource
from cityplus.api.resources import cities, routes, stops, ties
from cityplus.api.schemas.choice import OneOf, Whole
from cityplus.api.schemas.common import Handle
from cityplus.api.schemas.routes import Slug, StopNumber
from cityplus.api.schemas.totals import LanguageCount, PeriodCount, TotalsOut
from cityplus.pulse import NETWORK, Subject, by_language, series, totals

operations = Resource("Totals")

_ABOUT = "Views and visitors since the beginning, by language, and in the last days or hours. At most a minute old."


class TotalsQuery(BaseModel):
    """Which part of the past comes along."""

    by: Annotated[
        str,
        OneOf("day", "hour"),
        Field(description="What the series counts by; hours are kept for a month.", examples=["day"]),
    ] = "day"
    last: Annotated[
        int, Field(ge=1, le=366, description="How many days or hours the series has.", examples=[30]), Whole
    ] = 30


@operations.reads("/totals", TotalsOut, name="getTotals", summary="Totals of the network", about=_ABOUT)
def of_network(request: HttpRequest, query: Query[TotalsQuery]) -> TotalsOut:
    refuse_unknown(request, query)
    return _told(NETWORK, query, "totals")


@operations.reads(
    "/cities/{handle}/totals", TotalsOut, name="getTotalsOfCity", summary="Totals of a member", about=_ABOUT
)
def of_city(request: HttpRequest, handle: Path[Handle], query: Query[TotalsQuery]) -> TotalsOut:
    refuse_unknown(request, query)
    return _told(cities.known(handle).subjects[0], query, f"cities/{handle}/totals")


@operations.reads("/ties/{pair}/totals", TotalsOut, name="getTotalsOfTie", summary="Totals of a tie", about=_ABOUT)
def of_tie(request: HttpRequest, pair: Path[ties.Pair], query: Query[TotalsQuery]) -> TotalsOut:
    refuse_unknown(request, query)
    tie = ties.known(pair)
    return _told(tie.subjects[0], query, f"ties/{tie}/totals")


@operations.reads(
    "/cities/{handle}/routes/{slug}/totals",
    TotalsOut,
    name="getTotalsOfRoute",
    summary="Totals of a route",
    about=_ABOUT,
)
def of_route(
    request: HttpRequest,
    handle: Path[Handle],
    slug: Path[Slug],
    query: Query[TotalsQuery],
) -> TotalsOut:
    refuse_unknown(request, query)
    route = routes.known(handle, slug)
    return _told(route.subjects[0], query, f"{routes.of(route)}/totals")


@operations.reads(
    "/cities/{handle}/routes/{slug}/stops/{number}/totals",
    TotalsOut,
    name="getTotalsOfStop",
    summary="Totals of a stop",
    about=_ABOUT,
)
def of_stop(
    request: HttpRequest,
    handle: Path[Handle],
    slug: Path[Slug],
    number: Path[StopNumber],
    query: Query[TotalsQuery],
) -> TotalsOut:
    refuse_unknown(request, query)
    stop = stops.known(routes.known(handle, slug), number)
    return _told(stop.subjects[0], query, f"{routes.of(stop.route)}/stops/{number}/totals")


def _told(subject: Subject, query: TotalsQuery, path: str) -> TotalsOut:
    total = totals(subject)
    by: Literal["day", "hour"] = "hour" if query.by == "hour" else "day"
    return TotalsOut(
        views=total.views,
        visitors=total.visitors,
        languages=[
            LanguageCount(language=tag, views=count.views, visitors=count.visitors)
            for tag, count in by_language(subject)
        ],
        series=[
            PeriodCount(start=_start(point.start), views=point.count.views, visitors=point.count.visitors)
            for point in series(subject, by, query.last)
        ],
        self=resource(path),
    )


def _start(start: date | datetime) -> str:
    return start.isoformat().replace("+00:00", "Z")
