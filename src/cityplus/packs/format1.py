"""The first format, ``cityplus-pack/1``: a member city as one writes it by hand, with its media described where they are shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from cityplus.cities.isic import SECTIONS
from cityplus.cities.models import City, Contact
from cityplus.languages.text import Text
from cityplus.media.models import Medium
from cityplus.packs import checks
from cityplus.packs.ceremonies import read_all
from cityplus.packs.opening import Folder
from cityplus.packs.reading import MOST_WORDS, Node, PackError
from cityplus.packs.shapes import CityShape, LinkShape, MediumShape, RouteShape, StopShape, TieShape
from cityplus.routes.models import Route, Stop
from cityplus.routes.models.route import Mode

FORMAT = "cityplus-pack/1"


def read(folder: Folder, root: Node) -> CityShape:
    """Read the pack whose ``city.yaml`` this is.

    Raises:
        PackError: something in it is missing, unknown or wrong; the message names file and line.
    """
    top = root.mapping(
        ["format", "original", "handle", "number", "names", "country", "place", "time_zone", "population", "languages",
         "hue", "tagline", "profile", "strengths", "contacts", "cover", "credit", "licence"],
        ["launched", "ties", "sources"],
    )  # fmt: skip
    reader = _Reader(folder, top["credit"].word(), checks.licence(top["licence"]))
    lat, lon = _place(top["place"])
    people = top["population"].mapping(["people", "year", "scope", "source"])
    number = top["number"].whole(1, 100_000)
    fields = {
        "country": checks.country(top["country"]),
        "lat": lat,
        "lon": lon,
        "time_zone": checks.zone(top["time_zone"]),
        "population": people["people"].whole(0, 10**9),
        "population_year": people["year"].whole(1900, 2100),
        "population_scope": people["scope"].one_of(City.Scope.values),
        "population_source": people["source"].word(),
        "languages": checks.tags(top["languages"]),
        "hue": top["hue"].whole(0, 359),
        "tagline": top["tagline"].text(),
        "profile": top["profile"].text(),
        "cover": reader.picture(top["cover"]),
        "sources": _words(top, "sources"),
    }
    return CityShape(
        at={name: node.place for name, node in top.items()},
        told=True,
        handle=checks.handle(top["handle"]),
        number=number,
        names=top["names"].text(),
        fields=fields,
        launched=checks.day(top["launched"]) if "launched" in top else "",
        strengths=tuple(_strength(node) for node in top["strengths"].items()),
        contacts=tuple(_contact(node) for node in top["contacts"].items()),
        ties=tuple(_tie(node) for node in _optional_items(top, "ties")),
        routes=tuple(reader.route(slug) for slug in folder.routes()),
        media=reader.media,
        ceremonies=read_all(folder, reader.refers),
    )


class _Reader:
    """Reads the routes and media of one pack. Of a medium that is described twice the last description holds."""

    def __init__(self, folder: Folder, credit: str, licence: str) -> None:
        self.folder, self.credit, self.licence = folder, credit, licence
        self.media: dict[str, MediumShape] = {}

    def refers(self, file: str | None, top: Mapping[str, Node], key: str, kind: str) -> None:
        """See that a key names a medium that the pack shows, and one of this kind."""
        if file is not None and (file not in self.media or self.media[file].kind != kind):
            raise top[key].fail(f"{file} is no {kind} that this pack shows with its words")

    def route(self, slug: str) -> RouteShape:
        top = self.folder.read(f"routes/{slug}/route.yaml").mapping(
            ["format", "original", "title", "summary", "theme", "mode", "difficulty", "minutes", "step_free", "season",
             "best_time", "cover"],
            ["film", "sources"],
        )  # fmt: skip
        top["format"].one_of([FORMAT])
        fields = {
            "title": top["title"].text(),
            "summary": top["summary"].text(),
            "theme": top["theme"].one_of(Route.Theme.values),
            "mode": top["mode"].one_of(Mode.values),
            "difficulty": top["difficulty"].one_of(Route.Difficulty.values),
            "minutes": top["minutes"].whole(1, 100_000),
            "step_free": top["step_free"].text(),
            "season": top["season"].text(),
            "best_time": top["best_time"].text(),
            "cover": self.picture(top["cover"]),
            "film": self.film(top["film"]) if "film" in top else None,
            "sources": _words(top, "sources"),
            "credit": self.credit,
            "licence": self.licence,
        }
        stops = tuple(self.stop(name, number) for number, name in enumerate(self.folder.stops(slug), 1))
        if len(stops) < 2:
            raise PackError(f"{self.folder.shown}/routes/{slug}/stops: a route has at least two stops")
        return RouteShape(_slug(slug, slug), fields, stops)

    def stop(self, name: str, number: int) -> StopShape:
        root = self.folder.read(name)
        top = root.mapping(
            ["original", "title", "place", "story", "look_for", "access", "step_free", "pictures"],
            ["address", "minutes", "opening_hours", "website", "leg", "films", "sounds", "sources"],
        )
        stem = PurePosixPath(name).stem
        if not stem.startswith(f"{number:02}-"):
            raise root.fail(f"the {number}. stop's file must begin with {number:02}-")
        lat, lon = _place(top["place"])
        address = top["address"].mapping(["language", "text"]) if "address" in top else {}
        leg = top["leg"].mapping(["mode"], ["note", "track"]) if "leg" in top else {}
        fields = {
            "slug": _slug(stem.partition("-")[2], stem),
            "title": top["title"].text(),
            "lat": lat,
            "lon": lon,
            "address": address["text"].word(most=300) if address else "",
            "address_language": address["language"].tag() if address else "",
            "story": top["story"].text(),
            "look_for": top["look_for"].text(),
            "access": top["access"].text(),
            "step_free": top["step_free"].one_of(Stop.StepFree.values),
            "minutes": top["minutes"].whole(0, 10_000) if "minutes" in top else 0,
            "opening_hours": checks.opening_hours(top["opening_hours"]) if "opening_hours" in top else "",
            "website": checks.web_address(top["website"]) if "website" in top else "",
            "leg_mode": leg["mode"].one_of(Mode.values) if leg else "",
            "leg_note": leg["note"].text() if "note" in leg else Text(),
            "leg_track": checks.track(leg["track"]) if "track" in leg else [],
            "sources": _words(top, "sources"),
        }
        links = (
            *(LinkShape(self.picture(node), {"role": ""}) for node in top["pictures"].items()),
            *(LinkShape(self.film(node), {"role": ""}) for node in _optional_items(top, "films")),
            *(self.sound(node) for node in _optional_items(top, "sounds")),
        )
        return StopShape(number, fields, links)

    def picture(self, node: Node) -> str:
        top = node.mapping(["file", "alt"], ["credit", "licence"])
        return self._medium(node, top, Medium.Kind.PICTURE, {"alt": top["alt"].text()})

    def film(self, node: Node) -> str:
        top = node.mapping(["file", "title", "captions"], ["poster", "credit", "licence"])
        if not isinstance(top["captions"].value, dict):
            raise top["captions"].fail("expected WebVTT files by language, such as en: media/film.en.vtt")
        captions = tuple(
            {
                "language": file.tag(tag),
                "vtt": checks.vtt(self.folder.medium(file), file),
                "state": "author" if tag == node.original else "machine",
            }
            for tag, file in top["captions"].value.items()
        )
        poster = top["poster"].word() if "poster" in top else ""
        return self._medium(node, top, Medium.Kind.FILM, {"title": top["title"].text()}, captions, poster)

    def sound(self, node: Node) -> LinkShape:
        top = node.mapping(["file", "kind", "title", "transcript"], ["credit", "licence"])
        words = {"title": top["title"].text(), "transcript": top["transcript"].text()}
        role = top["kind"].one_of(["soundscape", "guide"])
        return LinkShape(self._medium(node, top, Medium.Kind.SOUND, words), {"role": role})

    def _medium(self, node: Node, top: Mapping[str, Node], kind: str, words: Mapping[str, Text], *films: Any) -> str:
        file, path = top["file"].word(), self.folder.medium(top["file"])
        fields = {
            "name": file,
            "credit": top["credit"].word() if "credit" in top else self.credit,
            "licence": checks.licence(top["licence"]) if "licence" in top else self.licence,
            **{name: words.get(name, Text()) for name in ("alt", "title", "transcript")},
        }
        self.media[file] = MediumShape(node.place, kind, file, path, fields, *films)
        return file


def _place(node: Node) -> tuple[float, float]:
    parts = node.mapping(["lat", "lon"])
    return parts["lat"].number(-90, 90), parts["lon"].number(-180, 180)


def _strength(node: Node) -> dict[str, Any]:
    parts = node.mapping(["section", "sentence"])
    return {"section": parts["section"].one_of(list(SECTIONS)), "sentence": parts["sentence"].text()}


def _contact(node: Node) -> dict[str, Any]:
    parts = node.mapping(["kind", "value"])
    kind = parts["kind"].one_of(Contact.Kind.values)
    return {"kind": kind, "value": checks.contact(kind, parts["value"])}


def _tie(node: Node) -> TieShape:
    parts = node.mapping(["with", "source"], ["since"])
    since = checks.since(parts["since"]) if "since" in parts else ""
    return TieShape(checks.handle(parts["with"]), {"since": since, "source": parts["source"].word(most=300)})


def _slug(name: str, shown: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) or len(name) > 80:
        raise PackError(f"{shown}: “{name}” cannot stand in an address; use small letters, digits and hyphens")
    return name


def _optional_items(top: Mapping[str, Node], key: str) -> list[Node]:
    return top[key].items() if key in top else []


def _words(top: Mapping[str, Node], key: str) -> list[str]:
    return [node.word(most=MOST_WORDS) for node in _optional_items(top, key)]
