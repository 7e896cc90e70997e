"""What stands in the booklet of a route, as data for the press: words with their languages, pictures, codes to scan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cityplus.languages import formats
from cityplus.languages.markup import pieces, plain
from cityplus.languages.text import Text
from cityplus.media import store
from cityplus.media.models import Medium
from cityplus.routes.formats.licences import address_of
from cityplus.routes.formats.papersketch import paper_sketch
from cityplus.routes.legs import Leg
from cityplus.routes.models import Stop
from cityplus.routes.walkthrough import Walkthrough
from cityplus.web.addresses import absolute, in_language
from cityplus.web.cards import city_light
from cityplus.web.press import in_language as _language
from cityplus.web.press import line as _line
from cityplus.web.press import svg_code as code_of

DESIGN = 1
"""Raise it when the template changes, so that booklets which are kept are set anew."""
PICTURE, COVER = 960, 1440
"""Pixels of the renditions taken: 200 to an inch."""
_TITLES = ((14, 34), (26, 28), (44, 23), (10_000, 18))
"""Sizes of the title on the cover in points, by its letters (wide ones count twice)."""


@dataclass(frozen=True, slots=True)
class Booklet:
    """``book`` is all that is to be seen, with the addresses of codes; ``keys`` are the files in the store that it calls by name."""

    book: dict[str, Any]
    keys: Mapping[str, str]

    def finished(self) -> dict[str, Any]:
        """The book as the template reads it, with its codes to scan."""
        stops = [stop | {"qr": code_of(stop["address"])} for stop in self.book["stops"]]
        return self.book | {"qr": code_of(self.book["address"]), "stops": stops}

    def pictures(self) -> dict[str, bytes]:
        """The pictures themselves, read from the store."""
        found = {}
        for name, key in self.keys.items():
            with store.local(key) as path:
                found[name] = path.read_bytes()
        return found


def booklet(walk: Walkthrough, tag: str, code: str) -> Booklet:
    """The booklet of a route for readers of one language (``tag``), whose pages stand under ``code``."""
    return _Maker(walk, tag, code).made()


def lettered(text: Text | None, tag: str) -> dict[str, Any] | None:
    """The words for this reader in one line; None for an empty text."""
    reading = text.read((tag,)) if text else None
    return _line(reading.text, reading.language) if reading and reading.text.strip() else None


def _told(text: Text, tag: str) -> dict[str, Any] | None:
    """The words for this reader in paragraphs; None for an empty text."""
    reading = text.read((tag,)) if text else None
    if not reading or not reading.text.strip():
        return None
    paragraphs = [
        [{"text": piece.text, "emphasis": piece.emphasis, "href": piece.href} for piece in paragraph]
        for paragraph in pieces(reading.text)
    ]
    return {**_language(reading.language), "paragraphs": paragraphs}


class _Maker:
    def __init__(self, walk: Walkthrough, tag: str, code: str) -> None:
        self.walk, self.route, self.tag, self.code = walk, walk.route, tag, code
        self.keys: dict[str, str] = {}
        self.credits: list[str] = []

    def made(self) -> Booklet:
        route, tag = self.route, self.tag
        cover = self.picture(route.cover, COVER)
        stops = [self.stop(part) for part in self.walk.parts()]
        title = str(route.title)
        wide = sum(2 if ord(letter) > 0x2E80 else 1 for letter in title)
        changed = route.changed_at
        light = city_light(route.city.hue)
        book = {
            "design": DESIGN,
            **_language(tag),
            "title": lettered(route.title, tag) or _line(route.slug, "en"),
            "title-native": _line(title or route.slug, route.title.original or "en"),
            "title-second": self.second(route.title),
            "title-size": next(size for most, size in _TITLES if wide <= most),
            "city": lettered(route.city.actor.names, tag),
            "city-native": _line(str(route.city.actor.names), route.city.actor.names.original),
            "city-second": self.second(route.city.actor.names),
            "light": light,
            "facts": self.facts(),
            "address": self.address(route.get_absolute_url()),
            "cover": cover,
            "summary": _told(route.summary, tag),
            "summary-line": Truncator(plain(route.summary.in_language(tag))).chars(300),
            "practical": self.practical(),
            "sketch": paper_sketch(self.walk, tag, light),
            "sketch-alt": _("The route as a constellation: its stops, north up, true to scale"),
            "stops": stops,
            "digits": [formats.number(n, tag) for n in range(len(stops) * 3 + 10)],
            "year": changed.year,
            "month": changed.month,
            "day": changed.day,
            "words": {
                "stops": _("Stops"),
                "look-for": _("Look for"),
                "credits": _("Whose it is"),
                "every-city": _("Every city is a light."),
            },
            "credits": self.rights(),
            "media-credits": list(dict.fromkeys(self.credits)),
        }
        return Booklet(book, self.keys)

    def second(self, text: Text) -> dict[str, Any] | None:
        """The reader's name of something whose own stands above it; None where the two are the same."""
        words = lettered(text, self.tag)
        return words if words and words["text"] != " ".join(str(text).split()) else None

    def address(self, path: str) -> str:
        return absolute(in_language(path, self.code))

    def facts(self) -> list[str]:
        route, tag, count = self.route, self.tag, len(self.walk.stops)
        stops = ngettext("%(count)s stop", "%(count)s stops", count) % {"count": formats.number(count, tag)}
        about = "≈ " if self.walk.reckoned else ""
        distance = f"{about}{formats.distance(self.walk.metres, tag)}"
        takes = formats.duration(route.minutes, tag) if route.minutes else ""
        return [fact for fact in (stops, distance, takes, str(route.get_mode_display())) if fact]

    def practical(self) -> list[dict[str, Any]]:
        route = self.route
        told = (
            (_("Season"), route.season),
            (_("Time of day"), route.best_time),
            (_("Without steps"), route.step_free),
        )
        return [{"name": name, "words": words} for name, text in told if (words := _told(text, self.tag))]

    def rights(self) -> list[str]:
        route = self.route
        whose = route.credit or route.city.actor.names.in_language(self.tag)
        words, licence = _("Words"), f", {route.licence}" if route.licence else ""
        lines = [f"{words}: {whose}{licence}", address_of(route.licence)]
        lines.append(f"{self.address(route.get_absolute_url())} · {formats.day(route.changed_at, self.tag)}")
        return [line for line in lines if line]

    def picture(self, medium: Medium | None, width: int) -> dict[str, Any] | None:
        """A picture with its words; None while its rendition is not made."""
        rendition = medium.best("image/jpeg", width) if medium else None
        if medium is None or rendition is None:
            return None
        name = f"{medium.pk}-{rendition.width}.jpg"
        self.keys[name] = rendition.key
        credit = f"{medium.credit}, {medium.licence}"
        self.credits.append(credit)
        return {"file": name, "alt": medium.alt.in_language(self.tag), "credit": credit}

    def stop(self, part: Mapping[str, Any]) -> dict[str, Any]:
        stop: Stop = part["stop"]
        address = self.address(stop.get_absolute_url())
        return {
            "number": stop.number,
            "digits": formats.number(stop.number, self.tag),
            "native": _line(str(stop.title) or stop.slug, stop.title.original or "en"),
            "second": self.second(stop.title),
            "leg": self.leg(part["leg"]) if part["leg"] else None,
            "leg-note": lettered(stop.leg_note, self.tag),
            "picture": self.picture(next(iter(stop.pictures), None), PICTURE),
            "story": _told(stop.story, self.tag),
            "look-for": _told(stop.look_for, self.tag),
            "facts": self.stop_facts(part),
            "address": address,
            "qr-words": self.invitation(stop),
        }

    def leg(self, leg: Leg) -> str:
        mode = {value: str(label) for value, label in leg.end._meta.get_field("leg_mode").flatchoices}[leg.mode]
        about = "" if leg.drawn else "≈ "
        return f"{mode} · {about}{formats.distance(leg.metres, self.tag)} · {formats.duration(leg.minutes, self.tag)}"

    def invitation(self, stop: Stop) -> str:
        if stop.sounds or stop.films:
            return _("Scan to listen and watch")
        return _("Scan for this stop’s page")

    def stop_facts(self, part: Mapping[str, Any]) -> list[dict[str, Any]]:
        stop: Stop = part["stop"]
        here: Callable[[str], dict[str, Any]] = lambda words: _line(words, self.tag)  # noqa: E731
        address = _line(stop.address, stop.address_language or "en") if stop.address else None
        facts = [
            (_("Address"), address, None),
            (_("Open"), here(self.hours(part["hours"])) if part["hours"] else None, None),
            (_("Stay"), here(formats.duration(stop.minutes, self.tag)) if stop.minutes else None, None),
            (_("Access"), here(str(stop.get_step_free_display())), _told(stop.access, self.tag)),
            (_("Website"), _line(stop.website, "en") if stop.website else None, None),
        ]
        return [{"name": name, "words": words, "more": more} for name, words, more in facts if words]

    def hours(self, hours: Any) -> str:
        if hours.always:
            return _("Always open")
        rows = formats.opening_days(hours, self.tag, holidays=_("public holidays"))
        closed = _("closed")
        return " · ".join(
            f"{days} {', '.join(f'{opens}–{closes}' for opens, closes in spans) or closed}" for days, spans in rows
        )
