"""What comes of the units of a file: each is judged, and what fits becomes an edit. Plain values, no database."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cityplus.drafts import Edit
from cityplus.drafts.leaves import Unfit
from cityplus.translation.exchange.units import Found, original_mark
from cityplus.translation.rows import Row, State

_ADDRESSES = re.compile(r"\]\(([^()\s]*)\)|(https?://[^\s<>()\[\]]+)")


@dataclass(frozen=True)
class Line:
    """What became of one unit, in words; ``trouble`` says that it cannot be written."""

    line: int
    place: str
    words: str
    trouble: bool = False


@dataclass
class Judgement:
    """Of a whole file: what would be written, and a line for each unit that is, or cannot be; the others are counted."""

    edits: list[Edit] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    same: int = 0
    empty: int = 0

    @property
    def troubles(self) -> list[Line]:
        return [line for line in self.lines if line.trouble]

    @property
    def written(self) -> list[Line]:
        return [line for line in self.lines if not line.trouble]


def judge(rows: Iterable[Row], units: Sequence[Found]) -> Judgement:
    """Match units to rows by path and by the mark of their originals."""
    known = {row.key: row for row in rows}
    counted = Counter(unit.path for unit in units)
    result = Judgement()
    for unit in units:
        row = known.get(unit.path)
        problem = _("There is no such text here.") if row is None else _problem(row, unit, counted[unit.path])
        if row is None or problem:
            result.lines.append(Line(unit.line, row.place if row else unit.path or "?", problem, trouble=True))
            continue
        if _is_open(unit):
            result.empty += 1
            continue
        edit, words = _edit(row, unit)
        if edit is None:
            result.same += 1
        else:
            result.edits.append(edit)
            result.lines.append(Line(unit.line, row.place, words))
    return result


def _problem(row: Row, unit: Found, times: int) -> str:
    """Why a unit cannot be taken; empty when it can."""
    if times > 1:
        return _("The file has this text more than once.")
    if unit.mark != original_mark(row.original.text):
        return _("The original was changed since the file was made.")
    return "" if _is_open(unit) else _unfit(row, unit)


def _is_open(unit: Found) -> bool:
    return not unit.target.strip() or unit.state == "fuzzy"


def _unfit(row: Row, unit: Found) -> str:
    """What is wrong with the words of a unit."""
    try:
        words = row.leaf.clean(unit.target)
    except Unfit as problem:
        return str(problem)
    if unit.codes:
        return _("It holds codes of a program, which would be lost.")
    if lost := list((_addresses(row.original.text) - _addresses(words)).elements()):
        return _("It has lost an address of the original: %(address)s") % {"address": lost[0][:200]}
    return ""


def _edit(row: Row, unit: Found) -> tuple[Edit | None, str]:
    """What is written for a unit: new words, or the word of a translator that those that stand here are right."""
    words = row.leaf.clean(unit.target)
    approved = unit.state in {"reviewed", "final"}
    same = words == row.words.strip()
    if same and unit.state == "initial":
        return None, ""  # nobody has worked at it
    if same and row.state == State.REVIEWED:
        return None, ""
    if same and row.state == State.AUTHOR and not approved:
        return None, ""
    value = {"text": words, "state": "reviewed" if approved else "author"}
    said = (
        _("approved")
        if same and approved
        else _("still right")
        if same
        else _("new")
        if not row.words
        else _("changed")
    )
    return Edit(row.path, row.mark, value, renew=True), said


def _addresses(text: str) -> Counter[str]:
    return Counter(link or bare for link, bare in _ADDRESSES.findall(text))
