"""A route as GeoJSON (RFC 7946): a point for each stop, a line for each leg that was drawn."""

from __future__ import annotations

import json
from typing import Any

from cityplus.lib.geo import Point
from cityplus.routes.formats.outline import Outline, Sight, Track


def geojson(outline: Outline) -> bytes:
    """The file, in UTF-8."""
    whole: dict[str, Any] = {
        "type": "FeatureCollection",
        "name": outline.title,
        "description": outline.summary,
        "url": outline.link,
        "language": outline.language,
        "city": outline.city,
        "credit": outline.credit,
        "licence": outline.licence,
        "licence_url": outline.licence_link,
    }
    if outline.sights:
        south, west, north, east = (round(degrees, 6) for degrees in outline.bounds)
        whole["bbox"] = [west, south, east, north]
    whole["features"] = [*map(_stop, outline.sights), *map(_leg, outline.tracks)]
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"


def _stop(sight: Sight) -> dict[str, Any]:
    properties = {
        "type": "stop", "number": sight.number, "name": sight.name, "description": sight.words,
        "access": sight.practical, "address": sight.address, "url": sight.link, "language": sight.language,
    }  # fmt: skip
    return _feature(f"stop-{sight.number}", {"type": "Point", "coordinates": _pair(sight.point)}, properties)


def _leg(leg: Track) -> dict[str, Any]:
    properties = {"type": "leg", "from": leg.start, "to": leg.end, "mode": leg.mode, "metres": round(leg.metres)}
    line = {"type": "LineString", "coordinates": [_pair(point) for point in leg.points]}
    return _feature(f"leg-{leg.end}", line, properties)


def _feature(name: str, geometry: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "id": name, "geometry": geometry, "properties": properties}


def _pair(point: Point) -> list[float]:
    return [round(point.lon, 6), round(point.lat, 6)]
