"""A route as GPX 1.1: stops as waypoints and as one route, the legs that were drawn as a track."""

from __future__ import annotations

from datetime import UTC
from xml.etree import ElementTree as ET

from cityplus.lib.geo import Point
from cityplus.routes.formats.outline import PROGRAM, Outline
from cityplus.routes.formats.xmltree import document, element, said

_SPACE = "http://www.topografix.com/GPX/1/1"
_SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"


def gpx(outline: Outline) -> bytes:
    """The file, in UTF-8."""
    root = ET.Element("gpx", {"xmlns": _SPACE, "xmlns:xsi": _SCHEMA, "version": "1.1", "creator": PROGRAM})
    root.set("xsi:schemaLocation", f"{_SPACE} {_SPACE}/gpx.xsd")
    _metadata(root, outline)
    for sight in outline.sights:
        point = _point(root, "wpt", sight.point)
        said(point, "name", f"{sight.number}. {sight.name}")
        said(point, "cmt", sight.practical)
        said(point, "desc", sight.words)
        _link(point, sight.link, sight.name)
        said(point, "type", "stop")
    _route(root, outline)
    _track(root, outline)
    return document(root)


def _metadata(root: ET.Element, outline: Outline) -> None:
    metadata = element(root, "metadata")
    said(metadata, "name", outline.title)
    said(metadata, "desc", outline.summary)
    author = element(metadata, "author")
    said(author, "name", outline.city)
    _link(author, outline.city_link, outline.city)
    holder = element(metadata, "copyright", author=outline.credit)
    said(holder, "year", str(outline.changed.year))
    said(holder, "license", outline.licence_link)
    _link(metadata, outline.link, outline.title)
    said(metadata, "time", outline.changed.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    said(metadata, "keywords", ", ".join(filter(None, (outline.theme, outline.language))))
    if outline.sights:
        south, west, north, east = (f"{degrees:.6f}" for degrees in outline.bounds)
        element(metadata, "bounds", minlat=south, minlon=west, maxlat=north, maxlon=east)


def _route(root: ET.Element, outline: Outline) -> None:
    route = element(root, "rte")
    said(route, "name", outline.title)
    _link(route, outline.link, outline.title)
    for sight in outline.sights:
        said(_point(route, "rtept", sight.point), "name", f"{sight.number}. {sight.name}")


def _track(root: ET.Element, outline: Outline) -> None:
    if not outline.tracks:
        return
    track = element(root, "trk")
    said(track, "name", outline.title)
    _link(track, outline.link, outline.title)
    for leg in outline.tracks:
        segment = element(track, "trkseg")
        for point in leg.points:
            _point(segment, "trkpt", point)


def _point(parent: ET.Element, name: str, point: Point) -> ET.Element:
    return element(parent, name, lat=f"{point.lat:.6f}", lon=f"{point.lon:.6f}")


def _link(parent: ET.Element, href: str, text: str) -> None:
    said(element(parent, "link", href=href), "text", text)
