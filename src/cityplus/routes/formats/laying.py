"""Laying a route out of what a file holds: which places are stops, in which order, and which track leads to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from django.utils import translation
from django.utils.translation import gettext as _

from cityplus.lib.geo import Point, distance
from cityplus.routes.formats.reading import FileError, Finds, Line, Place
from cityplus.routes.formats.reading.finds import MOST_STOPS
from cityplus.routes.formats.way import GAP, Spot, Way, matched

SAME = 50.0
"""Metres within which two places of one name, or two ends of tracks, are one."""
_MOST_PARTS = 12
"""Tracks whose ends become stops; a recording with more is one that broke off often."""


@dataclass(slots=True)
class LaidStop:
    """A stop of a draft, with the track that leads to it from the stop before: ``[[lat, lon], …]``, empty where none is drawn."""

    place: Place
    track: list[list[float]] = field(default_factory=list)


@dataclass(slots=True)
class Laid:
    """``tolerance`` is what the tracks were thinned to, in metres; ``notices`` are sentences on what was decided."""

    stops: list[LaidStop]
    tolerance: float
    notices: list[str]

    def nearest(self, city: Point) -> float:
        """Metres from a city to the nearest of the stops."""
        return min(distance(stop.place.point, city) for stop in self.stops)


def lay(finds: Finds, language: str = "en") -> Laid:
    """The stops and legs that a file stands for. Stops without a name are given one in a language of the interface.

    Raises:
        FileError: it names more places than a route has stops.
    """
    way = Way(_drawn(finds))
    notices = list(finds.notices)
    places = _stops(finds, way, notices, language)
    if len(places) > MOST_STOPS:
        raise FileError(
            _(
                "The file names %(count)s places; a route has %(most)s stops at most. Bring in the folder or layer that is the route."
            )
            % {"count": max(len(places), finds.named), "most": MOST_STOPS}
        )
    spots = matched(way, [place.point for place in places])
    stops = [LaidStop(place) for place in places]
    previous: Spot | None = None
    for stop, spot in zip(stops, spots, strict=True):
        if spot and previous:
            stop.track = way.between(previous, spot)
        previous = spot
    return Laid(stops, way.tolerance, notices)


def _drawn(finds: Finds) -> list[Line]:
    """The lines that say how one goes: tracks before routes, which may be nothing but straight lines between their points."""
    tracks = [line for line in finds.lines if not line.route]
    vias = sum(place.via for place in finds.places)
    return tracks or [line for line in finds.lines if len(line) > max(2, vias)]


def _stops(finds: Finds, way: Way, notices: list[str], language: str) -> list[Place]:
    vias = _single([place for place in finds.places if place.via])
    named = [place for place in finds.places if place.name and not place.via]
    unnamed = [place for place in finds.places if not place.name and not place.via]
    if len(vias) >= 2:
        stops = _joined(_numbered(vias, notices, language), named, way, finds)
    elif len(named) >= 2 or (named and not finds.lines):
        stops = _in_order(_single([*vias, *named]), way, notices)
    elif finds.lines:
        with translation.override(language):
            ends = _ends(finds.lines)
        stops = _in_order([*vias, *named, *_far_from(ends, named)], way, notices)
    else:
        stops, unnamed = _numbered(unnamed, notices, language), []
    if unnamed:
        finds.leave("", _("%(count)s points without a name, beside places that have one.") % {"count": len(unnamed)})
    return stops


def _single(places: Sequence[Place]) -> list[Place]:
    """Without a place that is said twice in a row: routes that follow each other share their ends."""
    kept: list[Place] = []
    for place in places:
        if not (kept and kept[-1].name == place.name and distance(kept[-1].point, place.point) <= SAME):
            kept.append(place)
    return kept


def _numbered(places: Sequence[Place], notices: list[str], language: str) -> list[Place]:
    nameless = sum(not place.name for place in places)
    if nameless:
        notices.append(_("%(count)s points had no name and are called by their number.") % {"count": nameless})
    with translation.override(language):
        return [
            place if place.name else replace(place, name=_("Stop %(number)s") % {"number": number})
            for number, place in enumerate(places, 1)
        ]


def _joined(vias: list[Place], named: Sequence[Place], way: Way, finds: Finds) -> list[Place]:
    """The points of a route, with the words of the waypoints of the same name; a waypoint that only lies on the way comes between."""
    stops = list(vias)
    extra: list[Place] = []
    for place in named:
        index = next((i for i, via in enumerate(stops) if _same(via, place)), None)
        if index is None:
            extra.append(place)
        else:
            via = stops[index]
            stops[index] = replace(
                via, words=via.words or place.words, link=via.link or place.link, address=via.address or place.address
            )
    if not extra:
        return stops
    spots = matched(way, [stop.point for stop in stops])
    placed = [(spot.along, stop) for spot, stop in zip(spots, stops, strict=True) if spot]
    if len(placed) < len(stops):
        placed = []
    for place in extra:
        chance = next(iter(way.chances(place.point)), None) if placed else None
        if chance:
            placed.append((chance.along, place))
        else:
            finds.leave(place.name, _("The route of the file does not pass it."))
    return [stop for _, stop in sorted(placed, key=lambda pair: pair[0])] if placed else stops


def _same(one: Place, other: Place) -> bool:
    apart = distance(one.point, other.point)
    return apart <= 2 or (apart <= SAME and one.name.casefold() == other.name.casefold())


def _in_order(places: list[Place], way: Way, notices: list[str]) -> list[Place]:
    """In the order of the file, unless a track passes all of them in another one."""
    chances = [way.chances(place.point) for place in places] if len(way) > 1 else []
    if not chances or not all(chances):
        return places
    if all(matched(way, [place.point for place in places])):
        return places
    order = sorted(range(len(places)), key=lambda index: chances[index][0].along)
    notices.append(_("The stops stand in the order in which the track passes them, not in that of the file."))
    return [places[index] for index in order]


def _ends(lines: Sequence[Line]) -> list[Place]:
    """Where tracks begin and end, once where one ends and the next begins."""
    if len(lines) > _MOST_PARTS:
        lines = [replace(lines[0], points=lines[0].points[:2] + lines[-1].points[-2:])]
    places = [Place(lines[0].start, _("Start"))]
    for line, following in pairwise(lines):
        places.append(Place(line.end, _between(line, following)))
        if distance(line.end, following.start) > GAP:
            places.append(Place(following.start, following.name or _("Start")))
    places.append(Place(lines[-1].end, _("End")))
    return places


def _between(line: Line, following: Line) -> str:
    """What a place is called at which one track ends and another may begin."""
    if following.name and following.name != line.name:
        return (
            following.name if distance(line.end, following.start) <= GAP else _("End of %(name)s") % {"name": line.name}
        )
    return _("On the way")


def _far_from(ends: Sequence[Place], named: Sequence[Place]) -> list[Place]:
    """Ends of tracks that are not the very places that have a name already."""
    return [end for end in ends if all(distance(end.point, place.point) > SAME for place in named)]
