"""Domains in one form, so that a blocked one is found however it is written, and one that only looks like it too."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from cityplus.moderation.folding import fold

_DOTS = re.compile("[\u3002\uff0e\uff61]")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\Z")
_LOOKS = str.maketrans(
    {
        **dict(zip("авсеһікмнорԛѕтухуԁɡԝјӏ", "abcehikmhopqstyxydgwjl", strict=True)),
        **dict(zip("αβγεηικνορτυχω", "abyenikvoptuxw", strict=True)),
        **dict(zip("аоɑıℓօսոհցզ", "aoailounhgq", strict=True)),
        "0": "o", "1": "l", "|": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ħ": "h", "ł": "l", "ŧ": "t",
    }
)  # fmt: skip
"""Letters of other scripts by the Latin ones that they look like, after UTS 39, as far as domains may hold them."""


def canonical(name: str) -> str:
    """The one form of a domain or of the host of an address: small letters, punycode, no dot at the end; empty for what is none.

    Full-width letters and dots, invisible characters, a user before ``@``, a port and a path do not count.
    """
    text = _DOTS.sub(".", fold(name)).replace(" ", "")
    if "//" not in text:
        text = f"//{text}"
    try:
        host = (urlsplit(text, scheme="").hostname or "").strip(".")
        labels = [_label(label) for label in host.split(".")]
    except ValueError:
        return ""
    joined = ".".join(labels)
    return joined if all(_LABEL.match(label) for label in labels) and len(joined) <= 253 else ""


def _label(label: str) -> str:
    """A label in punycode; one that is written so already is read and written anew, for there are several ways to write one.

    Raises:
        ValueError: it is none.
    """
    readable = label
    if label.startswith("xn--"):
        readable = fold(label[4:].encode("ascii").decode("punycode"))
    if readable.isascii():
        return readable
    return "xn--" + unicodedata.normalize("NFC", readable).encode("punycode").decode("ascii")


def readable(name: str) -> str:
    """A canonical domain as people read it."""
    return ".".join(_plain(label) for label in name.split("."))


def skeleton(name: str) -> str:
    """What a canonical domain looks like: two of the same skeleton are hard to tell apart."""
    bare = "".join(c for c in unicodedata.normalize("NFD", readable(name)) if not unicodedata.combining(c))
    return bare.translate(_LOOKS).replace("rn", "m").replace("vv", "w")


def suffixes(name: str) -> list[str]:
    """A domain and all that it is below: ``a.b.org`` gives itself, ``b.org`` and ``org``."""
    labels = name.split(".")
    return [".".join(labels[i:]) for i in range(len(labels))]


def _plain(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except ValueError:
        return label
