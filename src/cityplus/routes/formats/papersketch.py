"""The sketch of a route for paper: the constellation of its page in ink, with the numbers of its stops."""

from __future__ import annotations

from django.utils.translation import pgettext

from cityplus.cities.naming import GLINT
from cityplus.languages.formats import number
from cityplus.lib.charts import sketch
from cityplus.routes.sky import drawing, scale_words
from cityplus.routes.walkthrough import Walkthrough

INK, QUIET, LAMP, FAINT = "#121b33", "#4a5675", "#ffd08a", "#d9deea"
_FONT = "font-family='CityPlus book-strong, CityPlus arabic, CityPlus chinese, CityPlus japanese'"


def paper_sketch(walk: Walkthrough, tag: str, light: str) -> str:
    """The sketch as SVG; ``light`` is the colour of the city. Empty for a route without stops."""
    if not walk.stops:
        return ""
    drawn = drawing(walk)
    rings = [
        f"<circle cx='320' cy='400' r='{radius:.1f}' fill='none' stroke='{FAINT}' stroke-width='1'/>"
        for radius in drawn.rings
    ]
    ways = [
        f"<path d='{way.ink}' fill='none' stroke='{QUIET}' stroke-width='2.2' stroke-linecap='round'"
        + ("/>" if way.drawn else " stroke-dasharray='1 7'/>")
        for way in drawn.ways
    ]
    marks = [_mark(mark, number(stop.number, tag), light) for stop, mark in zip(walk.stops, drawn.marks, strict=True)]
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {sketch.WIDTH} {sketch.HEIGHT}'>"
        f"{''.join(rings)}{''.join(ways)}{''.join(marks)}{_north(drawn)}{_bar(drawn, tag)}</svg>"
    )


def _mark(mark: sketch.Mark, digits: str, light: str) -> str:
    (x, y), (u, v) = mark.spot, mark.true
    leash = f"<path d='M{x:.1f} {y:.1f}L{u:.1f} {v:.1f}' stroke='{QUIET}'/><circle cx='{u:.1f}' cy='{v:.1f}' r='2.5' fill='{QUIET}'/>"
    return (
        f"{leash if mark.pushed else ''}<circle cx='{x:.1f}' cy='{y:.1f}' r='{sketch.REACH}' fill='{INK}' stroke='{light}' "
        f"stroke-width='3'/><text x='{x:.1f}' y='{y + 6:.1f}' text-anchor='middle' font-size='17' fill='{LAMP}' {_FONT}>{digits}</text>"
    )


def _north(drawn: sketch.Sketch) -> str:
    x, y = drawn.north
    letter = pgettext("compass", "N")
    return (
        f"<path transform='translate({x:.1f} {y:.1f}) scale(1.5)' d='{GLINT}' fill='{QUIET}'/>"
        f"<text x='{x:.1f}' y='{y - 24:.1f}' text-anchor='middle' font-size='18' fill='{QUIET}' {_FONT}>{letter}</text>"
    )


def _bar(drawn: sketch.Sketch, tag: str) -> str:
    bar = drawn.bar
    middle = bar.x + bar.length / 2
    return (
        f"<path d='M{bar.x:.1f} {bar.y:.1f}v-7m0 3.5h{bar.length:.1f}m0-3.5v7' fill='none' stroke='{QUIET}' stroke-width='1.5'/>"
        f"<text x='{middle:.1f}' y='{bar.y - 15:.1f}' text-anchor='middle' font-size='16' fill='{QUIET}' {_FONT}>"
        f"{scale_words(bar.metres, tag)}</text>"
    )
