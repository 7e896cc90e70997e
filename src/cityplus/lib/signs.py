"""What somebody typed: without the signs that no database and no document takes, and that nobody sees."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_NONE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters but tabulator and line feed, halves of letters, and what XML 1.0 does not hold."""
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What turns the letters after it around, for whoever reads a list of names."""


def lines(said: str) -> str:
    """A text of many lines; whatever ended a line, a line feed does."""
    return _NONE.sub("", said.replace("\r\n", "\n").replace("\r", "\n")).strip()


def line(said: str) -> str:
    """A name, a title: one line that reads as its letters stand."""
    return " ".join(_TURNING.sub("", lines(said)).split())


def is_page(address: str) -> bool:
    """Whether this is the address of a page on the web: by http or https, with a host and with nobody's name before it, which
    would make it look like another host; without blanks, ends of lines, and signs that turn it around."""
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    plain = address.isprintable() and " " not in address and "\\" not in address
    return parts.scheme in {"http", "https"} and named and "@" not in parts.netloc and plain
