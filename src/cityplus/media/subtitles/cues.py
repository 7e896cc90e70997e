"""A cue, and what can be wrong with many of them."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST_BYTES, MOST_CUES, MOST_TEXT = 300_000, 5_000, 1_000
LAST = 99 * 3600 + 59 * 60 + 59.999
"""Seconds that a time may have."""
FAST, FAST_WIDE = 21, 10
"""Characters that one reads in a second, and of Chinese, Japanese or Korean ones."""
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words from ``start`` to ``end``, in seconds. ``text`` is as WebVTT writes it; ``line`` where it stands, from 1."""

    start: float
    end: float
    text: str
    name: str = ""
    settings: str = ""
    line: int = 0

    @property
    def plain(self) -> str:
        """What one reads, without markup."""
        return html.unescape(_TAG.sub("", self.text))


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a line, counted from 1; 0 where it is the whole."""

    line: int
    words: str


class CueError(ValueError):
    """Captions that cannot be kept; ``problems`` say why, in the order of the lines."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem.words for problem in problems))
        self.problems = list(problems)


def wrong(cues: Sequence[Cue]) -> Iterator[Problem]:
    """What keeps cues from being captions: their order, their ends, their words."""
    before = 0.0
    if not cues:
        yield Problem(0, _("There are no captions in it."))
    if len(cues) > MOST_CUES:
        yield Problem(0, _("There are too many captions: at most %(most)s.") % {"most": MOST_CUES})
    for cue in cues[:MOST_CUES]:
        if cue.end <= cue.start:
            yield Problem(cue.line, _("This caption ends before it begins."))
        if cue.start < before:
            yield Problem(cue.line, _("This caption begins before the one above it."))
        if not cue.plain.strip():
            yield Problem(cue.line, _("This caption has no words."))
        if len(cue.text) > MOST_TEXT:
            yield Problem(cue.line, _("This caption is too long: at most %(most)s characters.") % {"most": MOST_TEXT})
        before = cue.start


def advice(cues: Sequence[Cue], seconds: float = 0) -> list[Problem]:
    """What may be right and seldom is: captions over one another, too fast to be read, or after the end of the film."""
    found, stands = [], 0.0
    for cue in cues:
        if cue.start < stands:
            found.append(Problem(cue.line, _("This caption comes while the one before it still stands.")))
        if rate(cue) > 1:
            found.append(
                Problem(
                    cue.line, _("This caption is too fast to be read with ease: give it more time, or fewer words.")
                )
            )
        if seconds and cue.start >= seconds:
            found.append(Problem(cue.line, _("This caption comes after the film has ended.")))
        stands = max(stands, cue.end)
    return found


def rate(cue: Cue) -> float:
    """How fast one must read it, where 1 is as fast as one does with ease."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in cue.plain)
    return (wide / FAST_WIDE + (len(cue.plain) - wide) / FAST) / max(cue.end - cue.start, 0.001)


def clock(seconds: float, point: str = ".") -> str:
    """``00:01:02.345``."""
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}{point}{whole % 1000:03}"
