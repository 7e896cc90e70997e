"""Bringing a file in: it is read whole within its bounds first, then the draft is written in one transaction."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cityplus.cities.models import City
from cityplus.languages.tags import UI_LANGUAGES, LanguageError, check_tag
from cityplus.languages.text import Text, Version
from cityplus.routes.formats.laying import Laid, LaidStop, lay
from cityplus.routes.formats.licences import spdx_of
from cityplus.routes.formats.reading import FileError, Finds, Unused, read_file
from cityplus.routes.formats.reading.finds import Tell
from cityplus.routes.formats.reading.words import one_line
from cityplus.routes.models import Mode, Route, Stop

ENDINGS = {".gpx", ".kml", ".kmz", ".json", ".geojson", ".umap"}
"""Of file names, by which some programs call what is in the file too."""
FAR = 300_000.0
"""Metres from its city at which a route looks misplaced: latitude and longitude may be in the wrong order."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file. ``rows`` are the points and features read, ``drawn`` the legs with a track, ``tolerance`` the metres
    to which the tracks were thinned; ``unused`` names what the draft lacks, ``more_unused`` counts what is not named."""

    format: str
    program: str
    rows: int
    stops: int
    drawn: int
    tolerance: float
    unused: list[Unused]
    more_unused: int
    notices: list[str]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft route and the report on the file it came from."""

    route: Route
    report: Report


@dataclass(frozen=True, slots=True)
class Wish:
    """What whoever brings a file says of it. ``name`` is what the file is called, ``language`` the BCP 47 tag its words are written
    in (the city's main language else), ``title`` replaces the file's own, ``mode`` is how one goes. For a file that goes into a
    draft: whether its stops take the place of all that are there (``instead``), and the ``revision`` its sender has seen."""

    name: str = ""
    language: str = ""
    title: str = ""
    mode: str = Mode.WALK
    instead: bool = False
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A file that has been read and laid out as a route; nothing of it is written yet."""

    city: City
    wish: Wish
    finds: Finds
    laid: Laid

    def write(self, *, by: str) -> Draft:
        """Write the draft with all its stops in one transaction."""
        with transaction.atomic():
            route = _route(self, by)
            stops = [_stop(route, number, stop, self.wish.language) for number, stop in enumerate(self.laid.stops, 1)]
            Stop.objects.bulk_create(stops)
        return Draft(route, report_of(self))


def plan(path: Path, city: City, wish: Wish, tell: Tell = lambda percent, rows: None) -> Plan:
    """Read a GPX, KML, KMZ or GeoJSON file for a city. ``tell`` hears percent and rows while a large one is read.

    Raises:
        FileError: the file, the language or the mode cannot be used; the message says why.
    """
    if wish.mode not in Mode.values:
        modes = ", ".join(Mode.values)
        raise FileError(
            _("“%(mode)s” is no way to go; there are %(modes)s.") % {"mode": wish.mode[:40], "modes": modes}
        )
    wish = replace(wish, name=one_line(wish.name or path.name), language=_language(wish.language, city))
    finds = read_file(path, tell)
    return Plan(city, wish, finds, lay(finds, next((u.code for u in UI_LANGUAGES if u.tag == wish.language), "en")))


def draft_from(path: Path, city: City, wish: Wish, *, by: str, tell: Tell = lambda percent, rows: None) -> Draft:
    """Make a draft route of a city from a file: :func:`plan` and :meth:`Plan.write` in one.

    Raises:
        FileError: as :func:`plan`. Nothing has been written.
    """
    return plan(path, city, wish, tell).write(by=by)


def _language(language: str, city: City) -> str:
    try:
        return check_tag(language or next(iter(city.languages), "en"))
    except LanguageError as error:
        raise FileError(f"{error}.") from None


def _route(plan: Plan, by: str) -> Route:
    finds, wish = plan.finds, plan.wish
    said = finds.title if Path(finds.title).suffix.lower() not in ENDINGS else Path(finds.title).stem
    title = one_line(wish.title) or said or one_line(Path(wish.name).stem) or wish.name
    return Route.draft(
        plan.city,
        _text(wish.language, title),
        by=by,
        mode=wish.mode,
        summary=_text(wish.language, finds.words),
        credit=finds.credit[:200],
        licence=spdx_of(finds.licence),
        origin={"file": wish.name, "format": finds.format, "program": finds.program},
    )


def _stop(route: Route, number: int, laid: LaidStop, tag: str) -> Stop:
    place = laid.place
    return Stop(
        route=route,
        number=number,
        slug=slugify(place.name)[:80] or f"stop-{number}",
        title=_text(tag, place.name),
        story=_text(tag, place.words),
        lat=place.point.lat,
        lon=place.point.lon,
        address=place.address,
        address_language=tag if place.address else "",
        website=place.link,
        leg_track=laid.track,
    )


def _text(tag: str, words: str) -> Text:
    return Text(tag, {tag: Version(words)}) if words else Text()


def report_of(plan: Plan) -> Report:
    """What became of a file that has been laid out."""
    finds, laid = plan.finds, plan.laid
    notices = list(laid.notices)
    kilometres = laid.nearest(plan.city.point) / 1000
    if kilometres * 1000 > FAR:
        notices.append(
            _("The nearest stop is %(km)s km from the city: are latitude and longitude in the right order?")
            % {"km": f"{kilometres:,.0f}"}
        )
    if finds.licence and not spdx_of(finds.licence):
        notices.append(
            _("The file says its licence is “%(licence)s”, which we do not know.") % {"licence": finds.licence}
        )
    drawn = sum(bool(stop.track) for stop in laid.stops)
    return Report(
        finds.format, finds.program, finds.rows, len(laid.stops), drawn, laid.tolerance,
        finds.unused, finds.unnamed_unused, notices,
    )  # fmt: skip
