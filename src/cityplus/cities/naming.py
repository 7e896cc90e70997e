"""Names on charts: from a multilingual text to lines that can be set."""

from __future__ import annotations

from dataclasses import dataclass

from cityplus.cities.models import City
from cityplus.languages.tags import direction
from cityplus.languages.text import Text
from cityplus.lib.charts.boxes import Box
from cityplus.lib.charts.labels import Placed
from cityplus.lib.charts.typeset import Line, SetLine, set_lines

GLINT = "M0-12C1-4 4-1 12 0 4 1 1 4 0 12-1 4-4 1-12 0-4-1-1-4 0-12Z"
"""The four-point star of CityPlus around its middle, 24 units across."""


@dataclass(frozen=True, slots=True)
class ChartLabel:
    """A label as the templates draw it. ``layout`` names the width of the chart that it is meant for, ``box`` can be touched."""

    layout: str
    box: Box
    lines: list[SetLine]
    leader: str
    hidden: bool = False

    @classmethod
    def of(cls, layout: str, placed: Placed, lines: list[Line], hidden: bool = False) -> ChartLabel:
        leader = ""
        if placed.leader:
            (x, y), (u, v) = placed.leader
            leader = f"M{x:.1f} {y:.1f}L{u:.1f} {v:.1f}"
        return cls(layout, placed.box, set_lines(placed, lines), leader, hidden)


def native_line(names: Text, size: float) -> Line:
    """A name in its own script."""
    return Line(str(names), size, names.original, direction(names.original) == "rtl")


def reader_line(names: Text, tag: str, size: float, role: str = "name") -> Line | None:
    """The reader's name; None for an empty text."""
    reading = names.read((tag,))
    return Line(reading.text, size, reading.language, reading.dir == "rtl", role) if reading else None


def plain_line(words: str, tag: str, size: float, role: str) -> Line:
    """Words of the page itself, such as a distance."""
    return Line(words, size, tag, direction(tag) == "rtl", role)


def spoken(city: City, tag: str) -> str:
    """A city's own name and the reader's, for a screen reader: ``Den Haag, The Hague``."""
    own, second = str(city.actor.names), city.actor.names.in_language(tag)
    return own if own == second else f"{own}, {second}"
