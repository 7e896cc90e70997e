"""GPX 1.0 and 1.1, with what Garmin, OsmAnd and others put into its extensions."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from django.utils.translation import gettext as _

from cityplus.lib.geo import Point
from cityplus.lib.thinning import Thinner
from cityplus.routes.formats.reading.finds import TOLERANCE, Finds, Place, point
from cityplus.routes.formats.reading.words import one_line, web_address, words
from cityplus.routes.formats.reading.xml import Closer, Opener, XmlReader

SPACES = ("http://www.topografix.com/GPX/1/1", "http://www.topografix.com/GPX/1/0", "")
"""Namespaces that GPX is written in; some programs forget it."""
_GARMIN = ("http://www.garmin.com/xmlschemas/GpxExtensions/v3", "http://www.garmin.com/xmlschemas/GpxExtensions/v2")
_TRIP = "http://www.garmin.com/xmlschemas/TripExtensions/v1"
_OSMAND = (
    "https://osmand.net",
    "https://osmand.net/docs/technical/osmand-file-formats/osmand-gpx",
    "http://osmand.net",
)

_NAMES = ("name", "desc", "cmt", "url", "src", "author", "license")
_NUMBER = re.compile(r"^\d+\. ")
"""What we write before the names of stops, so that other programs show them in order."""
_STREET = ("StreetAddress", "City", "PostalCode")


def spelled(name: str) -> list[str]:
    """A GPX element's full names in every namespace that it comes in."""
    return [f"{space} {name}" if space else name for space in SPACES]


def _without_text(closer: Callable[[], None]) -> Closer:
    return lambda text: closer()


class GpxReader(XmlReader):
    """Named waypoints and via points become places, tracks and routes lines; see :class:`~.finds.Finds`.

    A route point without a name, or one that Garmin calls a shaping point, only bends the route. Garmin's ``gpxx:rpt``, hundreds of
    points between two via points, do the same.
    """

    def __init__(self, finds: Finds) -> None:
        super().__init__(finds)
        self._facts: dict[str, str] = {}
        self._held: list[dict[str, str]] = []
        self._thinner = Thinner(TOLERANCE)
        self._at = 0.0, 0.0
        self._name = ""
        openers: dict[str, Opener] = {
            "gpx": self._root, "wpt": self._point_opened, "rtept": self._route_point_opened, "trkpt": self._track_point,
            "rte": self._hold, "trk": self._hold, "metadata": self._hold, "link": self._link, "copyright": self._copyright,
        }  # fmt: skip
        for name, opener in openers.items():
            self.openers |= dict.fromkeys(spelled(name), opener)
        closers: dict[str, Callable[[], None]] = {
            "wpt": self._waypoint, "rtept": self._route_point, "rte": self._route, "trkseg": self._segment_closed,
            "trk": self._track, "metadata": self._metadata, "gpx": self._closed,
        }  # fmt: skip
        for name, closer in closers.items():
            self._close(name, _without_text(closer))
        for name in _NAMES:
            self._close(name, partial(self._fact, name), text=True)
        self._extensions()

    def _close(self, name: str, closer: Closer, *, text: bool = False) -> None:
        names = spelled(name)
        self.closers |= dict.fromkeys(names, closer)
        if text:
            self.texts.update(names)

    def _extensions(self) -> None:
        for space in _GARMIN:
            self.openers[f"{space} rpt"] = self._track_point
            for name in _STREET:
                self.texts.add(f"{space} {name}")
                self.closers[f"{space} {name}"] = partial(self._fact, name)
        self.openers[f"{_TRIP} ShapingPoint"] = lambda attributes: self._fact("shaping", "yes")
        self.openers[f"{_TRIP} ViaPoint"] = lambda attributes: self._fact("via", "yes")
        for space in _OSMAND:
            self.texts.add(f"{space} address")
            self.closers[f"{space} address"] = lambda text: self._fact("address", text)

    def _root(self, attributes: dict[str, str]) -> None:
        self.finds.program = one_line(attributes.get("creator", ""), 100)

    def _hold(self, attributes: dict[str, str]) -> None:
        """A part begins whose facts are its own; those of what is around it wait."""
        self._held.append(self._facts)
        self._facts = {}

    def _release(self) -> dict[str, str]:
        facts, self._facts = self._facts, self._held.pop() if self._held else {}
        return facts

    def _fact(self, name: str, text: str) -> None:
        self._facts.setdefault(name, text)

    def _link(self, attributes: dict[str, str]) -> None:
        self._fact("link", attributes.get("href", ""))

    def _copyright(self, attributes: dict[str, str]) -> None:
        self._fact("copyright", attributes.get("author", ""))

    def _degrees(self, attributes: dict[str, str]) -> tuple[float, float]:
        try:
            lat, lon = float(attributes["lat"]), float(attributes["lon"])
        except (KeyError, ValueError):
            found = f"lat=“{attributes.get('lat', '')[:30]}” lon=“{attributes.get('lon', '')[:30]}”"
            raise self.fail(
                _("a point needs its place as numbers of degrees, not %(found)s") % {"found": found}
            ) from None
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):  # NaN is within nothing
            point(lat, lon, self.where)
        return lat, lon

    def _track_point(self, attributes: dict[str, str]) -> None:
        self.finds.count()
        self._thinner.add(*self._degrees(attributes))

    def _point_opened(self, attributes: dict[str, str]) -> None:
        self._hold(attributes)
        self.finds.count()
        self._at = self._degrees(attributes)

    def _route_point_opened(self, attributes: dict[str, str]) -> None:
        self._point_opened(attributes)
        self._thinner.add(*self._at)

    def _waypoint(self) -> None:
        self.finds.place(self._place(self._release(), via=False))

    def _route_point(self) -> None:
        facts = self._release()
        if "via" in facts or (facts.get("name") and "shaping" not in facts):
            self.finds.place(self._place(facts, via=True))

    def _place(self, facts: dict[str, str], *, via: bool) -> Place:
        told = words(facts.get("desc", "")) or words(facts.get("cmt", ""))
        if self.finds.program == "togpx":  # by which uMap writes all properties into one text, a line each
            told = next((line[12:] for line in told.split("\n") if line.startswith("description=")), "")
        street = ", ".join(one_line(facts[name]) for name in _STREET if facts.get(name))
        return Place(
            Point(*self._at),
            self._named(facts),
            told,
            web_address(facts.get("link", "") or facts.get("url", "")),
            one_line(facts.get("address", "") or street, 300),
            via,
        )

    def _named(self, facts: dict[str, str]) -> str:
        name = one_line(facts.get("name", ""))
        return _NUMBER.sub("", name) if self.finds.program == "CityPlus" else name

    def _route(self) -> None:
        name = one_line(self._release().get("name", ""))
        self._line(name, route=True)
        self._title(name)

    def _segment_closed(self) -> None:
        """The name of a track stands before its segments in files that keep to the schema, so it is known here."""
        self._line(one_line(self._facts.get("name", "")))

    def _line(self, name: str, *, route: bool = False) -> None:
        thinner, self._thinner = self._thinner, Thinner(TOLERANCE)
        if thinner.count or not route:
            self.finds.line(name, thinner, route=route)

    def _track(self) -> None:
        facts = self._release()
        self._title(one_line(facts.get("name", "")))
        if not self.finds.words:
            self.finds.words = words(facts.get("desc", ""))

    def _title(self, name: str) -> None:
        if not self._name:
            self._name = name

    def _metadata(self) -> None:
        facts = self._release()
        self.finds.title = one_line(facts.get("name", ""))
        self.finds.words = words(facts.get("desc", ""))
        self.finds.licence = one_line(facts.get("license", ""))
        self.finds.credit = one_line(facts.get("copyright", ""))

    def _closed(self) -> None:
        """GPX 1.0 has no metadata: name and description stand in the root."""
        finds = self.finds
        finds.title = finds.title or one_line(self._facts.get("name", "")) or self._name
        finds.words = finds.words or words(self._facts.get("desc", ""))
