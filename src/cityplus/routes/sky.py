"""What the constellation of a route shows: its sketch, and the labels of its stops for a wide and for a narrow screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

from babel.units import format_unit

from cityplus.cities.naming import ChartLabel, reader_line
from cityplus.languages.formats import number
from cityplus.languages.tags import locale_of
from cityplus.lib.charts import sketch
from cityplus.lib.charts.boxes import Box
from cityplus.lib.charts.labels import Label, place
from cityplus.lib.charts.typeset import Line, extent, wrapped
from cityplus.lib.geo import Point
from cityplus.routes.models import Stop
from cityplus.routes.walkthrough import Walkthrough

PAPER = Box(6, 6, sketch.WIDTH - 6, sketch.HEIGHT - 6)
LAYOUTS = {"wide": 18.0, "narrow": 24.0}
"""Type sizes of the labels: 12 pixels and more where each layout is shown."""

_LINE = 9.5
"""A label wider than so many times its type size takes two lines."""

_WORTH, _END_WORTH = 26.0, 90.0
_REACHES = (0.0, 12.0, 24.0, 40.0)
_FAR = (*_REACHES, 60.0, 80.0, 100.0)


@dataclass(frozen=True, slots=True)
class StopMark:
    """A stop on the sketch: its mark and its labels, one a layout. A hidden label shows when its stop is pointed at or current."""

    stop: Stop
    number: str
    mark: sketch.Mark
    labels: list[ChartLabel]
    current: bool
    href: str
    spoken: str


def scale_words(metres: float, tag: str) -> str:
    """The round length of a scale bar: ``200 m``, ``1 km``."""
    unit, length = ("length-kilometer", metres / 1000) if metres >= 1000 else ("length-meter", metres)
    return str(format_unit(length, unit, "short", locale=locale_of(tag)))


def drawing(walk: Walkthrough) -> sketch.Sketch:
    """The sketch of a route, with the tracks that were drawn."""
    tracks = [[Point(lat, lon) for lat, lon in leg.end.leg_track] for leg in walk.legs]
    return sketch.sketch([stop.point for stop in walk.stops], tracks)


def stop_marks(walk: Walkthrough, drawn: sketch.Sketch, current: int | None, tag: str) -> list[StopMark]:
    """Every stop with its labels. With a current stop the others lead to their own pages, else to their part of this page."""
    layouts = [_labels(name, walk, drawn, current, tag) for name in LAYOUTS]
    return [
        StopMark(
            stop,
            number(stop.number, tag),
            mark,
            labels,
            stop.number == current,
            stop.get_absolute_url() if current else f"#stop-{stop.number}",
            f"{number(stop.number, tag)}. {stop.title.in_language(tag)}",
        )
        for stop, mark, *labels in zip(walk.stops, drawn.marks, *layouts, strict=True)
    ]


def _labels(layout: str, walk: Walkthrough, drawn: sketch.Sketch, current: int | None, tag: str) -> list[ChartLabel]:
    """A label a stop. Those that find no free spot are hidden, and stand where they would if they were alone."""
    lines = [_lines(stop, LAYOUTS[layout], tag) for stop in walk.stops]
    ends = {walk.stops[0].number, walk.stops[-1].number}
    wanted = [
        Label(*mark.spot, sketch.REACH, *extent(words), _worth(stop.number, current, ends))
        for stop, mark, words in zip(walk.stops, drawn.marks, lines, strict=True)
    ]
    strokes = [stroke for way in drawn.ways for stroke in way.strokes]
    placed = place(wanted, PAPER, drawn.kept_free, strokes, _REACHES)
    found = []
    for label, spot, words in zip(wanted, placed, lines, strict=True):
        alone = spot or place([replace(label, worth=inf)], PAPER, drawn.kept_free, reaches=_FAR)[0]
        if alone:
            found.append(ChartLabel.of(layout, alone, words, hidden=spot is None))
    return found


def _worth(stop: int, current: int | None, ends: set[int]) -> float:
    if stop == current:
        return inf
    return _END_WORTH if stop in ends else _WORTH


def _lines(stop: Stop, size: float, tag: str) -> list[Line]:
    line = reader_line(stop.title, tag, size)
    return wrapped(line, size * _LINE) if line else [Line(str(stop.number), size, tag, False)]
