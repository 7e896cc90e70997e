"""A route as KML 2.2: stops with their stories in balloons, and the legs that were drawn."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from django.utils.html import escape
from django.utils.translation import gettext as _

from cityplus.languages.markup import paragraphs
from cityplus.lib.geo import Point
from cityplus.routes.formats.outline import Outline, Sight
from cityplus.routes.formats.xmltree import document, element, said

_SPACE, _ATOM = "http://www.opengis.net/kml/2.2", "http://www.w3.org/2005/Atom"
_LAMP = "ff8ad0ff"
"""The lamp's colour (#ffd08a) as KML writes colours: opacity, blue, green, red."""


def kml(outline: Outline) -> bytes:
    """The file, in UTF-8."""
    root = ET.Element("kml", {"xmlns": _SPACE, "xmlns:atom": _ATOM})
    whole = element(root, "Document")
    said(whole, "name", outline.title)
    said(element(whole, "atom:author"), "atom:name", outline.city)
    element(whole, "atom:link", href=outline.link)
    said(whole, "description", outline.summary)
    line = element(element(whole, "Style", id="leg"), "LineStyle")
    said(line, "color", _LAMP)
    said(line, "width", "4")
    _data(whole, {"credit": outline.credit, "licence": outline.licence, "language": outline.language})
    stops = element(whole, "Folder")
    said(stops, "name", _("Stops"))
    for sight in outline.sights:
        _stop(stops, sight)
    if outline.tracks:
        legs = element(whole, "Folder")
        said(legs, "name", _("The way"))
        for leg in outline.tracks:
            placemark = element(legs, "Placemark")
            said(placemark, "name", f"{leg.start} → {leg.end}")
            said(placemark, "styleUrl", "#leg")
            shape = element(placemark, "LineString")
            said(shape, "tessellate", "1")
            said(shape, "coordinates", " ".join(map(_tuple, leg.points)))
    return document(root)


def _stop(folder: ET.Element, sight: Sight) -> None:
    placemark = element(folder, "Placemark")
    said(placemark, "name", sight.name)
    element(placemark, "atom:link", href=sight.link)
    said(placemark, "address", sight.address)
    said(placemark, "description", _balloon(sight))
    _data(placemark, {"number": str(sight.number), "type": "stop", "language": sight.language})
    said(element(placemark, "Point"), "coordinates", _tuple(sight.point))


def _balloon(sight: Sight) -> str:
    """The story as safe HTML, which is what balloons show, with the way to its page."""
    practical = "".join(f"<p>{escape(line)}</p>" for line in sight.practical.split("\n") if line)
    return f'{paragraphs(sight.story)}{practical}<p><a href="{escape(sight.link)}">{escape(sight.link)}</a></p>'


def _data(parent: ET.Element, facts: dict[str, str]) -> None:
    extended = element(parent, "ExtendedData")
    for name, value in facts.items():
        if value:
            said(element(extended, "Data", name=name), "value", value)


def _tuple(point: Point) -> str:
    return f"{point.lon:.6f},{point.lat:.6f}"
