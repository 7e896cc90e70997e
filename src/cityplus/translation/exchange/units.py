"""The units of a file: plain values, whatever the format."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cityplus.translation.glossary import Pair, named
from cityplus.translation.rows import Row, State

MOST_BYTES = 8 * 1024 * 1024
MOST_UNITS = 10_000


class FileRefused(ValueError):
    """A file that cannot be brought in; the message is a sentence. Nothing was written."""


@dataclass(frozen=True)
class Unit:
    """One text in a file. ``mark`` tells its original from others; ``notes`` are for who translates."""

    path: str
    mark: str
    source: str
    target: str
    state: State
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Found:
    """What a file has for one path. ``state`` is ``initial``, ``translated``, ``reviewed`` or ``final``, or ``fuzzy`` of what its
    translator has left open; ``codes`` says that it holds marks of a program that we would lose."""

    line: int
    path: str
    mark: str
    target: str
    state: str = "initial"
    codes: bool = False


def original_mark(words: str) -> str:
    """Twelve characters that tell an original from others; line ends and spaces around it do not count."""
    plain = words.replace("\r\n", "\n").strip()
    return hashlib.blake2b(plain.encode(), digest_size=6).hexdigest()


def unit_of(row: Row, pairs: Sequence[Pair]) -> Unit:
    """A row as a unit; of the agreed words those that its original has go along."""
    notes = [("place", row.place), ("limit", _("At most %(most)s characters.") % {"most": row.leaf.most})]
    if not row.leaf.lines:
        notes.append(("limit", _("One line.")))
    for pair in named(row.original.text, row.source, pairs):
        said = _("“%(here)s” is “%(there)s”.") % {"here": pair.here, "there": pair.there}
        notes.append(("glossary", f"{said} {pair.note}".strip()))
    if row.state == State.OUTDATED:
        notes.append(("state", _("The original was changed after this version.")))
    return Unit(row.key, original_mark(row.original.text), row.original.text, row.words, row.state, tuple(notes))
