"""A file of captions as it comes from somebody's disk."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from cityplus.media.subtitles.cues import MOST_BYTES, Cue, CueError, Problem
from cityplus.media.subtitles.srt import parse_srt
from cityplus.media.subtitles.vtt import parse

_MARKS = (
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "ZIP"),
    (b"%PDF", "PDF"),
)

_SCRIPTS = (
    ("Windows-1251", "[а-яё]", 0.8),
    ("Windows-1256", "[\u0620-\u06ff]", 0.9),
    ("Shift_JIS", "[\u3041-\u30ff]", 0.3),
    ("GB18030", "[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]", 0.9),
)
"""Encodings, the letters that their texts have, and how many of all that is not ASCII they are at least."""


def read(data: bytes) -> list[Cue]:
    """The cues of a WebVTT or SubRip file; which of the two it is, it says itself.

    Raises:
        CueError: it is too large, not in UTF-8, or not what it ought to be.
    """
    if len(data) > MOST_BYTES:
        raise CueError([Problem(0, _("The file is too large: at most %(most)s kB.") % {"most": MOST_BYTES // 1000})])
    text = _decoded(data)
    return parse(text) if text.startswith("WEBVTT") else parse_srt(text)


def _decoded(data: bytes) -> str:
    known = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if known:
        words = _("The file is %(found)s. Save it as text in UTF-8 and send it again.") % {"found": known}
        raise CueError([Problem(0, words)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        words = _(
            "The file is not in UTF-8: this line is in an older encoding%(guess)s. Save it as UTF-8 and send it again."
        )
        raise CueError([Problem(line, words % {"guess": _guess(data)})]) from None


def _guess(data: bytes) -> str:
    """Which encoding it may be in, as part of a sentence; empty where it does not show."""
    high, plain = sum(byte > 127 for byte in data), len(re.findall(rb"[A-Za-z]", re.sub(rb"<[^>]*>", b"", data)))
    if high * 2 < plain:
        return _(", perhaps %(name)s") % {"name": "Windows-1252"}
    for encoding, letters, share in _SCRIPTS:
        try:
            found = [letter for letter in data.decode(encoding) if ord(letter) > 127]
        except UnicodeDecodeError:
            continue
        if len(re.findall(letters, "".join(found))) >= share * len(found):
            return _(", perhaps %(name)s") % {"name": encoding}
    return ""
