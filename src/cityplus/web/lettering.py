"""Words on drawn pictures: which font has which letter, how wide words are, where lines break, and how they are said in SVG.

resvg sets them: it joins Arabic letters, puts marks in their places and turns right-to-left runs round, on every machine alike.
Its own search for letters that a font lacks gives up where letters join, so every run is told its font here.
"""

from __future__ import annotations

import json
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise
from pathlib import Path
from xml.sax.saxutils import escape

from cityplus.languages.tags import direction
from cityplus.languages.text import Text
from cityplus.web.assets import AssetError

BUILT = Path(__file__).parent / "fonts" / "built"

ARABIC_JOINS = 0.85
"""Joined letters are narrower than the single ones that we add up: 0.77 of them on the average, 0.94 in a long word at most."""

LONGEST = 240
"""Letters: more than a card can hold in any script."""

MORE_LINES, TORN = 0.8, 0.7
"""What a line more, and a line that breaks off within a phrase, are worth: to such a share of its size a text is set smaller instead."""

NOT_FIRST = frozenset(
    "、。，．・：；！？）」』】〉》”’…‥ー々〜～％°ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.!?:;)]}%»،؛؟"
)
NOT_LAST = frozenset("（「『【〈《“‘([{«")
_FOLLOWS = {"Mn", "Me", "Cf"}
"""Marks and joiners stay in the font of the letter before them."""
_SPACES = " \u3000"
"""A line may break at these; at a no-break space it may not."""
_POINT = "\u00a0·"
_EMBED, _POP = "\u202b", "\u202c"
"""resvg orders every line as if it began from the left; an embedding says otherwise. Our Arabic font has no shape for these two."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text and the BCP 47 tag of its language."""

    text: str
    tag: str

    @classmethod
    def native(cls, text: Text) -> Words:
        """The original words."""
        return cls(str(text), text.original)

    @classmethod
    def read(cls, text: Text, tag: str) -> Words | None:
        """The words for readers of one language; None for an empty text."""
        reading = text.read((tag,))
        return cls(reading.text, reading.language) if reading else None


@dataclass(frozen=True, slots=True)
class Face:
    """A font. ``rows`` are (first letter, last letter, width in thousandths of the size), in order."""

    name: str
    rows: tuple[tuple[int, int, int], ...]
    firsts: tuple[int, ...]

    def width(self, letter: str) -> int | None:
        """In thousandths of the size; None when the font has no such letter."""
        row = bisect_right(self.firsts, ord(letter)) - 1
        return self.rows[row][2] if row >= 0 and ord(letter) <= self.rows[row][1] else None


@dataclass(frozen=True, slots=True)
class Style:
    """How words are set. ``kind`` is serif or sans; ``size`` and ``leading`` are pixels, ``tracking`` thousandths of the size.

    ``outline`` is a colour to be drawn around the letters, for words that stand on something.
    """

    kind: str
    size: float
    leading: float
    colour: str
    tracking: int = 0
    outline: str = ""

    def sized(self, size: float) -> Style:
        """The same style in another size."""
        return replace(self, size=size, leading=self.leading * size / self.size)


@lru_cache(maxsize=1)
def _faces() -> dict[str, Face]:
    path = BUILT / "faces.json"
    if not path.exists():
        raise AssetError(f"{path} is missing; build the front end with: python tools/frontend.py")
    tables: dict[str, list[tuple[int, int, int]]] = json.loads(path.read_text())
    return {
        name: Face(name, tuple((first, last, wide) for first, last, wide in rows), tuple(row[0] for row in rows))
        for name, rows in tables.items()
    }


def font_files() -> list[str]:
    """The paths of all fonts, for the drawer.

    Raises:
        AssetError: they have not been made; the message says how to build.
    """
    return [str(BUILT / f"{name}.ttf") for name in _faces()]


@lru_cache(maxsize=64)
def faces(kind: str, tag: str) -> tuple[Face, ...]:
    """The fonts for a text of one language, the first choice first."""
    language = tag.split("-", maxsplit=1)[0]
    european = f"{kind}-bg" if language == "bg" else kind
    han = ["chinese", "japanese"] if language != "ja" else ["japanese", "chinese"]
    if direction(tag) == "rtl":
        names = ["arabic", european, *han]
    elif language in {"zh", "ja"}:
        names = [*han, european, "arabic"]
    else:
        names = [european, *han, "arabic"]
    return tuple(_faces()[name] for name in names)


def missing(text: str, tag: str = "en") -> set[str]:
    """The letters of a text that none of our fonts has."""
    fonts = faces("serif", tag)
    return {
        letter
        for letter in _letters(text)
        if unicodedata.category(letter) not in _FOLLOWS and all(font.width(letter) is None for font in fonts)
    }


def runs(words: Words, kind: str) -> list[tuple[Face, str]]:
    """The text in pieces of one font each; letters that no font has are left out."""
    fonts = faces(kind, words.tag)
    chosen: list[tuple[Face, str]] = []
    for letter in _letters(words.text):
        if unicodedata.category(letter) in _FOLLOWS and chosen and chosen[-1][0].width(letter) is not None:
            chosen.append((chosen[-1][0], letter))
        elif font := next((font for font in fonts if font.width(letter) is not None), None):
            chosen.append((font, letter))
    return [(font, "".join(letter for _, letter in run)) for font, run in groupby(chosen, key=lambda pair: pair[0])]


def _letters(text: str) -> str:
    """Letters and their marks as one, where Unicode has them so; the narrow space of numbers as one that every font has."""
    return unicodedata.normalize("NFC", text).translate({0x202F: 0xA0, 0x0A: 0x20, 0x09: 0x20})


def width(words: Words, style: Style) -> float:
    """In pixels, without kerning; that of Arabic is rather too much than too little."""
    return sum(_run_width(font, piece, style) for font, piece in runs(words, style.kind))


def _run_width(font: Face, piece: str, style: Style) -> float:
    letters = sum(font.width(letter) or 0 for letter in piece) * (ARABIC_JOINS if font.name == "arabic" else 1)
    return (letters + style.tracking * len(piece)) * style.size / 1000


def dotted(facts: Sequence[str]) -> str:
    """Facts in a row with points between them; where a line breaks there, the point goes."""
    return f"{_POINT} ".join(facts)


def pieces(text: str) -> list[str]:
    """The text cut wherever a line may break: after spaces, and between Chinese and Japanese letters."""
    if not text:
        return []
    cuts = [i for i, (a, b) in enumerate(pairwise(text), 1) if _may_break(a, b)]
    return [text[start:end] for start, end in pairwise([0, *cuts, len(text)])]


def _may_break(before: str, after: str) -> bool:
    if before.isspace() or after.isspace():
        return before in _SPACES and not after.isspace()
    if after in NOT_FIRST or before in NOT_LAST:
        return False
    wide = [unicodedata.east_asian_width(letter) in "WF" for letter in (before, after)]
    return all(wide) or (any(wide) and not before.isdigit() and not after.isdigit())


def wrap(words: Words, style: Style, room: float, most: int) -> list[Words]:
    """The text on at most ``most`` lines of nearly one length, breaking after spaces and points rather than within.

    Returns no line at all when it does not fit.
    """
    return [Words(line.strip(_SPACES + _POINT), words.tag) for line in _lines(words, style, room, most)]


def _lines(words: Words, style: Style, room: float, most: int) -> list[str]:
    """The lines as they were cut, with the spaces after them."""
    parts = pieces(words.text.strip())
    widths = [width(Words(part, words.tag), style) for part in parts]
    spaces = [width(Words(part[len(part.rstrip()) :], words.tag), style) for part in parts]
    # best[n] = (cost, lines) of setting the first n parts
    best: list[tuple[float, list[str]] | None] = [(0.0, [])] + [None] * len(parts)
    for end in range(1, len(parts) + 1):
        long, torn = -spaces[end - 1], end < len(parts) and _torn(parts[end - 1])
        for start in reversed(range(end)):
            before, now = best[start], best[end]
            long += widths[start]
            if long > room:
                break
            if before is None or len(before[1]) == most:
                continue
            cost = before[0] + 1 + (1 - long / room) ** 2 + (0.6 if torn else 0)
            if now is None or cost < now[0]:
                best[end] = (cost, [*before[1], "".join(parts[start:end])])
    found = best[-1]
    return found[1] if found else []


def _torn(part: str) -> bool:
    """Whether a line that ends so breaks off within a phrase."""
    return not part[-1].isspace() and unicodedata.east_asian_width(part[-1]) in "WF" and part[-1] not in NOT_FIRST


def _look(size: float, lines: Sequence[str]) -> float:
    """How well these lines look in this size; nothing is no look at all."""
    torn = any(map(_torn, lines[:-1]))
    return size * MORE_LINES ** len(lines) * (TORN if torn else 1) if lines else 0


def fit(words: Words, style: Style, sizes: Sequence[float], room: float, most: int) -> tuple[Style, list[Words]]:
    """The size and the lines that look best: large, on few lines (at most ``most``), none of them torn.

    ``sizes`` fall. A text that fits in none of them is cut short in the last one.
    """
    words = replace(words, text=words.text[:LONGEST])
    set_in = {size: _lines(words, style.sized(size), room, most) for size in sizes}
    best = max(sizes, key=lambda size: _look(size, set_in[size]))
    if set_in[best]:
        return style.sized(best), wrap(words, style.sized(best), room, most)
    smallest = style.sized(sizes[-1])

    def cut(length: int) -> list[Words]:
        return wrap(replace(words, text=f"{words.text[:length].rstrip()}…"), smallest, room, most)

    length = bisect_right(range(len(words.text)), 0, key=lambda length: 0 if cut(length) else 1) - 1
    return smallest, cut(max(length, 0))


def svg(words: Words, style: Style, x: float, y: float, from_right: bool = False) -> str:
    """One line of text on the baseline ``y``, from ``x`` to the right, or to the left.

    Every run stands in its own place: in one piece, a single foreign letter would draw the others into its font. Runs of
    right-to-left text follow each other leftwards; ours has Arabic, Latin and digits in one font, so that it is one run.
    """
    line = runs(words, style.kind)
    if direction(words.tag) == "rtl":
        line = [(font, f"{_EMBED}{piece}{_POP}" if font.name == "arabic" else piece) for font, piece in reversed(line)]
    if len(line) == 1:
        return _run(*line[0], style, x, y, from_right)
    drawn = []
    left = x - width(words, style) if from_right else x
    for font, piece in line:
        drawn.append(_run(font, piece, style, left, y))
        left += _run_width(font, piece, style)
    return "".join(drawn)


def _run(font: Face, piece: str, style: Style, x: float, y: float, from_right: bool = False) -> str:
    outline = f' stroke="{style.outline}" stroke-width="5" stroke-linejoin="round"' if style.outline else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{"end" if from_right else "start"}" xml:space="preserve" '
        f'font-family="CityPlus {font.name}" font-size="{style.size:g}" fill="{style.colour}" '
        f'letter-spacing="{style.tracking * style.size / 1000:g}"{outline}>{escape(piece)}</text>'
    )
