"""HTML with gaps: what is the same for every reader stands in it, what depends on the reader is put in afterwards.

A template opens a gap by ``{% when "name" %}…{% otherwise %}…{% endwhen %}`` (both ways are rendered, and the reader's flags choose) or
``{% slot "name" %}`` (words made for the reader). The signs are comments, which no text of a person can hold: theirs is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from sys import getsizeof

from django.utils.safestring import SafeString, mark_safe

WHEN, OTHERWISE, END, SLOT = "<!--when:{}-->", "<!--otherwise-->", "<!--end-->", "<!--slot:{}-->"
_SIGN = re.compile(r"<!--(when|slot):([\w:]+)-->|<!--(otherwise|end)-->")


@dataclass(frozen=True, slots=True)
class Slot:
    """Where something is put in that was made for the reader."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Two ways: one for readers who have the flag, one for the others."""

    name: str
    yes: Pieces
    no: Pieces


Pieces = Sequence["str | Slot | Choice"]


def cut(html: str) -> Pieces:
    """Rendered HTML as pieces.

    Raises:
        ValueError: its signs do not fit together.
    """
    tokens = _tokens(html)
    pieces, ended = _until(tokens)
    if ended:
        raise ValueError(f"a gap ends that did not begin: {ended}")
    return pieces


def weight(pieces: Pieces) -> int:
    """Bytes that these take, about."""
    return sum(
        getsizeof(p) if isinstance(p, str) else 120 + (weight(p.yes) + weight(p.no) if isinstance(p, Choice) else 0)
        for p in pieces
    )


def fill(pieces: Pieces, flags: Collection[str], slots: Mapping[str, str]) -> SafeString:
    """The HTML for a reader who has these flags. A slot for which there is nothing stays empty."""
    return mark_safe("".join(_filled(pieces, flags, slots)))  # noqa: S308 - templates wrote the pieces, and what fills slots is safe


def _filled(pieces: Pieces, flags: Collection[str], slots: Mapping[str, str]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
        elif isinstance(piece, Slot):
            yield slots.get(piece.name, "")
        else:
            yield from _filled(piece.yes if piece.name in flags else piece.no, flags, slots)


def _tokens(html: str) -> Iterator[tuple[str, str]]:
    """``(kind, what)``: ``words``, ``when``, ``slot``, ``otherwise``, ``end``."""
    at = 0
    for sign in _SIGN.finditer(html):
        if sign.start() > at:
            yield "words", html[at : sign.start()]
        yield sign[1] or sign[3], sign[2] or ""
        at = sign.end()
    if at < len(html):
        yield "words", html[at:]


def _until(tokens: Iterator[tuple[str, str]]) -> tuple[Pieces, str]:
    """The pieces up to the next sign that ends them, and that sign; empty at the end of all."""
    found: list[str | Slot | Choice] = []
    for kind, what in tokens:
        if kind in {"otherwise", "end"}:
            return tuple(found), kind
        found.append(what if kind == "words" else Slot(what) if kind == "slot" else _choice(what, tokens))
    return tuple(found), ""


def _choice(name: str, tokens: Iterator[tuple[str, str]]) -> Choice:
    yes, ended = _until(tokens)
    no: Pieces = ()
    if ended == "otherwise":
        no, ended = _until(tokens)
    if ended != "end":
        raise ValueError(f"the gap {name} does not end")
    return Choice(name, yes, no)
