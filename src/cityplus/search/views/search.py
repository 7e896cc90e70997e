from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cityplus.languages.tags import reader_tag
from cityplus.lib.geo import Point
from cityplus.pulse import counted
from cityplus.search import flows, index
from cityplus.search.asking import QueryError, read_place
from cityplus.search.candidates import MOST
from cityplus.search.finding import Results, find, others, places
from cityplus.search.flows import Flow
from cityplus.search.index import Kind
from cityplus.search.items import Found

OF_EACH, OF_ONE = 6, 20
"""Hits shown of each kind when all are searched, and of the one that was chosen."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the address asks for."""

    q: str
    kind: str
    place: str
    after: str
    near: Point | None

    @classmethod
    def of(cls, request: HttpRequest) -> Question:
        """Raises :class:`QueryError` when a part of it cannot be understood."""
        said = {name: request.GET.get(name, "") for name in ("q", "kind", "near", "after")}
        if said["kind"] and said["kind"] not in {*index.kinds(), *flows.flows()}:
            raise QueryError(_("This cannot be searched for. Choose one of the kinds below the field."))
        return cls(said["q"].strip(), said["kind"], said["near"], said["after"], read_place(said["near"]))

    def address(self, **changes: str) -> str:
        """The address of the same question with something changed; what is empty is left out."""
        said = {"q": self.q, "kind": self.kind, "near": self.place, **changes}
        return "?" + urlencode({name: value for name, value in said.items() if value})


@require_safe
@counted("search")
def search(request: HttpRequest) -> HttpResponse:
    """The page of a search: its hits by kind, the kind with the best one first. It may not be indexed, nor is it kept."""
    try:
        question = Question.of(request)
        results, streams = _find(question), _streams(request, question)
    except QueryError as problem:
        context = {"problem": str(problem), "q": request.GET.get("q", "")[:200]}
        return _page(request, context, HTTPStatus.BAD_REQUEST)
    return _page(request, _context(request, question, results, streams))


def _find(question: Question) -> Results:
    if question.kind in flows.flows():
        return Results()
    return find(
        question.q,
        language=reader_tag(),
        kinds=[question.kind] if question.kind else index.signed(question.q),
        near=question.near,
        limit=OF_ONE if question.kind else MOST * len(index.kinds()),
        after=question.after,
    )


def _streams(request: HttpRequest, question: Question) -> list[dict[str, Any]]:
    """Of what flows, the newest that fit; nothing of it is near a place."""
    if not question.q or question.near or (index.signed(question.q) and not question.kind):
        return []
    return [
        group
        for name, flow in flows.flows().items()
        if question.kind in ("", name) and (group := _stream(request, question, flow))
    ]


def _stream(request: HttpRequest, question: Question, flow: Flow) -> dict[str, Any] | None:
    after, one = question.after if question.kind else "", question.kind == flow.name
    if after and not (after.isascii() and after.isdigit() and len(after) < 20):
        raise QueryError(_("This list does not go on from there. Begin the search anew."))
    catch = flows.find(flow.name, question.q, request.user, before=int(after or 0), limit=OF_ONE if one else OF_EACH)
    objects = flows.source_of(flow.name).seen_by(request.user, catch.numbers)
    seen = [(None, objects[number]) for number in catch.numbers if number in objects]
    if not seen and not catch.next:
        return None
    more = (
        "" if not catch.next else question.address(after=str(catch.next)) if one else question.address(kind=flow.name)
    )
    return {"kind": flow, "hits": seen, "more": more, "count": len(seen)}


def _context(
    request: HttpRequest, question: Question, results: Results, streams: list[dict[str, Any]]
) -> dict[str, Any]:
    asked = bool(question.q or question.near)
    groups = [group for kind in _by_best(results) if (group := _group(request, question, results, kind))] + streams
    return {
        "q": question.q,
        "question": question,
        "asked": asked,
        "meant": results.meant,
        "groups": groups,
        "kinds": [
            {"label": kind.label, "url": question.address(kind=name), "current": name == question.kind}
            for name, kind in {**index.kinds(), **flows.flows()}.items()
        ],
        "everything": question.address(kind=""),
        "anywhere": question.address(near=""),
        "others": [(words, question.address(q=words)) for words in others(question.q)] if asked and not groups else [],
        "places": [] if asked else [(city.name_for(reader_tag()), _near(city)) for city in places()],
    }


def _by_best(results: Results) -> list[Kind]:
    names = dict.fromkeys(hit.item.kind for hit in results.hits)
    return [index.kinds()[name] for name in names]


def _group(request: HttpRequest, question: Question, results: Results, kind: Kind) -> dict[str, Any] | None:
    """The hits of a kind that this visitor may see; the index knows public things only, and may be a moment old."""
    hits = [hit for hit in results.hits if hit.item.kind == kind.name]
    shown = hits[: OF_ONE if question.kind else OF_EACH]
    objects = index.source_of(kind.name).seen_by(request.user, [hit.item.object_id for hit in shown])
    seen = [(hit, objects[hit.item.object_id]) for hit in shown if hit.item.object_id in objects]
    if not seen:
        return None
    more = ""
    if question.kind and results.next:
        more = question.address(after=results.next)
    elif len(hits) > len(shown):
        more = question.address(kind=kind.name)
    return {"kind": kind, "hits": seen, "more": more, "count": len(hits)}


def _near(city: Found) -> str:
    return "?" + urlencode({"near": f"{city.point.lat},{city.point.lon}"}) if city.point else "?"


def _page(request: HttpRequest, context: dict[str, Any], status: int = HTTPStatus.OK) -> HttpResponse:
    answer = render(request, "search/search.html", context, status=status)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
