"""The certificate of a ceremony, as data for the press: the same words in two languages, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from cityplus.ceremonies import prints
from cityplus.ceremonies.keepsakes import Keepsake
from cityplus.ceremonies.models import Guest
from cityplus.cities.models import City
from cityplus.languages import formats
from cityplus.languages.tags import UI_LANGUAGES
from cityplus.languages.text import Text
from cityplus.routes.models import Route
from cityplus.web.addresses import absolute, in_language
from cityplus.web.cards import city_light
from cityplus.web.press import line, svg_code

CODES: Mapping[str, str] = {language.tag: language.code for language in UI_LANGUAGES}


def languages_of(kept: Keepsake, reader: str) -> tuple[str, str]:
    """The two languages of a certificate: that of the city whose ceremony it was, and its host's, else the reader's, else English
    (or the first other one there is). Of each city the first language that our pages speak."""
    of_cities = [next((tag for tag in city.languages if tag in CODES), "en") for city in kept.cities]
    found = list(dict.fromkeys([*of_cities[:2], reader, "en", *CODES]))
    return found[0], found[1]


def book(kept: Keepsake, reader: str) -> dict[str, Any]:
    """The certificate as its template reads it."""
    tags = languages_of(kept, reader)
    address = absolute(in_language(kept.ceremony.get_absolute_url(), CODES[tags[0]]))
    return {
        "light": city_light(kept.cities[0].hue),
        "sides": [_side(kept, tag) for tag in tags],
        "names": _names(kept),
        "guests": [_guest(kept, guest, tags) for guest in kept.guests],
        "hosts": _lines(kept.ceremony.hosts, tags),
        "address": address,
        "qr": svg_code(address),
        "number": str(kept.number) if kept.number else "",
    }


def _names(kept: Keepsake) -> list[dict[str, Any]]:
    """What went live by its own name: a city, a route, or the two cities of a friendship."""
    subject = kept.subject
    if isinstance(subject, City):
        texts = [subject.actor.names]
    elif isinstance(subject, Route):
        texts = [subject.title]
    else:
        texts = [subject.first.actor.names, subject.second.actor.names]
    return [line(str(text), text.original) for text in texts]


def _side(kept: Keepsake, tag: str) -> dict[str, Any]:
    with translation.override(CODES[tag]):
        ceremony = kept.ceremony
        title = ceremony.title.versions.get(tag)
        theme = ceremony.theme.versions.get(tag)
        return {
            **line(_heading(kept), tag),
            "sentence": _sentence(kept, tag),
            "title": title.text if title else "",
            "theme": theme.text if theme else "",
            "when": _when(kept, tag),
            "place": _said(ceremony.place, tag),
            "words": {"guests": _("Guests of honour"), "hosts": _("Hosts"), "member": _("Member number")},
        }


def _heading(kept: Keepsake) -> str:
    return {
        "launch": _("Certificate of launch"),
        "signing": _("Certificate of friendship"),
        "opening": _("Certificate of opening"),
    }[kept.ceremony.kind]


def _sentence(kept: Keepsake, tag: str) -> str:
    subject, day = kept.subject, formats.day(kept.day, tag)
    if isinstance(subject, City):
        known = {"city": subject.actor.names.in_language(tag), "number": formats.number(kept.number, tag), "day": day}
        return (
            _("On %(day)s, %(city)s joined CityPlus, the global network of cities, as its member number %(number)s.")
            % known
        )
    if isinstance(subject, Route):
        known = {"city": subject.city.actor.names.in_language(tag), "route": subject.title.in_language(tag), "day": day}
        return _("On %(day)s, %(city)s opened the experience route “%(route)s” to the world.") % known
    known = {
        "one": subject.first.actor.names.in_language(tag),
        "other": subject.second.actor.names.in_language(tag),
        "day": day,
    }
    return _("On %(day)s, %(one)s and %(other)s signed their friendship.") % known


def _when(kept: Keepsake, tag: str) -> list[str]:
    """The exact moment by the clocks of its cities; nothing where only the day is known."""
    if kept.at is None:
        return []
    told, found = set(), []
    zones = [
        (kept.ceremony.place, kept.ceremony.time_zone),
        *((city.actor.names, city.time_zone) for city in kept.cities),
    ]
    for names, zone in reversed(zones):
        there = kept.at.astimezone(ZoneInfo(zone))
        if there.replace(tzinfo=None) not in told:
            told.add(there.replace(tzinfo=None))
            found.append(f"{there:%H:%M:%S} {names.in_language(tag)} ({formats.offset(kept.at, zone)})")
    return found[::-1]


def _guest(kept: Keepsake, guest: Guest, tags: tuple[str, str]) -> dict[str, Any]:
    titles = list(dict.fromkeys(said for tag in tags if (said := _said(guest.title, tag))))
    return {
        "name": line(str(guest.names), guest.names.original or tags[0]),
        "titles": [line(said, tag) for said, tag in zip(titles, tags, strict=False)],
        "print": _print(kept.seed(guest)) if guest.pk in kept.palms else "",
    }


def _print(seed: int) -> str:
    """A hand on paper: the same points in ink of its colour, darker than on the wall."""
    path = prints.hand(seed)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {prints.WIDE} {prints.HIGH}" fill="none" stroke-linecap="round">'
        f'<path d="{path}" stroke="#8a4b00" stroke-width="4.4"/></svg>'
    )


def _said(text: Text, tag: str) -> str:
    reading = text.read((tag,)) if text else None
    return reading.text if reading else ""


def _lines(text: Text, tags: tuple[str, str]) -> list[list[dict[str, Any]]]:
    """The hosts, each in both languages where the two differ."""
    sides = [_said(text, tag).splitlines() for tag in tags]
    pairs = zip(*sides, strict=True) if len(sides[0]) == len(sides[1]) else ((one, one) for one in sides[0])
    return [
        [line(said, tag) for said, tag in dict(zip(pair, tags, strict=True)).items()]
        for pair in pairs
        if pair[0].strip()
    ]
