"""Which letters the bytes of a web page are: said by its first bytes, by its answer, or by itself."""

from __future__ import annotations

import codecs
import re

LOOK = 1024
"""Bytes in which a page says what it is written in."""
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.IGNORECASE)
_WIDER = {
    **dict.fromkeys(("gb2312", "gbk", "gb_2312-80", "x-gbk", "chinese"), "gb18030"),
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"), "windows-1252"),
    "iso-8859-9": "windows-1254",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
}
"""What is named, and what pages that name it are really written in, as browsers take it."""


def text_of(body: bytes, parameters: str = "") -> str:
    """A page as text. ``parameters`` are those of its content type. What cannot be read has signs that say so in its place."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    said = parameters.lower().partition("charset=")[2].split(";")[0].strip(" \"'")
    found = _META.search(body[:LOOK])
    for name in (said, found[1].decode("ascii").lower() if found else "", "utf-8"):
        codec = _codec(name)
        if codec:
            return body.decode(codec, "replace")
    raise AssertionError  # there is always UTF-8


def _codec(name: str) -> str:
    """Python's name of an encoding of text that a page may have; empty where there is none."""
    if not name or name.startswith("utf-16") or name.startswith("utf-32"):
        return ""  # such a page has a mark before it; what only says so has been read as letters of one byte already
    try:
        info = codecs.lookup(_WIDER.get(name, name))
    except LookupError:
        return ""
    return info.name if info._is_text_encoding else ""
