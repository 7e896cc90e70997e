"""From the YAML of a pack to its shape: read whole and checked before anything is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError

from cityplus.actors.handles import check_handle
from cityplus.cities.isic import SECTIONS
from cityplus.cities.models import City, Contact
from cityplus.languages.text import Text
from cityplus.lib import hours
from cityplus.media.models import Medium
from cityplus.packs.reading import FORMAT, MOST_WORDS, Node, PackError, read_file
from cityplus.packs.shapes import CityShape, MediumShape, RouteShape, StopShape, TieShape
from cityplus.routes.models import Route, Stop
from cityplus.routes.models.route import Mode

_WEB = r"https?://[^\s/]\S*"
_CONTACTS = {
    "website": (_WEB, "a web address"),
    "email": (r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+", "an e-mail address"),
    "phone": (r"\+?[0-9 ()-]{5,}", "a telephone number"),
    "address": (r"[\s\S]*\S[\s\S]*", "an address"),
}


def read_pack(folder: Path) -> CityShape:
    """Read the pack in a folder.

    Raises:
        PackError: something in it is missing, unknown or wrong; the message names file and line.
    """
    root = read_file(folder / "city.yaml", folder)
    top = root.mapping(
        ["format", "original", "handle", "number", "names", "country", "place", "time_zone", "population", "languages",
         "hue", "tagline", "profile", "strengths", "contacts", "cover", "credit", "licence"],
        ["launched", "ties", "sources"],
    )  # fmt: skip
    top["format"].one_of([FORMAT])
    reader = _Reader(folder, top["credit"].word(), _licence(top["licence"]))
    lat, lon = _place(top["place"])
    people = top["population"].mapping(["people", "year", "scope", "source"])
    return CityShape(
        at=top,
        handle=_handle(top["handle"]),
        number=top["number"].whole(1, 100_000),
        names=top["names"].text(),
        country=top["country"].word(r"[A-Z]{2}", "an ISO 3166-1 code such as NL"),
        lat=lat,
        lon=lon,
        time_zone=_zone(top["time_zone"]),
        population=people["people"].whole(0, 10**9),
        population_year=people["year"].whole(1900, 2100),
        population_scope=people["scope"].one_of(City.Scope.values),
        population_source=people["source"].word(),
        languages=[node.tag() for node in top["languages"].items()],
        launched=_date(top["launched"], r"\d{4}-\d{2}-\d{2}", "a date such as 2018-12-03") if "launched" in top else "",
        hue=top["hue"].whole(0, 359),
        tagline=top["tagline"].text(),
        profile=top["profile"].text(),
        strengths=tuple(_strength(node) for node in top["strengths"].items()),
        contacts=tuple(_contact(node) for node in top["contacts"].items()),
        cover=reader.picture(top["cover"]),
        ties=tuple(_tie(node) for node in _optional_items(top, "ties")),
        routes=reader.routes(),
        sources=_words(top, "sources"),
        credit=reader.credit,
        licence=reader.licence,
    )


class _Reader:
    """Reads the routes and media of one pack."""

    def __init__(self, folder: Path, credit: str, licence: str) -> None:
        self.folder, self.credit, self.licence = folder, credit, licence

    def routes(self) -> tuple[RouteShape, ...]:
        return tuple(self.route(path) for path in sorted(self.folder.glob("routes/*")) if path.is_dir())

    def route(self, folder: Path) -> RouteShape:
        top = read_file(folder / "route.yaml", self.folder).mapping(
            ["format", "original", "title", "summary", "theme", "mode", "difficulty", "minutes", "step_free", "season",
             "best_time", "cover"],
            ["film", "sources"],
        )  # fmt: skip
        top["format"].one_of([FORMAT])
        stops = tuple(
            self.stop(path, number) for number, path in enumerate(sorted((folder / "stops").glob("*.yaml")), 1)
        )
        if len(stops) < 2:
            raise PackError(f"{folder.relative_to(self.folder.parent)}/stops: a route has at least two stops")
        return RouteShape(
            slug=_slug(folder.name, folder),
            title=top["title"].text(),
            summary=top["summary"].text(),
            theme=top["theme"].one_of(Route.Theme.values),
            mode=top["mode"].one_of(Mode.values),
            difficulty=top["difficulty"].one_of(Route.Difficulty.values),
            minutes=top["minutes"].whole(1, 100_000),
            step_free=top["step_free"].text(),
            season=top["season"].text(),
            best_time=top["best_time"].text(),
            cover=self.picture(top["cover"]),
            film=self.film(top["film"]) if "film" in top else None,
            stops=stops,
            sources=_words(top, "sources"),
        )

    def stop(self, path: Path, number: int) -> StopShape:
        root = read_file(path, self.folder)
        top = root.mapping(
            ["original", "title", "place", "story", "look_for", "access", "step_free", "pictures"],
            ["address", "minutes", "opening_hours", "website", "leg", "films", "sounds", "sources"],
        )
        if not path.stem.startswith(f"{number:02}-"):
            raise root.fail(f"the {number}. stop's file must begin with {number:02}-")
        lat, lon = _place(top["place"])
        address = top["address"].mapping(["language", "text"]) if "address" in top else {}
        leg = top["leg"].mapping(["mode"], ["note", "track"]) if "leg" in top else {}
        return StopShape(
            number=number,
            slug=_slug(path.stem[3:], path),
            title=top["title"].text(),
            lat=lat,
            lon=lon,
            address=address["text"].word(most=300) if address else "",
            address_language=address["language"].tag() if address else "",
            story=top["story"].text(),
            look_for=top["look_for"].text(),
            access=top["access"].text(),
            step_free=top["step_free"].one_of(Stop.StepFree.values),
            minutes=top["minutes"].whole(0, 10_000) if "minutes" in top else 0,
            opening_hours=_hours(top["opening_hours"]) if "opening_hours" in top else "",
            website=_optional_word(top, "website", _WEB, "a web address"),
            leg_mode=leg["mode"].one_of(Mode.values) if leg else "",
            leg_note=leg["note"].text() if "note" in leg else Text(),
            leg_track=[_pair(node) for node in leg["track"].items()] if "track" in leg else [],
            media=(
                *(self.picture(node) for node in top["pictures"].items()),
                *(self.film(node) for node in _optional_items(top, "films")),
                *(self.sound(node) for node in _optional_items(top, "sounds")),
            ),
            sources=_words(top, "sources"),
        )

    def picture(self, node: Node) -> MediumShape:
        top = node.mapping(["file", "alt"], ["credit", "licence"])
        return self._medium(node, top, kind=Medium.Kind.PICTURE, alt=top["alt"].text())

    def film(self, node: Node) -> MediumShape:
        top = node.mapping(["file", "title", "captions"], ["poster", "credit", "licence"])
        captions = {}
        if not isinstance(top["captions"].value, dict):
            raise top["captions"].fail("expected WebVTT files by language, such as en: media/film.en.vtt")
        for tag, file in top["captions"].value.items():
            captions[file.tag(tag)] = _vtt(self._file(file), file)
        return self._medium(
            node,
            top,
            kind=Medium.Kind.FILM,
            title=top["title"].text(),
            captions=captions,
            original=node.original,
            poster=top["poster"].word() if "poster" in top else "",
        )

    def sound(self, node: Node) -> MediumShape:
        top = node.mapping(["file", "kind", "title", "transcript"], ["credit", "licence"])
        return self._medium(
            node,
            top,
            kind=Medium.Kind.SOUND,
            title=top["title"].text(),
            transcript=top["transcript"].text(),
            role=top["kind"].one_of(["soundscape", "guide"]),
        )

    def _medium(self, node: Node, top: Mapping[str, Node], **words: object) -> MediumShape:
        return MediumShape(
            node=node,
            name=top["file"].word(),
            path=self._file(top["file"]),
            credit=top["credit"].word() if "credit" in top else self.credit,
            licence=_licence(top["licence"]) if "licence" in top else self.licence,
            **words,  # type: ignore[arg-type]
        )

    def _file(self, node: Node) -> Path:
        name = node.word(r"media/[A-Za-z0-9._-]+", "a file in media/")
        path = self.folder / name
        if not path.is_file():
            raise node.fail(f"{name} is not in the pack")
        return path


def _vtt(path: Path, node: Node) -> str:
    try:
        vtt = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise node.fail(f"{node.value} is not UTF-8 at byte {error.start}") from None
    if not vtt.startswith("WEBVTT"):
        raise node.fail(f"{node.value} is not WebVTT: it must begin with WEBVTT")
    return vtt


def _place(node: Node) -> tuple[float, float]:
    parts = node.mapping(["lat", "lon"])
    return parts["lat"].number(-90, 90), parts["lon"].number(-180, 180)


def _zone(node: Node) -> str:
    zone = node.word()
    if zone not in available_timezones():
        raise node.fail(f"“{zone}” is not an IANA time zone such as Europe/Amsterdam")
    return zone


def _pair(node: Node) -> list[float]:
    pair = node.items()
    if len(pair) != 2:
        raise node.fail("a point of a track is [lat, lon]")
    return [pair[0].number(-90, 90), pair[1].number(-180, 180)]


def _strength(node: Node) -> tuple[str, Text]:
    parts = node.mapping(["section", "sentence"])
    return parts["section"].one_of(list(SECTIONS)), parts["sentence"].text()


def _contact(node: Node) -> tuple[str, str]:
    parts = node.mapping(["kind", "value"])
    kind = parts["kind"].one_of(Contact.Kind.values)
    return kind, parts["value"].word(*_CONTACTS[kind], most=300)


def _tie(node: Node) -> TieShape:
    parts = node.mapping(["with", "source"], ["since"])
    meaning = "a year, a year and month, or a date"
    since = _date(parts["since"], r"\d{4}(-\d{2}(-\d{2})?)?", meaning) if "since" in parts else ""
    return TieShape(_handle(parts["with"]), since, parts["source"].word(most=300))


def _handle(node: Node) -> str:
    handle = node.word()
    try:
        check_handle(handle)
    except ValidationError as error:
        raise node.fail(f"“{handle}”: {' '.join(error.messages)}") from None
    return handle


def _date(node: Node, pattern: str, meaning: str) -> str:
    value = node.word(pattern, meaning)
    try:
        date.fromisoformat(value + "0000-01-01"[len(value) :])
    except ValueError:
        raise node.fail(f"“{value}” is not {meaning}: no calendar has it") from None
    return value


def _licence(node: Node) -> str:
    return node.word(r"[A-Za-z0-9.+-]+", "an SPDX licence such as CC-BY-4.0", most=40)


def _hours(node: Node) -> str:
    text = node.word()
    try:
        hours.parse(text)
    except hours.HoursError as error:
        raise node.fail(str(error)) from None
    return text


def _slug(name: str, path: Path) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) or len(name) > 80:
        raise PackError(f"{path.name}: “{name}” cannot stand in an address; use small letters, digits and hyphens")
    return name


def _optional_word(top: Mapping[str, Node], key: str, pattern: str, meaning: str) -> str:
    return top[key].word(pattern, meaning) if key in top and top[key].value is not None else ""


def _optional_items(top: Mapping[str, Node], key: str) -> list[Node]:
    return top[key].items() if key in top else []


def _words(top: Mapping[str, Node], key: str) -> list[str]:
    return [node.word(most=MOST_WORDS) for node in _optional_items(top, key)]
