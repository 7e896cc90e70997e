from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cityplus.cities.rights import Right
from cityplus.desk import stops as changes
from cityplus.desk.access import Desk, desk
from cityplus.desk.asked import Asked, NotSaved, asked, languages_of
from cityplus.desk.pieces import Piece
from cityplus.desk.places import Known
from cityplus.desk.stops_island import draft_island, stops_island
from cityplus.desk.views.file import route_piece
from cityplus.desk.views.places import not_a_place
from cityplus.desk.ways import Way, sum_of, ways_of
from cityplus.drafts import DocumentError, DraftClash, mark
from cityplus.languages.tags import direction, reader_tag
from cityplus.languages.text import Reading, Text
from cityplus.lib import coordinates
from cityplus.lib.coordinates import NotAPlace
from cityplus.lib.geo import Point
from cityplus.routes.document import MOST_STOPS
from cityplus.routes.maps import map_ground
from cityplus.routes.models import Mode
from cityplus.search import QueryError

_TAKEN = "desk-taken"
"""Where the session keeps the stop that was taken out last, to bring it back."""

BY_HAND = 200
"""Points of a drawn way that are shown as lines of text."""


@dataclass(frozen=True)
class Row:
    """A stop as the list shows it, with the way to it (None for the first)."""

    key: str
    number: int
    part: dict[str, Any]
    title: Reading | None
    way: Way | None
    last: bool
    found: list[dict[str, Any]] | None = None
    marks: dict[str, str] = field(default_factory=dict)

    @property
    def at(self) -> str:
        """Its coordinates as people read them; empty while it has none."""
        lat, lon = self.part["lat"], self.part["lon"]
        return "" if lat is None or lon is None else coordinates.decimal(Point(lat, lon))

    @property
    def track(self) -> str:
        """The points of the way to it, one to a line; empty where they are too many to be written by hand."""
        points = self.part["leg_track"]
        return "\n".join(coordinates.decimal(Point(*point)) for point in points) if len(points) <= BY_HAND else ""


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.SEE, POST=Right.WRITE)
def stops(request: HttpRequest, at: Desk, piece: str) -> HttpResponse:
    """The stops of a draft as a list, and on a map when it is opened. POST changes one thing, by the button that was pressed."""
    route = route_piece(at.city, piece)
    if request.method != "POST":
        return _page(request, at, route)
    if "undo" in request.POST:
        return _bring_back(request, at, route)
    try:
        what = asked(route, request.POST)
    except NotAPlace as problem:
        return _page(request, at, route, problem=not_a_place(problem), status=422)
    except (NotSaved, QueryError) as problem:
        return _page(request, at, route, problem=str(problem), status=422)
    if what.found is not None:
        return _page(request, at, route, what)
    return _saved(request, at, route, what)


@require_safe
@desk(Right.SEE)
def legs(request: HttpRequest, at: Desk, piece: str) -> HttpResponse:
    """The legs of a draft: ``{"revision", "legs": [{from, to, mode, metres, minutes, drawn, words}], "words"}``; metres are null
    while a stop has no place."""
    route = route_piece(at.city, piece)
    ways = ways_of(route)
    told = {"revision": route.draft.revision, "legs": [way.as_json() for way in ways], "words": sum_of(ways)}
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _saved(request: HttpRequest, at: Desk, piece: Piece, what: Asked) -> HttpResponse:
    try:
        if what.edits:
            piece.draft.edit(what.edits, by=at.by)
    except DraftClash:
        words = _("Somebody else changed this meanwhile. Nothing was saved: look at the stops as they are now.")
        return _page(request, at, piece, problem=words, status=409)
    except DocumentError as problem:
        return _page(request, at, piece, problem=problem.sentence, status=422)
    if what.taken:
        request.session[_TAKEN] = what.taken
    messages.success(request, what.words)
    return redirect(piece.address("piece-stops") + (f"#s-{what.key}" if what.key else ""))


def _bring_back(request: HttpRequest, at: Desk, piece: Piece) -> HttpResponse:
    taken = request.session.pop(_TAKEN, None)
    document = piece.draft.document
    if not taken or taken["piece"] != piece.name or taken["key"] in document["stops"]:
        return _page(request, at, piece, problem=_("There is nothing to bring back."), status=422)
    edits = changes.restored(document, taken["key"], taken["part"], taken["order"])
    return _saved(request, at, piece, Asked(taken["key"], edits, _("The stop is back.")))


def _page(
    request: HttpRequest,
    at: Desk,
    piece: Piece,
    what: Asked | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    ways = ways_of(piece)
    taken = request.session.get(_TAKEN) or {}
    context = {
        "desk": at,
        "piece": piece,
        "rows": _rows(piece, ways, what),
        "words": sum_of(ways),
        "order_mark": mark(piece.draft.document["order"]),
        "asked": what if what and not what.key else None,
        "found": _choices(what.found or (), "") if what and not what.key else None,
        "problem": problem,
        "most": MOST_STOPS,
        "modes": Mode.choices,
        "may_write": at.may(Right.WRITE),
        "can_undo": taken.get("piece") == piece.name and taken.get("key") not in piece.draft.document["stops"],
        "island": stops_island(piece),
        "draft_island": draft_island(piece, at),
        "blank": Row("", 0, {"leg_mode": "", "leg_track": [], "lat": None, "lon": None}, None, None, False),
        "here": piece.address("piece-stops"),
        **map_ground(),
    }
    return render(request, "desk/stops.html", context, status=status)


def _rows(piece: Piece, ways: Sequence[Way], what: Asked | None) -> list[Row]:
    document, reader = piece.draft.document, reader_tag()
    order = changes.order_of(document)
    rows = []
    for number, key in enumerate(order, 1):
        part = document["stops"][key]
        found = _choices(what.found or (), key) if what and what.key == key else None
        paths = (f"stops/{key}", f"stops/{key}/lat", f"stops/{key}/lon")
        marks = dict(zip(paths, map(mark, (part, part["lat"], part["lon"])), strict=True))
        title = Text.from_json(part["title"]).read([*languages_of(piece)[:1], reader])
        way = ways[number - 2] if number > 1 else None
        rows.append(Row(key, number, part, title, way, number == len(order), found, marks))
    return rows


def _choices(found: Sequence[Known], key: str) -> list[dict[str, Any]]:
    """Places as buttons that say which one was chosen, and for which stop."""
    return [
        {
            "place": place,
            "dir": direction(place.language) if place.language else "auto",
            "told": place.as_json(),
            "value": json.dumps(
                {"key": key, "at": [place.point.lat, place.point.lon], "name": place.name, "names": place.names},
                ensure_ascii=False,
            ),
        }
        for place in found
    ]
