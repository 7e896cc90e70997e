"""Places that the network knows, to put a stop at: by name in any language, or by coordinates."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from django.utils.translation import gettext as _

from cityplus.cities import placefinder
from cityplus.cities.models import City
from cityplus.drafts.models import Draft
from cityplus.languages import formats
from cityplus.languages.tags import direction, reader_tag
from cityplus.languages.text import Text
from cityplus.lib import coordinates
from cityplus.lib.geo import Point, distance
from cityplus.routes.models import Route, Stop
from cityplus.search import QueryError, find
from cityplus.search.asking import check_words
from cityplus.search.items import NO_LANGUAGE, Found, Name, rank_of
from cityplus.search.ranking import Asked, Hit, rank
from cityplus.search.words import Term, index_tokens, terms, tokens

MOST = 12
_OF_EACH = 30
_DRAFTS, _STOPS = 20, 1_000
"""Own drafts and own stops that are not public that are looked through, the newest first."""
_SAME, _SAME_CITY = 60.0, 30_000.0
"""Metres within which two places of one name are one."""
_CITY, _STOP = 0, 2
"""Places among the kinds of search, by which hits are weighed."""


@dataclass(frozen=True, slots=True)
class Known:
    """A place: what it is called, by ``source`` who says so (coordinates, stop, city, draft, gazetteer), and where that stands."""

    name: str
    language: str
    beside: str
    beside_language: str
    names: dict[str, str]
    point: Point
    source: str
    where: str
    metres: float

    def as_json(self) -> dict[str, Any]:
        tag = reader_tag()
        return {
            "name": self.name,
            "language": self.language,
            "dir": direction(self.language) if self.language else "auto",
            "beside": self.beside,
            "besideLanguage": self.beside_language,
            "names": self.names,
            "at": [round(self.point.lat, 7), round(self.point.lon, 7)],
            "written": coordinates.decimal(self.point),
            "from": self.source,
            "label": said(self.source),
            "where": self.where,
            "metres": round(self.metres),
            "distance": formats.distance(self.metres, tag),
        }


def said(source: str) -> str:
    """What a source is called to people."""
    words = {
        "coordinates": _("Coordinates"),
        "stop": _("Stop"),
        "city": _("City of the network"),
        "draft": _("Stop of a draft"),
        "gazetteer": _("City"),
    }
    return words[source]


def known(q: str, city: City) -> list[Known]:
    """Places that a question may mean, those that fit best and are nearest to the city first; coordinates are one by themselves.

    Raises:
        NotAPlace: it is coordinates, and they are none on Earth.
        QueryError: the question is too long.
    """
    if point := coordinates.read(q):
        written = coordinates.decimal(point)
        return [Known(written, "", "", "", {}, point, "coordinates", "", distance(point, city.point))]
    if coordinates.is_address(q):
        raise QueryError(
            _("This address holds no coordinates. Open it, and take the long address of the map that it leads to.")
        )
    asked = terms(check_words(q))
    if not asked:
        return []
    tag = reader_tag()
    how = Asked(asked, {}, tag, city.point)
    public = find(q, language=tag, kinds={"city", "stop"}, near=city.point, limit=_OF_EACH).hits
    drafted = rank(list(_fitting(_drafted(city), asked)), how, _STOP)
    cities = rank([one for place in placefinder.find(q) if (one := _of_gazetteer(place.number, q))], how, _CITY)
    hits = sorted([*public, *drafted, *cities], key=lambda hit: hit.key, reverse=True)
    return _told(_single([hit for hit in hits if hit.item.point]), tag)


def _drafted(city: City) -> Iterator[Found]:
    """The stops of the city's own work that the public does not know of yet."""
    drafts = Draft.objects.filter(owner=city.actor, kind="route")[:_DRAFTS]
    number = 0
    for draft in drafts:
        route = draft.does.title(draft.subject_id, draft.document)
        for stop in draft.document.get("stops", {}).values():
            number += 1
            if stop.get("lat") is not None and stop.get("lon") is not None:
                yield _found(number, Text.from_json(stop.get("title")), Point(stop["lat"], stop["lon"]), route)
    hidden = Stop.objects.filter(route__city=city).exclude(route__in=Route.objects.public())
    hidden = hidden.exclude(route__in=[draft.subject_id for draft in drafts]).select_related("route")
    for stop in hidden.order_by("-route_id", "number")[:_STOPS]:
        number += 1
        yield _found(number, stop.title, stop.point, stop.route.title.in_language(reader_tag()))


def _found(number: int, title: Text, point: Point, where: str) -> Found:
    return Found(rank_of(_STOP, 0, number), "draft", number, where, "", (), _names(title), point)


def _names(text: Text) -> tuple[Name, ...]:
    return tuple(
        Name(tag, version.text, " ".join(tokens(version.text)), tag == text.original)
        for tag, version in text.versions.items()
    )


def _fitting(items: Iterator[Found], asked: Sequence[Term]) -> Iterator[Found]:
    """Those of which one name has a word for each term."""
    for item in items:
        if any(_fits(index_tokens(name.text), asked) for name in item.names):
            yield item


def _fits(words: set[str], asked: Sequence[Term]) -> bool:
    return all(
        any(form in words or (term.open and any(word.startswith(form) for word in words)) for form in term.forms)
        for term in asked
    )


def _of_gazetteer(number: int, q: str) -> Found | None:
    """A city of the gazetteer. What was typed found it by one of its names, so it counts as one, and is never shown."""
    place = placefinder.place(number)
    if place is None:
        return None
    names = _names(place.all_names)
    asked = Name(NO_LANGUAGE, q, " ".join(tokens(q)), False)
    weight = min(16_000, place.population.bit_length() * 512)
    where = formats.country(place.country, reader_tag())
    point = Point(place.lat, place.lon)
    return Found(rank_of(_CITY, weight, number), "gazetteer", number, where, "", (), (*names, asked), point)


def _single(hits: Sequence[Hit]) -> list[Hit]:
    """Without what is the same place once more, and never more than are shown."""
    kept: list[Hit] = []
    for hit in hits:
        if not any(_same(hit.item, other.item) for other in kept):
            kept.append(hit)
    return kept[:MOST]


def _same(one: Found, other: Found) -> bool:
    reach = _SAME_CITY if "gazetteer" in {one.kind, other.kind} else _SAME
    names = [{name.text.casefold() for name in item.names if name.language != NO_LANGUAGE} for item in (one, other)]
    apart = distance(one.point, other.point) if one.point and other.point else math.inf
    return bool(names[0] & names[1]) and apart <= reach


def _told(hits: Sequence[Hit], tag: str) -> list[Known]:
    stops = {hit.item.object_id for hit in hits if hit.item.kind == "stop"}
    rows = {stop.pk: stop for stop in Stop.objects.filter(pk__in=stops).select_related("route__city__actor")}
    return [_known(hit, tag, rows) for hit in hits]


def _known(hit: Hit, tag: str, rows: dict[int, Stop]) -> Known:
    item = hit.item
    reader, own = item.name_for(tag), item.own_name
    beside = reader if reader.text != hit.name.text else own
    if beside.text == hit.name.text:
        beside = replace(beside, text="", language="")
    names = {name.language: name.text for name in item.names if name.language not in {"", NO_LANGUAGE}}
    stop = rows.get(item.object_id) if item.kind == "stop" else None
    where = item.handle if item.kind in {"draft", "gazetteer"} else ""
    if stop:
        where = f"{stop.route.title.in_language(tag)} · {stop.route.city.actor.names.in_language(tag)}"
    name = hit.name
    point, metres = cast("Point", item.point), hit.metres or 0.0  # what has no place was left out
    return Known(name.text, name.language, beside.text, beside.language, names, point, item.kind, where, metres)
