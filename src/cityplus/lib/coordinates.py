"""Coordinates as people write and paste them, read and written: degrees, minutes and seconds, ``geo:`` and addresses of maps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, unquote_plus, urlsplit

from cityplus.lib.geo import Point

LONGEST = 2000
"""Characters that are looked at: an address of a map with all its trimmings."""
SHIFTED = ("amap.com", "gaode.com", "baidu.com", "map.qq.com")
"""Maps whose coordinates are not WGS-84 but moved by some hundred metres, and cannot be told from true ones."""

_N = r"\d{1,3}(?:\.\d{1,18})?"
_NC = r"\d{1,3}(?:[.,]\d{1,18})?"
_PLAIN = re.compile(rf"([+-]?{_N}) ?°?(?: ?[,;/] ?| )([+-]?{_N}) ?°?", re.ASCII)
_COMMAS = re.compile(rf"([+-]?{_NC}) ?°?(?: ?; ?|, | )([+-]?{_NC}) ?°?", re.ASCII)
_PARTS = rf"({_NC})(?: ?° ?| ?: ?| )?(?:({_NC})(?: ?' ?| ?: ?| )?(?:({_NC}) ?\"?)?)?"
_MARKED = re.compile(rf"([+-]?)({_N}) ?° ?(?:({_N}) ?' ?(?:({_N}) ?\" ?)?)?", re.ASCII)
_AFTER = re.compile(rf"{_PARTS} ?([NSEW])[,;/ ]*{_PARTS} ?([NSEW])", re.ASCII)
_BEFORE = re.compile(rf"([NSEW]) ?{_PARTS}[,;/ ]*([NSEW]) ?{_PARTS}", re.ASCII)
_ISO = re.compile(r"([+-]\d{2}(?:\.\d+)?)([+-]\d{3}(?:\.\d+)?)(?:[+-]\d+(?:\.\d+)?)?(?:CRS\w+)?/?", re.ASCII)
_GEO = re.compile(rf"geo:(-?{_N}),(-?{_N})(?:,-?[\d.]+)?(?:;[^?]*)?(?:\?(.*))?", re.ASCII | re.IGNORECASE)
_LABELLED = re.compile(rf"(?:loc:)?\s*([+-]?{_N})\s*[,~]\s*([+-]?{_N})\s*(?:\(.*\))?", re.ASCII)
_PINNED = re.compile(rf"!3d(-?{_N})!4d(-?{_N})", re.ASCII)
_CENTRED = re.compile(rf"/@(-?{_N}),(-?{_N})", re.ASCII)
_HASH = re.compile(rf"(?:.*[#&?])?(?:map=)?[\d.]+/(-?{_N})/(-?{_N})(?:[/&].*)?", re.ASCII)
_ASKED = ("q", "query", "ll", "coordinate", "daddr", "destination", "center", "cp", "sll")
_ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:[:/?#].*)", re.ASCII | re.IGNORECASE | re.DOTALL)

_WORDS = {
    "北纬": "N", "北緯": "N", "南纬": "S", "南緯": "S", "东经": "E", "東経": "E", "東經": "E", "西经": "W", "西経": "W", "西經": "W",
    "度": "°", "分": "'", "秒": '"',
}  # fmt: skip
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("º˚⁰", "°"),
        **dict.fromkeys("′’‘´`ʹ", "'"),
        **dict.fromkeys("″”“„ʺ", '"'),
        **dict.fromkeys("−–‐‑", "-"),
        **dict.fromkeys("،、，", ","),
        "؛": ";",
        "٫": ".",
    }
)


class NotAPlace(ValueError):
    """Coordinates that are none on Earth, or that are not true: ``shifted`` says that their map moves them."""

    def __init__(self, lat: float = 0.0, lon: float = 0.0, *, shifted: bool = False) -> None:
        super().__init__(f"{lat:g}, {lon:g} is no place on Earth, latitude first")
        self.lat, self.lon, self.shifted = lat, lon, shifted


def read(text: str) -> Point | None:
    """The place that a text says in coordinates, and in nothing else; None where it says none.

    Latitude comes first, unless letters say otherwise. Of an address of a map it is the place that is marked there, else the middle.

    Raises:
        NotAPlace: it is meant as coordinates, and is none.
    """
    text = text.strip()
    if not text or len(text) > LONGEST:
        return None
    if geo := _GEO.fullmatch(text):
        asked = parse_qs(geo[3] or "").get("q", [""])[0]
        return (_labelled(asked) if asked else None) or _point(float(geo[1]), float(geo[2]))
    return _from_address(text) if is_address(text) else _from_words(text)


def is_address(text: str) -> bool:
    """Whether it is an address of the web, which may hold coordinates or not."""
    return "://" in text or _ADDRESS.fullmatch(text.strip()) is not None


def decimal(point: Point) -> str:
    """``52.08670, 4.29550``: to a metre."""
    return f"{point.lat:.5f}, {point.lon:.5f}"


def sexagesimal(point: Point) -> str:
    """``52°05′12.1″N 4°17′43.8″E``: to three metres."""
    return f"{_turned(point.lat, 'NS')} {_turned(point.lon, 'EW')}"


def geo_uri(point: Point) -> str:
    """``geo:52.0867000,4.2955000``, by RFC 5870: to a centimetre."""
    return f"geo:{point.lat:.7f},{point.lon:.7f}"


def _turned(degrees: float, letters: str) -> str:
    tenths = round(abs(degrees) * 36_000)
    whole, rest = divmod(tenths, 36_000)
    minutes, seconds = divmod(rest, 600)
    return f"{whole}°{minutes:02}′{seconds / 10:04.1f}″{letters[degrees < 0]}"


def _from_words(text: str) -> Point | None:
    plain = _plain(text)
    for pattern in (_PLAIN, _COMMAS, _ISO):
        if found := pattern.fullmatch(plain):
            return _point(_number(found[1]), _number(found[2]))
    upper = plain.upper()
    if found := _AFTER.fullmatch(upper):
        return _lettered((found[4], found[1], found[2], found[3]), (found[8], found[5], found[6], found[7]))
    if found := _BEFORE.fullmatch(upper):
        return _lettered(found.groups()[:4], found.groups()[4:])
    return _marked(plain)


def _plain(text: str) -> str:
    """The text with signs, digits and blanks made alike, without brackets around it."""
    for word, sign in _WORDS.items():
        text = text.replace(word, sign)
    text = unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)
    text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text if unicodedata.category(c) != "Cf")
    text = " ".join(text.replace("''", '"').split())
    return text[1:-1].strip() if text[:1] + text[-1:] in {"()", "[]"} else text


def _marked(plain: str) -> Point | None:
    """Degrees with their signs and without letters: ``52°05'12", 4°17'44"``."""
    first = _MARKED.match(plain)
    second = _MARKED.fullmatch(plain[first.end() :].lstrip(",;/ ")) if first else None
    if not first or not second:
        return None
    lat, lon = (_degrees(*found.groups()[1:]) * (-1 if found[1] == "-" else 1) for found in (first, second))
    return _point(lat, lon)


def _lettered(one: tuple[str | None, ...], other: tuple[str | None, ...]) -> Point | None:
    degrees = {}
    for letter, *parts in (one, other):
        degrees["lat" if letter in {"N", "S"} else "lon"] = _degrees(*parts) * (-1 if letter in {"S", "W"} else 1)
    return _point(degrees["lat"], degrees["lon"]) if len(degrees) == 2 else None


def _degrees(whole: str | None, minutes: str | None, seconds: str | None) -> float:
    parts = [_number(part or "0") for part in (whole, minutes, seconds)]
    if max(parts[1:]) >= 60:
        raise NotAPlace(parts[0] + parts[1] / 60, 0.0)
    return parts[0] + parts[1] / 60 + parts[2] / 3600


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _from_address(text: str) -> Point | None:
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = (parts.hostname or "").lower()
    except ValueError:  # no address after all
        return None
    found = next(_chances(text, parts.path, parts.query, parts.fragment), None)
    if found and any(host == shifted or host.endswith(f".{shifted}") for shifted in SHIFTED):
        raise NotAPlace(found.lat, found.lon, shifted=True)
    return found


def _chances(text: str, path: str, query: str, fragment: str) -> Iterator[Point]:
    """The places of an address, the most telling first: a pin, what was asked for, the middle."""
    if pins := _PINNED.findall(text):
        yield _point(*map(float, pins[-1]))
    asked = parse_qs(query)
    for lat, lon in (("mlat", "mlon"), ("lat", "lon"), ("lat", "lng")):
        if said := _labelled(f"{asked.get(lat, [''])[0]},{asked.get(lon, [''])[0]}"):
            yield said
    for name in _ASKED:
        if said := _labelled(asked.get(name, [""])[0]):
            yield said
    for piece in path.split("/"):
        if piece and (said := _labelled(unquote(piece)) or _from_words(unquote_plus(piece))):
            yield said
    for place in (_CENTRED.search(unquote(path)), _HASH.fullmatch(unquote(fragment))):
        if place:
            yield _point(float(place[1]), float(place[2]))


def _labelled(text: str) -> Point | None:
    found = _LABELLED.fullmatch(text.strip())
    return _point(float(found[1]), float(found[2])) if found else None


def _point(lat: float, lon: float) -> Point:
    try:
        return Point(lat, lon)
    except ValueError:
        raise NotAPlace(lat, lon) from None
