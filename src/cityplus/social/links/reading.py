"""What a page says of itself: OpenGraph, else its title and description."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from cityplus.languages.tags import LanguageError, check_tag

TITLE, SAYS, SITE = 300, 500, 120
"""Characters that are kept."""
_NAMES = {
    "og:title": "title", "og:description": "says", "og:site_name": "site", "og:image": "picture", "og:image:url": "picture",
    "og:image:secure_url": "picture", "twitter:title": "title", "twitter:description": "says", "twitter:image": "picture",
    "description": "says",
}  # fmt: skip
_ORDER = ("og:", "twitter:", "")
MOST = 200
"""Elements of a head that are looked at."""


@dataclass(frozen=True, slots=True)
class Said:
    """``picture`` is a full address, or empty; ``language`` a tag as we write them, or empty."""

    title: str
    says: str = ""
    site: str = ""
    picture: str = ""
    language: str = ""


def read(html: str, url: str) -> Said | None:
    """What this page, which stands at this address, says of itself; None where it has no title."""
    reader = _Head()
    reader.feed(html)
    reader.close()
    title = _line(reader.best("title") or reader.title, TITLE)
    if not title:
        return None
    says = _line(reader.best("says"), SAYS)
    return Said(
        title,
        "" if says == title else says,
        _line(reader.best("site"), SITE),
        _address(reader.best("picture"), url),
        reader.language,
    )


class _Head(HTMLParser):
    """Reads until the head of a page ends; broken pages have no end of it, and are read for a while."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, str] = {}
        self.title = ""
        self.language = ""
        self._in_title = False
        self._left = MOST

    def best(self, what: str) -> str:
        """OpenGraph's word first."""
        for head in _ORDER:
            for name, value in self.found.items():
                if _NAMES[name] == what and name.startswith(head) and value:
                    return value
        return ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._left -= 1
        if self._left < 0:
            return
        told = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = _tag(told.get("lang", ""))
        elif tag == "title" and not self.title:
            self._in_title = True
        elif tag == "meta":
            name = (told.get("property") or told.get("name") or "").strip().lower()
            if name in _NAMES:
                self.found.setdefault(name, told.get("content", "").strip())
        elif tag == "body":
            self._in_title, self._left = False, 0

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title and len(self.title) < TITLE:
            self.title += data


def _line(text: str, most: int) -> str:
    """Words in one line: without signs that are not seen or turn what stands around them."""
    seen = "".join(
        " " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign
        for sign in text
        if unicodedata.category(sign) not in {"Cf", "Cs", "Co", "Cn"} or sign in "\u200c\u200d"
    )
    line = " ".join(seen.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _address(value: str, url: str) -> str:
    try:
        full = urljoin(url, value.strip()) if value.strip() else ""
        return full if urlsplit(full).scheme in {"http", "https"} and len(full) <= 2000 else ""
    except ValueError:
        return ""


def _tag(value: str) -> str:
    """The language that a page says, as we write it: ``zh-CN`` is ``zh-Hans``."""
    main, _, rest = value.strip().partition("-")
    if main.lower() == "zh":
        rest = "Hant" if rest.lower() in {"hant", "tw", "hk", "mo"} else "Hans"
    for tag in (f"{main.lower()}-{rest}" if rest else main.lower(), main.lower()):
        try:
            return check_tag(tag)
        except LanguageError:
            continue
    return ""
