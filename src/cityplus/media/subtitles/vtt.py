"""WebVTT: a strict reader, which says what is wrong in which line, and a writer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from cityplus.media.subtitles.cues import LAST, MOST_BYTES, Cue, CueError, Problem, clock, wrong

_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+(.*))?", re.ASCII)
_SETTING = re.compile(
    r"(vertical:(rl|lr)|line:-?[\d.]+%?(,\w+)?|position:[\d.]+%(,[\w-]+)?|size:[\d.]+%|align:\w+)", re.ASCII
)
_MARKUP = re.compile(
    r"</?(?:(?:c|i|b|u|ruby|rt|v|lang)(?:\.[\w-]+)*(?:[ \t][^<>&]*)?|(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3})>"
)
_SPECIAL = re.compile(r"<[^>]*>?|-->")
_SHOWN = 40
Block = tuple[int, list[str]]


def parse(text: str) -> list[Cue]:
    """The cues of a WebVTT file.

    Raises:
        CueError: it is none, or one that we do not keep; every line that is wrong is told.
    """
    if len(text.encode()) > MOST_BYTES:
        raise CueError(
            [Problem(0, _("The captions are too large: at most %(most)s kB.") % {"most": MOST_BYTES // 1000})]
        )
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    problems: list[Problem] = []
    if not re.match(r"WEBVTT(?:[ \t]|$)", lines[0]):
        problems.append(Problem(1, _("The first line must be “WEBVTT”.")))
    if "\0" in text:
        problems.append(Problem(0, _("It holds a NUL character, which no caption has.")))
    cues = [cue for block in _blocks(lines) if (cue := _cue(*block, problems))]
    problems += wrong(cues) if not problems or cues else []
    if problems:
        raise CueError(sorted(problems, key=lambda problem: problem.line))
    return cues


def as_vtt(cues: Iterable[Cue]) -> str:
    """A WebVTT file."""
    return "WEBVTT\n\n" + "\n".join(map(_written, cues))


def _written(cue: Cue) -> str:
    name = f"{cue.name}\n" if cue.name else ""
    return f"{name}{clock(cue.start)} --> {clock(cue.end)}{' ' if cue.settings else ''}{cue.settings}\n{cue.text}\n"


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    """What stands between empty lines after the head, each with the number of its first line."""
    here: list[str] = []
    first = 0
    end_of_head = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    for number, line in enumerate([*lines[end_of_head:], ""], end_of_head + 1):
        if line.strip():
            first = first or number
            here.append(line)
        elif here:
            yield first, here
            here, first = [], 0


def _cue(first: int, lines: list[str], problems: list[Problem]) -> Cue | None:
    """The cue of a block; None for a note, and for what is wrong and then told."""
    if re.match(r"NOTE(?:[ \t]|$)", lines[0]):
        return None
    if lines[0].rstrip() in {"STYLE", "REGION"}:
        words = _("“%(word)s” is not taken: how captions look is the page’s business.") % {"word": lines[0].strip()}
        problems.append(Problem(first, words))
        return None
    at = 0 if "-->" in lines[0] else 1
    if len(lines) <= at or "-->" not in lines[at]:
        problems.append(Problem(first, _("“%(line)s” belongs to no time.") % {"line": lines[0][:_SHOWN]}))
        return None
    return _timed(first + at, lines[at:], lines[0].strip() if at else "", problems)


def _timed(number: int, lines: list[str], name: str, problems: list[Problem]) -> Cue | None:
    found = _TIMES.fullmatch(lines[0].strip())
    if not found:
        words = _("“%(line)s” is not a time such as 00:01.000 --> 00:04.500.") % {"line": lines[0].strip()[:_SHOWN]}
        problems.append(Problem(number, words))
        return None
    start, end = _seconds(found.groups()[:4]), _seconds(found.groups()[4:8])
    settings = (found[9] or "").split()
    for setting in settings:
        if not _SETTING.fullmatch(setting):
            problems.append(Problem(number, _("“%(word)s” is not a setting of captions.") % {"word": setting[:_SHOWN]}))
    if max(start, end) > LAST:
        problems.append(Problem(number, _("No film is as long as that.")))
    strange = [
        Problem(below, _("“%(word)s” is not markup of captions. Write &lt; for a “<”.") % {"word": special[:_SHOWN]})
        for below, line in enumerate(lines[1:], number + 1)
        for special in _SPECIAL.findall(line)
        if not _MARKUP.fullmatch(special)
    ]
    if strange:
        problems += strange
        return None
    return Cue(start, end, "\n".join(line.strip() for line in lines[1:]), name, " ".join(settings), number)


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
