"""SubRip (.srt): what most programs for subtitles write."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from cityplus.media.subtitles.cues import LAST, Cue, CueError, Problem, clock, wrong

_TIME = r"(\d{1,2}):([0-5]?\d):([0-5]?\d)[,.](\d{1,3})"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s+X1:.*)?\s*", re.ASCII)
_PLACE = re.compile(r"\{\\an?\d+\}")
_KEPT = re.compile(r"&lt;(/?[biu])&gt;", re.IGNORECASE)
_DROPPED = re.compile(r"</?font\b[^>]*>", re.IGNORECASE)


def parse_srt(text: str) -> list[Cue]:
    """The cues of a SubRip file. Bold, italic and underlined stay; colours, fonts and places are dropped.

    Raises:
        CueError: a block has no time, or the cues are no captions; every line that is wrong is told.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    cues: list[Cue] = []
    problems: list[Problem] = []
    starts = [number for number, line in enumerate(lines) if _TIMES.fullmatch(line)]
    for number, line in enumerate(lines):
        if "-->" in line and number not in set(starts):
            words = _("“%(line)s” is not a time such as 00:00:01,000 --> 00:00:04,500.") % {"line": line.strip()[:40]}
            problems.append(Problem(number + 1, words))
    for at, number in enumerate(starts):
        last = at + 1 == len(starts)
        end = len(lines) if last else starts[at + 1]
        cues.append(_cue(number + 1, lines[number], _words(lines[number + 1 : end], last=last)))
    problems += wrong(cues) if not problems or cues else []
    if problems:
        raise CueError(sorted(problems, key=lambda problem: problem.line))
    return cues


def as_srt(cues: Iterable[Cue]) -> str:
    """A SubRip file; voices and classes are dropped."""
    return "\n".join(
        f"{number}\n{clock(cue.start, ',')} --> {clock(cue.end, ',')}\n{_plain(cue.text)}\n"
        for number, cue in enumerate(cues, 1)
    )


def _cue(number: int, line: str, text: str) -> Cue:
    found = _TIMES.fullmatch(line)
    parts = found.groups() if found else ()
    return Cue(min(_seconds(parts[:4]), LAST), min(_seconds(parts[4:8]), LAST), text, line=number)


def _words(lines: Sequence[str], *, last: bool) -> str:
    """The words below a time: without the number of the next cue, and without empty lines, which end a cue of WebVTT."""
    found = [line.strip() for line in lines]
    while found and not found[-1]:
        found.pop()
    if not last and found and found[-1].isdecimal() and (len(found) == 1 or not found[-2]):
        found.pop()
    return "\n".join(_markup(line) for line in found if line)


def _markup(line: str) -> str:
    bare = html.unescape(_DROPPED.sub("", _PLACE.sub("", line)))
    return _KEPT.sub(lambda found: f"<{found[1].lower()}>", html.escape(bare, quote=False))


def _plain(text: str) -> str:
    kept = re.sub(r"<(?!/?[biu]>)[^>]*>", "", text)
    return html.unescape(kept)


def _seconds(parts: Sequence[str]) -> float:
    hours, minutes, seconds, rest = parts
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(rest.ljust(3, "0")) / 1000
