"""What the map of a route is drawn from: its stops and legs, and the ground beneath them."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from cityplus.languages.tags import reader_tag
from cityplus.routes.walkthrough import Walkthrough
from cityplus.web.assets import asset

OWN_ARCHIVE = "/basemap.pmtiles"
"""Where :func:`cityplus.routes.views.basemap` serves the operator's archive."""


def map_context(walk: Walkthrough) -> dict[str, Any]:
    """``map_style`` and ``map_tiles``: the addresses of a style and of an archive of tiles, or empty. ``map_sketch``: our own
    archive, which the map falls back on. ``map_data``: stops and legs, places as ``[lon, lat]``, as maps have them (everywhere
    else latitude is first).
    """
    return {**map_ground(), "map_data": _data(walk)}


def map_ground() -> dict[str, str]:
    """What lies beneath any map of ours: the first three of :func:`map_context`."""
    basemap = settings.CITYPLUS.basemap
    own = basemap.endswith(".pmtiles")
    return {
        "map_style": "" if own else basemap,
        "map_tiles": OWN_ARCHIVE if own else "",
        "map_sketch": asset("world.pmtiles"),
    }


def _data(walk: Walkthrough) -> dict[str, Any]:
    reader = reader_tag()
    stops = [{"number": s.number, "title": s.title.in_language(reader), "at": [s.lon, s.lat]} for s in walk.stops]
    legs: list[dict[str, Any]] = [
        {
            "mode": leg.mode,
            "drawn": leg.drawn,
            "line": [
                [leg.start.lon, leg.start.lat],
                *([lon, lat] for lat, lon in leg.end.leg_track),
                [leg.end.lon, leg.end.lat],
            ],
        }
        for leg in walk.legs
    ]
    places = [place for leg in legs for place in leg["line"]] or [stop["at"] for stop in stops]
    lons, lats = zip(*places, strict=True) if places else ((0,), (0,))
    return {"stops": stops, "legs": legs, "bounds": [min(lons), min(lats), max(lons), max(lats)]}
