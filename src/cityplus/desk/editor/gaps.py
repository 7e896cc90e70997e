"""What is missing, and the address where one adds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from cityplus.desk.editor.fields import anchor
from cityplus.desk.pieces import Piece
from cityplus.drafts import DocumentError, Gap
from cityplus.drafts.leaves import Order


@dataclass(frozen=True)
class Missing:
    """A gap as a page shows it."""

    words: str
    url: str
    where: str


def missing(piece: Piece, gaps: Sequence[Gap]) -> list[Missing]:
    return [Missing(gap.words, address(piece, gap.where), gap.where) for gap in gaps]


def address(piece: Piece, where: str) -> str:
    """The page and the field where a gap is closed."""
    names = where.split("/")
    if names[0] == "media" and len(names) > 1:
        return f"{reverse('desk:home', args=[piece.city.handle])}media/{names[1]}/#{'-'.join(names[2:])}"
    shape = piece.draft.does.shape
    part = shape.parts.get(names[0])
    if isinstance(part, Order):
        return f"{piece.url}#s-{part.of}"
    try:
        place = shape.at(where)
    except DocumentError:  # a text as a whole, or the draft as a whole
        return f"{piece.url}#{anchor(where)}" if where else piece.url
    if place.language:
        return f"{piece.url}?{urlencode({'in': place.language})}#{anchor('/'.join(names[:-1]))}"
    return f"{piece.url}#{anchor(where)}"
