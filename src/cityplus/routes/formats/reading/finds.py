"""What was found in a file, counted while it is read."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cityplus.lib.geo import Point
from cityplus.lib.thinning import Thinner

MOST_ROWS = 3_000_000
"""Points of all kinds in one file: three days of a recording at ten a second."""
MOST_KEPT = 500_000
"""Points of tracks that are kept once the tracks are thinned: 8 MB of memory."""
MOST_STOPS = 200
"""Stops of a route. A file with more named places is a collection, not a route."""
MOST_UNUSED = 200
"""Unused things that are named one by one; further ones are counted."""
MOST_LINES = 5_000
TOLERANCE = 5.0
"""Metres that a point of a track may lie beside the track we keep: about what a phone knows of its place."""

Tell = Callable[[int, int], None]
"""Is told how far the reading is: percent of the file, and rows."""


class FileError(ValueError):
    """A file that cannot be brought in; the message is a sentence that says what is wrong and where. Nothing has been written."""


@dataclass(frozen=True, slots=True)
class Place:
    """A point of interest in a file. ``name`` may be empty, or one that we give; ``via`` says that it is a point of a route."""

    point: Point
    name: str = ""
    words: str = ""
    link: str = ""
    address: str = ""
    via: bool = False


@dataclass(slots=True)
class Line:
    """A way: its points as latitude, longitude, latitude, longitude …, thinned. ``route`` says that it leads along via places."""

    name: str
    points: array[float]
    route: bool = False

    @property
    def start(self) -> Point:
        return Point(self.points[0], self.points[1])

    @property
    def end(self) -> Point:
        return Point(self.points[-2], self.points[-1])

    def __len__(self) -> int:
        return len(self.points) // 2


@dataclass(frozen=True, slots=True)
class Unused:
    """Something of the file that the draft lacks: what it is called there, and why it was left out."""

    name: str
    reason: str


@dataclass(slots=True)
class Finds:
    """Filled by a reader. ``rows`` counts points and features; ``notices`` are sentences about what was done to the file's words."""

    format: str
    program: str = ""
    title: str = ""
    words: str = ""
    licence: str = ""
    credit: str = ""
    places: list[Place] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    unused: list[Unused] = field(default_factory=list)
    unnamed_unused: int = 0
    notices: list[str] = field(default_factory=list)
    rows: int = 0
    kept: int = 0
    named: int = 0

    def count(self, rows: int = 1) -> None:
        """So many more points or features.

        Raises:
            FileError: there are too many of them.
        """
        self.rows += rows
        if self.rows > MOST_ROWS:
            raise FileError(_("The file has more than %(most)s points; that is too many.") % {"most": f"{MOST_ROWS:,}"})

    def place(self, place: Place) -> None:
        """A place more, unless it is one of the named ones too many: then reading on serves only to count them."""
        if place.name:
            self.named += 1
        if len(self.places) < 5 * MOST_STOPS:
            self.places.append(place)
        else:
            self.leave(place.name, _("There are too many places in this file."))

    def line(self, name: str, thinner: Thinner, *, route: bool = False) -> None:
        """A line more; a line of less than two points is unused.

        Raises:
            FileError: the lines are too many, or so crooked that too many of their points had to be kept.
        """
        points = thinner.finish()
        self.kept += len(points) // 2
        if self.kept > MOST_KEPT or len(self.lines) >= MOST_LINES:
            raise FileError(_("The tracks of the file are too many or too long: thin them out first."))
        if len(points) < 4:
            self.leave(name, _("A track needs at least two points."))
        else:
            self.lines.append(Line(name, points, route))

    def leave(self, name: str, reason: str) -> None:
        """Say that something was not used."""
        if len(self.unused) < MOST_UNUSED:
            self.unused.append(Unused(name[:120] or _("without a name"), reason))
        else:
            self.unnamed_unused += 1


def point(lat: float, lon: float, where: str) -> Point:
    """The place at these degrees.

    Raises:
        FileError: they are no place on Earth, or no numbers at all; the message says where it stands in the file.
    """
    try:
        return Point(lat, lon)
    except ValueError:
        raise FileError(
            _(
                "%(where)s: %(lat)s, %(lon)s is no place on Earth. Latitude goes from −90 to 90, longitude from −180 to 180."
            )
            % {"where": where, "lat": str(lat)[:20], "lon": str(lon)[:20]}
        ) from None
