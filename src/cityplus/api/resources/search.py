from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query
from pydantic import Field

from cityplus.api import asking, cursors, problems, public
from cityplus.api.addresses import resource, same_with
from cityplus.api.asking import PagedQuery, Reader, parameter
from cityplus.api.cursors import Place
from cityplus.api.problems import Problem
from cityplus.api.resource import Resource
from cityplus.api.resources.cities import NEAR
from cityplus.api.schemas.choice import OneOf, Whole
from cityplus.api.schemas.common import Location
from cityplus.api.schemas.search import KINDS, NameOut, SearchHit, SearchList, Suggestion, SuggestionList
from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.lib.geo import Point
from cityplus.search import QueryError, find, suggest
from cityplus.search.asking import LONGEST
from cityplus.search.index import source_of
from cityplus.search.items import Found, Name
from cityplus.search.ranking import Hit

operations = Resource("Search", kept=False)

WORDS = rf"^[^\u0000-\u001f\u007f-\u009f]{{1,{LONGEST}}}$"
_ZERO = 2**36
"""What a cursor holds for a score of 0, for scores may be below it."""
_WHERE = {"city": "cities/{}", "route": "cities/{}/routes/{}", "stop": "cities/{}/routes/{}/stops/{}"}
_TAKES_WORDS = f"words in any language, at most {LONGEST} characters"


class SearchQuery(PagedQuery):
    """What is looked for."""

    q: Annotated[str, Field(pattern=WORDS)] = parameter(
        "q", _TAKES_WORDS, "What is looked for", examples=["vredespaleis"]
    )
    kind: Annotated[str, OneOf(*KINDS)] = parameter(
        "kind", f"one of {', '.join(KINDS)}", "Only things of one kind", examples=["stop"]
    )
    near: Annotated[str, Field(pattern=NEAR)] = parameter(
        "near",
        "latitude and longitude in degrees of WGS-84 with a comma between, such as 52.08,4.31",
        "Prefer what is near a place; without words, what is nearest comes first",
        examples=["52.08,4.31"],
    )


class SuggestionQuery(asking.LanguageQuery):
    """What is being typed."""

    q: Annotated[str, Field(pattern=WORDS, description=f"What is being typed: {_TAKES_WORDS}.", examples=["vred"])]
    limit: Annotated[
        int, Field(ge=1, le=100, description="How many suggestions come at most.", examples=[8]), Whole
    ] = 8


@operations.reads(
    "/search",
    SearchList,
    name="search",
    summary="Search",
    about="Cities, routes and stops by their names and texts in any language, or by what is near, or by both; the best "
    "first. Typing mistakes are forgiven. Nothing is found where neither “q” nor “near” says anything.",
)
def search(request: HttpRequest, response: HttpResponse, query: Query[SearchQuery]) -> SearchList:
    reader = Reader(request, response, query)
    try:
        results = find(
            query.q,
            language=reader.language,
            kinds=[query.kind] if query.kind else KINDS,
            near=Point(*map(float, query.near.split(","))) if query.near else None,
            limit=query.limit,
            after=_position(query.place),
        )
    except QueryError as error:
        raise Problem(problems.INVALID_QUERY, [("", str(error))]) from None
    seen = _seen([hit.item for hit in results.hits])
    items = [_told(hit, seen[hit.item.rank], reader) for hit in results.hits if hit.item.rank in seen]
    following = same_with(request, after=_cursor(results.next)) if results.next else None
    reader.link_next(following)
    return SearchList(items=items, next=following, meant=results.meant or None)


@operations.reads(
    "/search/suggestions",
    SuggestionList,
    name="suggest",
    summary="Suggestions while typing",
    about="What a question that is being typed may become: names of cities, routes and stops, the best first.",
)
def suggestions(request: HttpRequest, response: HttpResponse, query: Query[SuggestionQuery]) -> SuggestionList:
    reader = Reader(request, response, query)
    try:
        found = suggest(query.q, reader.language, query.limit, kinds=KINDS)
    except QueryError as error:
        raise Problem(problems.INVALID_QUERY, [("q", str(error))]) from None
    seen = _seen([one.hit.item for one in found])
    items = [
        Suggestion(
            kind=one.kind,
            name=_name(one.name),
            beside=_name(one.beside) if one.beside else None,
            self=_self(one.hit.item),
            url=reader.page(one.hit.item.get_absolute_url()),
        )
        for one in found
        if one.hit.item.rank in seen
    ]
    return SuggestionList(items=items)


def _seen(items: Iterable[Found]) -> Mapping[int, Any]:
    """By their ranks, those things that are public at this moment: the index may be a moment old."""
    items = list(items)
    seen: dict[int, Any] = {}
    for kind in {item.kind for item in items}:
        of_kind = [item for item in items if item.kind == kind]
        objects = source_of(kind).seen_by(public.NOBODY, [item.object_id for item in of_kind])
        seen |= {item.rank: objects[item.object_id] for item in of_kind if item.object_id in objects}
    return seen


def _told(hit: Hit, thing: Any, reader: Reader) -> SearchHit:
    title: Text = thing.actor.names if isinstance(thing, City) else thing.title
    point = hit.item.point
    return SearchHit(
        kind=hit.item.kind,
        title=reader.text(title),
        match=_name(hit.name),
        location=Location(lat=point.lat, lon=point.lon) if point else None,
        metres=None if hit.metres is None else round(hit.metres),
        self=_self(hit.item),
        url=reader.page(hit.item.get_absolute_url()),
    )


def _name(name: Name) -> NameOut:
    return NameOut(text=name.text, language=name.language)


def _self(item: Found) -> str:
    return resource(_WHERE[item.kind].format(*item.url_args))


def _cursor(position: str) -> str:
    score, _, rank = position.rpartition(".")
    return cursors.write(Place(int(score) + _ZERO, int(rank)))


def _position(place: Place | None) -> str:
    return f"{min(place.key, 2 * _ZERO) - _ZERO}.{place.id}" if place else ""
