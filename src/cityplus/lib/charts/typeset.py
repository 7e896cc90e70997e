"""From words to lines of SVG text that stand where the label solver put them, whichever way their script runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cityplus.lib.charts.labels import Placed
from cityplus.lib.charts.widths import text_width

LEADING = 1.22
_BASELINE = 0.93
"""Where the letters stand in their line, in parts of the type size from its top."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words to be set in one line. ``size`` is the type size in units of the paper, ``role`` names the style (``name``, ``second``)."""

    words: str
    size: float
    language: str
    rtl: bool
    role: str = "name"


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line in its place: what the SVG element needs. ``anchor`` already allows for the direction of the script."""

    line: Line
    x: float
    y: float
    anchor: str

    @property
    def direction(self) -> str:
        return "rtl" if self.line.rtl else "ltr"


def wrapped(line: Line, most: float) -> list[Line]:
    """The line, or where it is wider than this its words on two lines of nearly the same length."""
    words = line.words.split(" ")
    if len(words) < 2 or text_width(line.words, line.size) <= most:
        return [line]
    halves = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    best = min(halves, key=lambda pair: max(text_width(half, line.size) for half in pair))
    return [replace(line, words=half) for half in best]


def extent(lines: Sequence[Line]) -> tuple[float, float]:
    """Width and height of the lines, one below the other."""
    return max(text_width(line.words, line.size) for line in lines), sum(line.size * LEADING for line in lines)


def touchable(size: tuple[float, float], least: float) -> tuple[float, float]:
    """The size, but in no direction less than a finger needs."""
    return max(size[0], least), max(size[1], least)


def set_lines(placed: Placed, lines: Sequence[Line]) -> list[SetLine]:
    """The lines half-way down the box of their label, flush with the side at which the mark stands."""
    x = {1: placed.box.left, -1: placed.box.right, 0: placed.box.centre[0]}[placed.side]
    found, top = [], placed.box.centre[1] - extent(lines)[1] / 2
    for line in lines:
        found.append(SetLine(line, round(x, 1), round(top + line.size * _BASELINE, 1), anchor(placed.side, line.rtl)))
        top += line.size * LEADING
    return found


def anchor(side: int, rtl: bool) -> str:
    """SVG's ``text-anchor`` for words that begin (1), end (-1) or have their middle (0) at x, seen from the left.

    SVG counts start and end along the script, so for one that runs from the right they change places.
    """
    if not side:
        return "middle"
    return "start" if (side == 1) != rtl else "end"
