"""A piece in one language as its page shows it: rows with what was typed, what was wrong with it, and what is said to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cityplus.cities.models import City
from cityplus.desk.pieces import Piece
from cityplus.drafts import Clash, Edit, mark
from cityplus.drafts.models.draft import PERSON
from cityplus.languages.text import STATES
from cityplus.translation.glossary import Pair, lacking, named
from cityplus.translation.models import Term
from cityplus.translation.rows import Row, State, rows_of

SAYS = {
    State.MISSING: gettext_lazy("missing"),
    State.OUTDATED: gettext_lazy("the original was changed since"),
    State.MACHINE: gettext_lazy("by machine, not yet reviewed"),
    State.AUTHOR: gettext_lazy("written by a person"),
    State.REVIEWED: gettext_lazy("reviewed by a person"),
}
"""Each state in words."""


@dataclass
class Side:
    """One row of the page. ``typed`` is what stands in its field; ``next`` the anchor of the next row that needs work."""

    row: Row
    number: int
    typed: str
    was: str
    agreed: list[Pair] = field(default_factory=list)
    warnings: list[Pair] = field(default_factory=list)
    problem: str = ""
    clash: Clash | None = None
    proposal: str = ""
    next: str = ""

    @property
    def anchor(self) -> str:
        return f"row-{self.number}"

    @property
    def says(self) -> str:
        return str(SAYS[self.row.state])

    @property
    def name(self) -> str:
        """The text within its part, or of the whole."""
        return str(self.row.leaf.label)

    @property
    def by(self) -> str:
        """Who wrote or approved the version, as the team reads it."""
        return (self.row.version.by if self.row.version else "").removeprefix(PERSON)

    @property
    def lines(self) -> int:
        """The height of its field."""
        length = max(len(self.row.original.text), len(self.typed))
        return min(14, 2 + length // 60) if self.row.leaf.lines else 1

    @property
    def clash_words(self) -> str:
        value = self.clash.value if self.clash else None
        return str(value.get("text", "")) if isinstance(value, dict) else ""

    @property
    def clash_by(self) -> str:
        return self.clash.by if self.clash else ""


def sides_of(city: City, piece: Piece, tag: str, posted: Mapping[str, str] | None = None) -> list[Side]:
    """Every row of a piece in a language, with what was typed where something was sent."""
    posted = posted or {}
    terms = list(Term.objects.of(city))
    pairs: dict[str, list[Pair]] = {}
    sides = []
    for number, row in enumerate(rows_of(piece.draft.does.shape, piece.draft.document, tag), 1):
        agreed = pairs.setdefault(row.source, Term.between(terms, row.source, tag))
        typed = posted.get(row.path, row.words)
        side = Side(row, number, typed, row.mark, named(row.original.text, row.source, agreed))
        if typed.strip():
            side.warnings = lacking(row.original.text, row.source, typed, tag, side.agreed)
        sides.append(side)
    after = ""
    for side in reversed(sides):
        side.next = after
        if side.row.open:
            after = side.anchor
    return sides


def grouped(sides: Iterable[Side]) -> list[tuple[str, list[Side]]]:
    """Rows by the part that they belong to; those of the whole have no name."""
    return [(part, list(group)) for part, group in groupby(sides, key=lambda side: side.row.part)]


def typed_edit(row: Row, posted: Mapping[str, str]) -> Edit | None:
    """What somebody typed into a field as an edit; None where they left what they saw."""
    value = posted.get(row.path)
    if value is None:
        return None
    words, was = _plain(row, value), posted.get(f"was:{row.path}", "")
    if was == row.mark and words == _plain(row, row.words):
        return None
    if was in {mark({"text": words, "state": state}) for state in STATES} or (not words and not was):
        return None  # it is what they saw, though somebody else has changed it since
    return Edit(row.path, was, words)


def reviewed_edit(row: Row, posted: Mapping[str, str]) -> Edit | None:
    """What stands in a field, as approved; None where nothing does."""
    words = _plain(row, posted.get(row.path, row.words))
    value = {"text": words, "state": "reviewed"}
    return Edit(row.path, posted.get(f"was:{row.path}", ""), value, renew=True) if words else None


def confirmed_edit(row: Row, posted: Mapping[str, str]) -> Edit | None:
    """That a version is still right though its original changed; None where words were typed, which say so by themselves."""
    if row.version is None or typed_edit(row, posted):
        return None
    value = {"text": row.words, "state": row.version.state}
    return Edit(row.path, posted.get(f"was:{row.path}", ""), value, renew=True)


def _plain(row: Row, value: str) -> str:
    return value.replace("\r\n", "\n").strip() if row.leaf.lines else " ".join(value.split())


def refused(side: Side) -> str:
    """Why what was asked for this row was not done, where nothing else says so."""
    return _("There are no words yet to approve.") if not side.typed.strip() else ""
