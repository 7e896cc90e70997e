"""What a file of a route says, in the language asked for: the same for every format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cityplus.languages.markup import plain
from cityplus.languages.text import Text
from cityplus.lib.geo import Point
from cityplus.routes.formats.licences import address_of
from cityplus.routes.models import Stop
from cityplus.routes.walkthrough import Walkthrough
from cityplus.web.addresses import absolute, in_language

PROGRAM = "CityPlus"


@dataclass(frozen=True, slots=True)
class Sight:
    """A stop. ``story`` has our marks, ``words`` are everything a walker reads there as plain text; ``language`` is that of the story."""

    number: int
    name: str
    story: str
    words: str
    practical: str
    language: str
    link: str
    point: Point
    address: str


@dataclass(frozen=True, slots=True)
class Track:
    """A leg that was drawn, from stop to stop."""

    start: int
    end: int
    mode: str
    metres: float
    points: list[Point]


@dataclass(frozen=True, slots=True)
class Outline:
    """A route as a value. ``licence`` is SPDX, ``licence_link`` its page, ``changed`` when anything of the route was last written."""

    language: str
    title: str
    summary: str
    link: str
    city: str
    city_link: str
    credit: str
    licence: str
    licence_link: str
    theme: str
    changed: datetime
    sights: Sequence[Sight]
    tracks: Sequence[Track]

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """South, west, north and east of everything; only for a route with stops."""
        points = [sight.point for sight in self.sights] + [point for track in self.tracks for point in track.points]
        lats, lons = [p.lat for p in points], [p.lon for p in points]
        return min(lats), min(lons), max(lats), max(lons)


def outline(walk: Walkthrough, tag: str, code: str) -> Outline:
    """The outline of a route for readers of one language (``tag``), whose pages stand under ``code``."""
    route = walk.route
    city = route.city.actor.names.in_language(tag)
    return Outline(
        language=tag,
        title=route.title.in_language(tag),
        summary=plain(route.summary.in_language(tag)),
        link=_address(route.get_absolute_url(), code),
        city=city,
        city_link=_address(route.city.get_absolute_url(), code),
        credit=route.credit or city,
        licence=route.licence,
        licence_link=address_of(route.licence),
        theme=route.theme,
        changed=route.changed_at,
        sights=[_sight(stop, tag, code) for stop in walk.stops],
        tracks=[
            Track(
                leg.start.number,
                leg.end.number,
                leg.mode,
                leg.metres,
                [leg.start.point, *(Point(lat, lon) for lat, lon in leg.end.leg_track), leg.end.point],
            )
            for leg in walk.legs
            if leg.drawn
        ],
    )


def _address(path: str, code: str) -> str:
    return absolute(in_language(path, code))


def _sight(stop: Stop, tag: str, code: str) -> Sight:
    reading = stop.story.read((tag,))
    story = reading.text if reading else ""
    look_for = _told(_("Look for"), stop.look_for, tag)
    address = _("Address")
    practical = [f"{address}: {stop.address}" if stop.address else "", _told(_("Access"), stop.access, tag)]
    return Sight(
        number=stop.number,
        name=stop.title.in_language(tag),
        story=story,
        words="\n\n".join(filter(None, (plain(story), look_for))),
        practical="\n".join(filter(None, practical)),
        language=reading.language if reading else tag,
        link=_address(stop.get_absolute_url(), code),
        point=stop.point,
        address=stop.address,
    )


def _told(what: str, text: Text, tag: str) -> str:
    words = plain(text.in_language(tag))
    return f"{what}: {words}" if words else ""
