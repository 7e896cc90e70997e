"""Cards: the pictures of 1200 × 630 pixels that stand beside a link wherever it is shared. Pure drawing.

Words: a card has a **title** (a name in its own script), a **second** name (the reader's), a **line** below and a small **kicker**
above; a **picture**, or a **sky** of stars, at the end of the reading direction. Languages that run from the right mirror it whole.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from math import cos, radians, sin
from random import Random

import resvg_py
from PIL import Image, ImageDraw, ImageOps

from cityplus.languages.tags import direction
from cityplus.lib.charts.boxes import Box
from cityplus.web.lettering import Style, Words, fit, font_files, missing, svg, width
from cityplus.web.skies import GLINT, Sky, Star, glow

DESIGN = 1
"""Raise it when the drawing changes, so that cards which are kept are drawn anew."""
SIZE = WIDTH, HEIGHT = 1200, 630
HEAVIEST = 150_000
"""Bytes: a card that would be heavier is saved in a lower quality."""

PANEL = 720
"""Width of the picture; the night lies over the part of it that is nearest to the words."""
VEIL = 440, 1030
"""Where the night begins to lift off the picture, and where it is gone."""
LONE = 890, 300
MARGIN, TALLEST = 64, 432
ROOM, ROOM_BY_SKY = 500, 460
"""Widest lines: over the veil of a picture, and beside the Earth."""
TITLE_SIZES = (104, 100, 92, 84, 76, 68, 62, 56, 51, 46, 42)
RAY = 58
"""Space over the line, in the middle of which the ray stands."""
_TRACKING = {"zh": 20, "ja": 10, "ar": 0, "fa": 0, "ur": 0}
_OPEN = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
CREAM, MUTED, LAMP, NIGHT = "#f4f1e8", "#aab7d8", "#ffd08a", "#05070f"


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that is to be seen on a card, as a value; two equal cards look the same.

    ``tag`` is the reader's language, ``hue`` the city's own light in degrees, ``picture`` names the content of the picture (empty
    where there is none), ``ties`` are pairs of indices into ``stars``.
    """

    tag: str
    title: Words
    second: Words | None = None
    line: Words | None = None
    kicker: Words | None = None
    hue: int = 75
    picture: str = ""
    stars: tuple[Star, ...] = ()
    ties: tuple[tuple[int, int], ...] = ()

    @property
    def from_right(self) -> bool:
        return direction(self.tag) == "rtl"

    @property
    def alt(self) -> str:
        """The card in words, for those who do not see it."""
        said = (self.title, self.second, self.kicker, self.line)
        return ". ".join(dict.fromkeys(words.text for words in said if words and words.text))


@dataclass(frozen=True, slots=True)
class _Script:
    """How tall a script is, as shares of its size: from line to line, above the baseline, below it; and its largest title."""

    leading: float
    rise: float
    fall: float
    largest: int


_LATIN = _Script(1.06, 0.70, 0.20, 104)
_ARABIC, _HAN = _Script(1.40, 0.78, 0.34, 84), _Script(1.20, 0.86, 0.10, 100)
_SCRIPTS = {"ar": _ARABIC, "fa": _ARABIC, "ur": _ARABIC, "zh": _HAN, "ja": _HAN}


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of one text in one style; ``above`` is the empty space over it, in pixels."""

    lines: list[Words]
    style: Style
    script: _Script
    above: float

    @property
    def height(self) -> float:
        return self.script.rise * self.style.size + (len(self.lines) - 1) * self.style.leading + self.fall

    @property
    def fall(self) -> float:
        return self.script.fall * self.style.size


def draw(card: Card, picture: Image.Image | None = None) -> bytes:
    """The card as a JPEG; without a picture the night takes its place."""
    night = _night(card.from_right)
    base = night.copy()
    if picture:
        focal = picture.info.get("focal", (0.5, 0.5))
        panel = ImageOps.fit(picture.convert("RGB"), (PANEL, HEIGHT), Image.Resampling.LANCZOS, centering=focal)
        base.paste(panel, (0 if card.from_right else WIDTH - PANEL, 0))
        base.paste(night, mask=_veil(card.from_right))
    sky = _sky(card)
    if sky:
        sky.paint(base)
    behind = sky.markup() if sky else "" if picture else _lone_star(card.from_right)
    over = _rendered(markup(card, behind))
    base.paste(over, mask=over.getchannel("A"))
    return _jpeg(base)


def _rendered(drawing: str) -> Image.Image:
    png = resvg_py.svg_to_bytes(svg_string=drawing, skip_system_fonts=True, font_files=font_files())
    return Image.open(io.BytesIO(bytes(png))).convert("RGBA")


@lru_cache(maxsize=2)
def _night(from_right: bool) -> Image.Image:
    """The ground of every card: a sky that grows lighter towards the horizon, with the same few stars."""
    drawn = _rendered(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH // 4}" height="{HEIGHT // 4}"><defs>'
        f'<linearGradient id="night" x1="0" y1="0" x2=".35" y2="1"><stop offset="0" stop-color="{NIGHT}"/>'
        f'<stop offset=".55" stop-color="#080d1f"/><stop offset="1" stop-color="#0d1838"/></linearGradient>'
        f'{glow("haze", "#28458f", 0.5)}</defs><rect width="{WIDTH}" height="{HEIGHT}" fill="url(#night)"/>'
        f'<circle cx="80" cy="690" r="560" fill="url(#haze)"/></svg>'
    )
    night = drawn.convert("RGB").resize(SIZE, Image.Resampling.BICUBIC)  # so soft that a quarter is enough
    dice, pen = Random(7), ImageDraw.Draw(night)  # noqa: S311 no secret
    for _ in range(90):
        light = dice.randint(45, 170)
        pen.point((dice.randrange(WIDTH), dice.randrange(HEIGHT)), (light, light, light + 12))
    return ImageOps.mirror(night) if from_right else night


@lru_cache(maxsize=2)
def _veil(from_right: bool) -> Image.Image:
    """How much of the night lies over the picture: all of it behind the words, then less by a slope whose ends are not seen."""
    start, end = VEIL
    steps = [min(1.0, max(0.0, (x - start) / (end - start))) for x in range(WIDTH)]
    row = bytes(round(255 * (1 - t * t * t * (t * (6 * t - 15) + 10))) for t in steps)
    veil = Image.frombytes("L", (WIDTH, 1), row).resize(SIZE)
    return ImageOps.mirror(veil) if from_right else veil


def markup(card: Card, behind: str = "") -> str:
    """What lies over night and picture, as SVG: logo and words, and what is behind them."""
    light = city_light(card.hue)
    return (
        f"{_OPEN}<defs>{glow('own', light, 0.6)}{glow('lamp', LAMP, 0.6)}"
        f'<linearGradient id="ray"><stop offset="0" stop-color="{light}" stop-opacity=".9"/>'
        f'<stop offset="1" stop-color="{light}" stop-opacity="0"/></linearGradient></defs>'
        f"{behind}{_logo(card.from_right)}{''.join(_words(card))}</svg>"
    )


def _lone_star(from_right: bool) -> str:
    x, y = WIDTH - LONE[0] if from_right else LONE[0], LONE[1]
    return (
        f'<circle cx="{x}" cy="{y}" r="300" fill="url(#own)"/><circle cx="{x}" cy="{y}" r="120" fill="url(#own)"/>'
        f'<path transform="translate({x} {y}) scale(9)" d="{GLINT}" fill="#fff6e4"/>'
    )


def _sky(card: Card) -> Sky | None:
    frame = Box(75, 85, 505, 550) if card.from_right else Box(695, 85, 1125, 550)
    return Sky(card.stars, card.ties, frame) if card.stars else None


def _logo(from_right: bool) -> str:
    style = Style("serif", 46, 46, CREAM, tracking=-20)
    name = Words("City", "en")
    long = width(name, style)
    left = WIDTH - MARGIN - long - 34 if from_right else MARGIN
    star = left + long + 20
    return (
        f'{svg(name, style, left, 96)}<circle cx="{star:.1f}" cy="70" r="32" fill="url(#lamp)"/>'
        f'<path transform="translate({star:.1f} 70) scale(1.32)" d="{GLINT}" fill="{LAMP}"/>'
    )


def _words(card: Card) -> Iterator[str]:
    """The blocks of text from the lower edge upwards, and the city's ray over the line."""
    x = WIDTH - MARGIN if card.from_right else MARGIN
    y = HEIGHT - MARGIN + 6.0
    for block in reversed(_fitted(card)):
        y -= block.fall
        for words in reversed(block.lines):
            yield svg(words, block.style, x, round(y), card.from_right)
            y -= block.style.leading
        y += block.style.leading - block.script.rise * block.style.size
        if block.above == RAY:
            yield _ray(x, y - RAY / 2, card.from_right)
        y -= block.above


def _ray(x: float, y: float, from_right: bool) -> str:
    turn = -1 if from_right else 1
    return (
        f'<g transform="translate({x:g} {y:.1f}) scale({turn} 1)"><circle cx="9" r="30" fill="url(#own)"/>'
        f'<path transform="translate(9 0) scale(.8)" d="{GLINT}" fill="{LAMP}"/>'
        f'<rect x="28" y="-1" width="200" height="2" fill="url(#ray)"/></g>'
    )


def _fitted(card: Card) -> list[_Block]:
    """The texts with the largest title that leaves room for all of them."""
    for start in range(len(TITLE_SIZES)):
        blocks = list(_blocks(card, TITLE_SIZES[start:]))
        if sum(block.height + block.above for block in blocks) <= TALLEST:
            break
    return blocks


def _blocks(card: Card, sizes: tuple[int, ...]) -> Iterator[_Block]:
    title, second = card.title, card.second
    room = ROOM_BY_SKY if card.stars else ROOM
    if second and missing(title.text, title.tag):
        title, second = second, None  # better one name than one with holes
    if card.kicker:
        yield _block(card.kicker, Style("sans", 28, 36, LAMP), (28, 25, 22), 1, 0, room)
    tracking = _TRACKING.get(title.tag.split("-")[0], -15)
    yield _block(title, Style("serif", 100, 106, CREAM, tracking), sizes, 3, 24 if card.kicker else 0, room)
    if second and second.text != title.text:
        yield _block(second, Style("sans", 38, 47, MUTED), (38, 35, 32, 30), 2, 18, room)
    if card.line:
        yield _block(card.line, Style("sans", 31, 40, CREAM), (31, 29, 27), 4, RAY, room)


def _block(words: Words, style: Style, sizes: tuple[int, ...], most: int, above: float, room: float) -> _Block:
    script = _SCRIPTS.get(words.tag.split("-")[0], _LATIN)
    style = replace(style, leading=max(style.leading, script.leading * style.size))
    style, lines = fit(words, style, [size for size in sizes if size <= script.largest], room, most)
    return _Block(lines, style, script, above)


def city_light(hue: int) -> str:
    """A city's hue at the lightness and colourfulness that all cities share: ``oklch(84% .11 hue)`` as ``#rrggbb``."""
    lightness, a, b = 0.84, 0.11 * cos(radians(hue)), 0.11 * sin(radians(hue))
    l, m, s = (  # noqa: E741 the names of the cones
        (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3,
        (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3,
        (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3,
    )
    linear = (
        4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
        -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
        -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
    )
    curved = (
        12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055 for v in (min(1.0, max(0.0, c)) for c in linear)
    )
    return "#" + "".join(f"{round(255 * value):02x}" for value in curved)


def _jpeg(image: Image.Image) -> bytes:
    for quality in (87, 82, 76, 68, 60):
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, progressive=True, optimize=True)
        if out.tell() <= HEAVIEST:
            break
    return out.getvalue()
