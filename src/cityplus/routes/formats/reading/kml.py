"""KML 2.x as Google Earth, My Maps and uMap write it, with Google's own tracks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.utils.translation import gettext as _

from cityplus.lib.geo import Point
from cityplus.lib.thinning import Thinner
from cityplus.routes.formats.reading.finds import TOLERANCE, Finds, Place, point
from cityplus.routes.formats.reading.words import one_line, web_address, words
from cityplus.routes.formats.reading.xml import Opener, XmlReader

SPACES = (
    "http://www.opengis.net/kml/2.2", "http://www.opengis.net/kml/2.3", "http://earth.google.com/kml/2.2",
    "http://earth.google.com/kml/2.1", "http://earth.google.com/kml/2.0", "",
)  # fmt: skip
GOOGLE = "http://www.google.com/kml/ext/2.2"
ATOM = "http://www.w3.org/2005/Atom"
_LONGEST = 200
"""Characters of one tuple of coordinates."""


def spelled(name: str) -> list[str]:
    """A KML element's full names in every namespace that it comes in."""
    return [f"{space} {name}" if space else name for space in SPACES]


class KmlReader(XmlReader):
    """Placemarks with a point become places, those with a way lines; see :class:`~.finds.Finds`.

    A placemark of several geometries is both. Areas, overlays, tours, models and links to other files are unused.
    """

    def __init__(self, finds: Finds) -> None:
        super().__init__(finds)
        self._held: list[dict[str, str]] = []
        self._facts: dict[str, str] = {}
        self._shape = self._rest = ""
        self._points: list[Point] = []
        self._lines: list[Thinner] = []
        self._areas = self._models = 0
        self._thinner = Thinner(TOLERANCE)
        openers: dict[str, Opener] = {"Placemark": self._placemark_opened, "coordinates": self._coordinates_opened}
        openers |= dict.fromkeys(("Document", "Folder", *self._left()), self._hold)
        openers |= {
            name: partial(self._shaped, name) for name in ("Point", "LineString", "LinearRing", "Polygon", "Model")
        }
        closers: dict[str, Callable[[str], None]] = {
            "Placemark": self._placemark, "coordinates": self._coordinates, "Document": self._folder, "Folder": self._folder,
        }  # fmt: skip
        closers |= {name: partial(self._leave, reason) for name, reason in self._left().items()}
        for name in ("name", "description", "address", "Snippet"):
            closers[name] = partial(self._fact, name)
            self.texts.update(spelled(name))
        for name, opener in openers.items():
            self.openers |= dict.fromkeys(spelled(name), opener)
        for name, closer in closers.items():
            self.closers |= dict.fromkeys(spelled(name), closer)
        self._google()

    @staticmethod
    def _left() -> dict[str, str]:
        """What a route cannot take, and why."""
        overlay = _("Pictures laid over the map are not brought in.")
        return {
            "GroundOverlay": overlay,
            "ScreenOverlay": overlay,
            "PhotoOverlay": overlay,
            "NetworkLink": _("It lies in another file; bring that file in by itself."),
        }

    def _google(self) -> None:
        self.openers |= {
            f"{GOOGLE} Track": self._track_opened,
            f"{GOOGLE} Tour": self._hold,
            f"{ATOM} link": lambda attributes: self._fact("link", attributes.get("href", "")),
        }
        self.closers |= {
            f"{GOOGLE} Track": self._track,
            f"{GOOGLE} Tour": partial(self._leave, _("A tour is a flight of the camera, not a way.")),
            f"{GOOGLE} coord": self._coord,
        }
        self.texts.add(f"{GOOGLE} coord")

    def _hold(self, attributes: dict[str, str]) -> None:
        self._held.append(self._facts)
        self._facts = {}

    def _release(self) -> dict[str, str]:
        facts, self._facts = self._facts, self._held.pop() if self._held else {}
        return facts

    def _fact(self, name: str, text: str) -> None:
        self._facts.setdefault(name, text)

    def _leave(self, reason: str, text: str) -> None:
        self.finds.leave(one_line(self._release().get("name", "")), reason)

    def _folder(self, text: str) -> None:
        """The outermost document or folder closes last, and its name is the file's."""
        facts = self._release()
        self.finds.title = one_line(facts.get("name", "")) or self.finds.title
        self.finds.words = words(facts.get("description", "")) or self.finds.words

    def _placemark_opened(self, attributes: dict[str, str]) -> None:
        self._hold(attributes)
        self.finds.count()
        self._points, self._lines, self._areas, self._models = [], [], 0, 0

    def _placemark(self, text: str) -> None:
        facts = self._release()
        name = one_line(facts.get("name", ""))
        told = words(facts.get("description", "")) or words(facts.get("Snippet", ""))
        if self._points:
            address = one_line(facts.get("address", ""), 300)
            self.finds.place(Place(self._points[0], name, told, web_address(facts.get("link", "")), address))
        if len(self._points) > 1:
            self.finds.leave(name, _("It has several points; the first one is its place."))
        for line in self._lines:
            self.finds.line(name, line)
        if self._areas:
            self.finds.leave(name, _("An area is neither a stop nor a way."))
        if self._models:
            self.finds.leave(name, _("Three-dimensional models are not brought in."))
        if not (self._points or self._lines or self._areas or self._models):
            self.finds.leave(name, _("It has no place on the map."))

    def _shaped(self, shape: str, attributes: dict[str, str]) -> None:
        inside, self._shape = self._shape, shape
        if shape == "Polygon" or (shape == "LinearRing" and inside != "Polygon"):
            self._areas += 1
        elif shape == "LinearRing":
            self._shape = "Polygon"  # so that its holes are no areas of their own
        self._models += shape == "Model"

    def _coordinates_opened(self, attributes: dict[str, str]) -> None:
        if self._shape in {"Point", "LineString"}:
            self._rest, self._thinner, self._first = "", Thinner(TOLERANCE), True
            self._parser.CharacterDataHandler = self._tuples

    def _coordinates(self, text: str) -> None:
        if self._shape in {"Point", "LineString"}:
            self._tuples(" ")
            self._parser.CharacterDataHandler = None
            if self._shape == "LineString":
                self._lines.append(self._thinner)
        self._shape = "" if self._shape != "Polygon" else self._shape

    def _tuples(self, data: str) -> None:
        """Coordinates as they come, in pieces: ``lon,lat[,height]`` with spaces between; of a point the first is its place."""
        pieces = (self._rest + data).split()
        self._rest = pieces.pop() if pieces and not data[-1].isspace() else ""
        if len(self._rest) > _LONGEST:
            raise self.fail(_("“%(text)s…” is no place: write longitude,latitude") % {"text": self._rest[:40]})
        for piece in pieces:
            place = self._parsed(piece.split(","), piece)
            if self._shape == "Point":
                if self._first:
                    self._points.append(place)
                    self._first = False
            else:
                self.finds.count()
                self._thinner.add(place.lat, place.lon)

    def _parsed(self, parts: list[str], shown: str) -> Point:
        try:
            lon, lat = float(parts[0]), float(parts[1])
        except (IndexError, ValueError):
            raise self.fail(_("“%(text)s” is no place: write longitude,latitude") % {"text": shown[:40]}) from None
        return point(lat, lon, self.where)

    def _track_opened(self, attributes: dict[str, str]) -> None:
        self._thinner = Thinner(TOLERANCE)

    def _coord(self, text: str) -> None:
        if text.strip():  # a moment without a place is allowed
            place = self._parsed(text.split(), text.strip())
            self.finds.count()
            self._thinner.add(place.lat, place.lon)

    def _track(self, text: str) -> None:
        self._lines.append(self._thinner)
