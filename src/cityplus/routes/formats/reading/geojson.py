"""GeoJSON: collections and features, the exports of uMap, geojson.io and OpenStreetMap's tools."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

from django.utils.translation import gettext as _

from cityplus.lib.geo import Point
from cityplus.lib.thinning import Thinner
from cityplus.routes.formats.reading.finds import TOLERANCE, FileError, Finds, Place, Tell, point
from cityplus.routes.formats.reading.words import one_line, web_address, words

MOST_BYTES = 16 * 1024 * 1024
"""JSON is read whole, and values weigh up to ten times their text: 16 MB of it stay under 250 MB of memory."""
MOST_BRACKETS = 1_000_000
"""Lists and objects: an empty one takes two bytes of text and 64 of memory."""

_NAME = ("name", "title", "Name", "NAME", "nom", "label")
_WORDS = ("description", "desc", "Description", "note", "comment")
_LINK = ("url", "website", "contact:website", "link", "wikipedia_url")


def read_geojson(file: IO[bytes], size: int, finds: Finds, tell: Tell) -> None:
    """Points become places, lines and their ends lines; areas are unused. See :class:`~.finds.Finds`.

    Raises:
        FileError: it is too large, no JSON or no GeoJSON, or says a place that is none.
    """
    if size > MOST_BYTES:
        raise FileError(
            _(
                "The GeoJSON file has %(size)s MB; %(most)s MB are taken at most. Leave out what is no part of the route, or use GPX."
            )
            % {"size": f"{size / 2**20:,.0f}", "most": MOST_BYTES // 2**20}
        )
    _Reader(finds, tell).collection(_parsed(file.read(MOST_BYTES + 1)), _("The file"))


def _parsed(body: bytes) -> Any:
    if body.count(b"[") + body.count(b"{") > MOST_BRACKETS:
        raise FileError(_("The GeoJSON file has more than %(most)s points and parts.") % {"most": f"{MOST_BRACKETS:,}"})
    try:
        return json.loads(body.removeprefix(b"\xef\xbb\xbf"), parse_constant=_refuse)
    except RecursionError:
        raise FileError(_("The JSON is nested too deep.")) from None
    except UnicodeDecodeError as error:
        raise FileError(
            _("Byte %(byte)s is not UTF-8, which GeoJSON must be written in. Save the file as UTF-8.")
            % {"byte": error.start}
        ) from None
    except json.JSONDecodeError as error:
        raise FileError(
            _("Line %(line)s: this is not JSON (%(reason)s).") % {"line": error.lineno, "reason": error.msg}
        ) from None
    except FileError:
        raise
    except ValueError:  # a number of thousands of digits
        raise FileError(_("A number in the file has too many digits.")) from None


def _refuse(constant: str) -> None:
    raise FileError(_("%(constant)s is no number that JSON knows.") % {"constant": constant})


class _Reader:
    def __init__(self, finds: Finds, tell: Tell) -> None:
        self.finds, self.tell = finds, tell

    def collection(self, value: Any, where: str, depth: int = 0) -> None:
        """A collection, a feature, a bare geometry, or the file of a whole uMap."""
        kind = value.get("type") if isinstance(value, dict) else None
        if isinstance(value, dict) and "crs" in value:
            _check_degrees(value["crs"])
        if kind == "umap":
            self.head(value.get("properties"))
            for number, layer in enumerate(_list(value.get("layers"), where), 1):
                self.collection(layer, _("Layer %(number)s") % {"number": number}, depth + 1)
        elif kind == "FeatureCollection":
            self.head(value.get("_umap_options"))
            self.head(value)
            features = _list(value.get("features"), where)
            for number, feature in enumerate(features, 1):
                self.feature(feature, _("Feature %(number)s") % {"number": number})
                if number % 5_000 == 0:
                    self.tell(99 * number // len(features), self.finds.rows)
        elif kind == "Feature":
            self.feature(value, where)
        elif isinstance(kind, str) and depth == 0:
            self.feature({"type": "Feature", "geometry": value}, where)
        else:
            raise FileError(_("%(where)s is no GeoJSON: it lacks its “type”.") % {"where": where})

    def head(self, value: Any) -> None:
        """Title and words of a whole; the first that says them is believed."""
        if isinstance(value, dict):
            self.finds.title = self.finds.title or _said(value, ("name", "title"))
            self.finds.words = self.finds.words or words(_raw(value, ("description",)))
            self.finds.licence = self.finds.licence or _said(value, ("licence", "license"))
            self.finds.credit = self.finds.credit or _said(value, ("credit", "attribution", "copyright"))

    def feature(self, value: Any, where: str) -> None:
        if not isinstance(value, dict) or value.get("type") != "Feature":
            raise FileError(_("%(where)s is no feature of GeoJSON.") % {"where": where})
        self.finds.count()
        facts = value.get("properties")
        facts = facts if isinstance(facts, dict) else {}
        name, found = _said(facts, _NAME), False
        for shape, coordinates in self.shapes(value.get("geometry"), where):
            found = True
            self.shape(shape, coordinates, name, facts, where)
        if not found:
            self.finds.leave(name or where, _("It has no place on the map."))

    def shapes(self, geometry: Any, where: str) -> Iterator[tuple[str, Any]]:
        """The single geometries in one: those of a collection, those of a multiple."""
        todo = [geometry] if geometry is not None else []
        while todo:
            one = todo.pop()
            if not isinstance(one, dict) or not isinstance(kind := one.get("type"), str):
                raise FileError(_("%(where)s has a geometry without a type.") % {"where": where})
            if kind == "GeometryCollection":
                todo += reversed(_list(one.get("geometries"), where))
            elif kind.startswith("Multi"):
                for part in _list(one.get("coordinates"), where):
                    yield kind.removeprefix("Multi"), part
            else:
                yield kind, one.get("coordinates")

    def shape(self, kind: str, coordinates: Any, name: str, facts: dict[str, Any], where: str) -> None:
        if kind == "Point":
            self.finds.place(
                Place(
                    _point(coordinates, where),
                    name,
                    words(_raw(facts, _WORDS)),
                    web_address(_raw(facts, _LINK)),
                    _address(facts),
                )
            )
        elif kind == "LineString":
            thinner = Thinner(TOLERANCE)
            for pair in _list(coordinates, where):
                place = _point(pair, where)
                self.finds.count()
                thinner.add(place.lat, place.lon)
            self.finds.line(name, thinner)
        elif kind == "Polygon":
            self.finds.leave(name or where, _("An area is neither a stop nor a way."))
        else:
            raise FileError(_("%(where)s: “%(kind)s” is no geometry of GeoJSON.") % {"where": where, "kind": kind[:40]})


def _check_degrees(crs: Any) -> None:
    """Old GeoJSON may say another reference system; ours is the one of degrees."""
    facts = crs.get("properties") if isinstance(crs, dict) else None
    name = str(facts.get("name", "")) if isinstance(facts, dict) else ""
    if name and not any(known in name.upper() for known in ("CRS84", "4326")):
        raise FileError(
            _("The places of the file are in the reference system %(name)s. Export it again in WGS 84 (EPSG:4326).")
            % {"name": name[:80]}
        )


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise FileError(_("%(where)s lacks a list that GeoJSON asks for.") % {"where": where})
    return value


def _point(value: Any, where: str) -> Point:
    if not isinstance(value, list) or len(value) < 2 or not all(type(part) in (int, float) for part in value[:2]):
        raise FileError(_("%(where)s: a place is a list of longitude and latitude.") % {"where": where})
    place = point(value[1], value[0], where)
    return Point(float(place.lat), float(place.lon))


def _raw(facts: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((value for name in names if isinstance(value := facts.get(name), str) and value.strip()), "")


def _said(facts: dict[str, Any], names: tuple[str, ...]) -> str:
    return one_line(_raw(facts, names))


def _address(facts: dict[str, Any]) -> str:
    """An address said in one, or in OpenStreetMap's parts."""
    street = " ".join(filter(None, (_said(facts, ("addr:street",)), _said(facts, ("addr:housenumber",)))))
    parts = (street, _said(facts, ("addr:postcode",)), _said(facts, ("addr:city",)))
    return _said(facts, ("address",)) or ", ".join(filter(None, parts))
