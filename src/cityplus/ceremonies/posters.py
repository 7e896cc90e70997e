"""The poster of a ceremony: a picture of its wall to hang up and to share, 2400 × 1350. Pure drawing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import resvg_py
from django.utils.translation import gettext as _
from PIL import Image

from cityplus.ceremonies import prints
from cityplus.ceremonies.keepsakes import Keepsake
from cityplus.cities.models import City
from cityplus.languages import formats
from cityplus.languages.tags import direction
from cityplus.languages.text import Text
from cityplus.lib.charts.boxes import Box
from cityplus.ties.models import Tie
from cityplus.web.cards import city_light
from cityplus.web.lettering import Style, Words, dotted, fit, font_files, missing, svg, width
from cityplus.web.skies import GLINT, Sky, Star, glow

DESIGN = 2
"""Raise it when the drawing changes, so that posters which are kept are drawn anew."""
WIDTH, HEIGHT, SCALE = 1200, 675, 2
"""The poster in units of its drawing, and pixels a unit."""
MARGIN, ROOM = 64, 560
FRIENDS = 24
NAMED = 12
"""Hands that have their guest's name below; more stand closer together, without."""
_CREAM, _MUTED, _LAMP = "#f4f1e8", "#aab7d8", "#ffd08a"


@dataclass(frozen=True, slots=True)
class Poster:
    """Everything that is to be seen on a poster, as a value; two equal posters look the same."""

    tag: str
    kicker: Words
    title: Words
    second: Words | None
    theme: Words | None
    line: Words
    hue: int
    stars: tuple[Star, ...]
    ties: tuple[tuple[int, int], ...]
    hands: tuple[tuple[int, Words], ...]
    lights: int
    seed: int

    @property
    def from_right(self) -> bool:
        return direction(self.tag) == "rtl"


def poster(kept: Keepsake, tag: str) -> Poster:
    """The poster for readers of one language."""
    ceremony, first = kept.ceremony, kept.cities[0]
    names = first.actor.names if kept.number else ceremony.title or first.actor.names
    kicker = (
        _("Member number %(number)s") % {"number": formats.number(kept.number, tag)}
        if kept.number
        else str(ceremony.get_kind_display())
    )
    place = ceremony.place.in_language(tag)
    line = dotted([fact for fact in (formats.day(kept.day, tag), place) if fact])
    friends = Tie.objects.public().of(first).with_cities()[:FRIENDS]
    others = [*kept.cities[1:], *(tie.other(first) for tie in friends)]
    stars = list({city.pk: city for city in [first, *others]}.values())
    places = {city.pk: number for number, city in enumerate(stars)}
    guests = [(kept.seed(guest), Words.native(guest.names)) for guest in kept.pressed]
    return Poster(
        tag=tag,
        kicker=Words(f"CityPlus · {kicker}", tag),
        title=Words.native(names),
        second=_second(names, tag),
        theme=Words.read(ceremony.theme, tag),
        line=Words(line, tag),
        hue=first.hue,
        stars=tuple(_star(city) for city in stars),
        ties=tuple((0, places[tie.other(first).pk]) for tie in friends),
        hands=tuple(guests),
        lights=kept.lights,
        seed=1,
    )


def _star(city: City) -> Star:
    return Star(Words.native(city.actor.names), city.lat, city.lon)


def _second(names: Text, tag: str) -> Words | None:
    words = Words.read(names, tag)
    return words if words and words.text != str(names) else None


def draw(poster: Poster) -> bytes:
    """The poster as a JPEG."""
    base = _rendered(_night()).convert("RGB")
    frame = Box(90, 110, 500, 470) if poster.from_right else Box(700, 110, 1110, 470)
    sky = Sky(poster.stars, poster.ties, frame)
    sky.paint(base)
    base = base.resize((WIDTH * SCALE, HEIGHT * SCALE), Image.Resampling.BICUBIC)
    over = _rendered(_open() + "".join(_parts(poster, sky)) + "</svg>")
    base.paste(over, mask=over.getchannel("A"))
    out = io.BytesIO()
    base.save(out, "JPEG", quality=88, optimize=True, progressive=True)
    return out.getvalue()


def _open(scale: int = SCALE) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH * scale}" height="{HEIGHT * scale}">'


def _rendered(drawing: str) -> Image.Image:
    png = resvg_py.svg_to_bytes(svg_string=drawing, skip_system_fonts=True, font_files=font_files())
    return Image.open(io.BytesIO(bytes(png))).convert("RGBA")


def _night() -> str:
    return (
        f"{_open(1)}<defs>"
        '<linearGradient id="night" x1="0" y1="0" x2=".35" y2="1"><stop offset="0" stop-color="#05070f"/><stop offset=".55" '
        f'stop-color="#080d1f"/><stop offset="1" stop-color="#0d1838"/></linearGradient>{glow("haze", "#28458f", 0.5)}</defs>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="url(#night)"/>'
        f'<circle cx="{WIDTH / 2}" cy="{HEIGHT + 120}" r="620" fill="url(#haze)"/></svg>'
    )


def _parts(poster: Poster, sky: Sky) -> Iterator[str]:
    light = city_light(poster.hue)
    yield f"<defs>{glow('own', light, 0.7)}{glow('lamp', _LAMP, 0.6)}</defs>"
    yield prints.lights(poster.lights, poster.seed, (WIDTH / 2, HEIGHT / 2), (WIDTH * 0.52, HEIGHT * 0.5))
    yield sky.markup()
    x, y = sky.spots[0]
    yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="46" fill="url(#own)"/>'
    yield f'<path transform="translate({x:.1f} {y:.1f}) scale(1.5)" d="{GLINT}" fill="#fff6e4"/>'
    yield from _words(poster)
    yield from _hands(poster)


def _words(poster: Poster) -> Iterator[str]:
    x = WIDTH - MARGIN if poster.from_right else MARGIN
    y = 112.0
    title, second = poster.title, poster.second
    if second and missing(title.text, title.tag):
        title, second = second, None  # better one name than one with holes
    for words, style, sizes, most, above in (
        (poster.kicker, Style("sans", 24, 30, _LAMP), (24, 21, 18), 1, 0),
        (title, Style("serif", 92, 98, _CREAM, -12), (92, 80, 70, 60, 52, 44, 36), 3, 92),
        (second, Style("sans", 34, 42, _MUTED), (34, 30, 26), 2, 50),
        (poster.theme, Style("serif", 30, 38, _CREAM), (30, 27, 24), 3, 58),
        (poster.line, Style("sans", 23, 31, _MUTED), (23, 21, 19), 3, 50),
    ):
        if not words or not words.text:
            continue
        fitted, lines = fit(words, style, sizes, ROOM, most)
        y += above * fitted.size / style.size
        for number, one in enumerate(lines):
            y += fitted.leading if number else 0
            yield svg(one, fitted, x, round(y), poster.from_right)


def _hands(poster: Poster) -> Iterator[str]:
    named = len(poster.hands) <= NAMED
    seeds = [seed for seed, _name in poster.hands]
    placed = prints.rows(
        seeds[::-1] if poster.from_right else seeds, MARGIN, WIDTH - MARGIN, 565 if named else 580, 130
    )
    names = [name for _seed, name in poster.hands]
    for one, name in zip(placed, names[::-1] if poster.from_right else names, strict=True):
        yield prints.drawn(one)
        if named:
            room = (WIDTH - 2 * MARGIN) / len(placed) - 8
            style, lines = fit(name, Style("sans", 15, 18, _CREAM), (15, 13, 11, 9), room, 1)
            yield from (_centred(words, style, one.x, 652) for words in lines)


def _centred(words: Words, style: Style, x: float, y: float) -> str:
    return svg(words, style, x - width(words, style) / 2, y)
