"""A glossary as a sheet (CSV) that programs for sheets open: out, safe against cells that they would run as formulas, and in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from cityplus.cities.models import City
from cityplus.translation.models import Term, TermError
from cityplus.translation.models.term import MOST_TERMS

COLUMNS = ("source_language", "source", "target_language", "target", "note", "with")
NEEDED = COLUMNS[:4]
MOST_BYTES = 2 * 1024 * 1024
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
MOST_TOLD = 50


class SheetError(ValueError):
    """A sheet that cannot be brought in; ``problems`` are sentences with their lines. Nothing was written."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass
class Brought:
    """What a sheet brought: how many terms are new or changed, and how many were there so already."""

    changed: int = 0
    same: int = 0
    lines: list[str] = field(default_factory=list)


def written(terms: Iterable[Term], city: City) -> bytes:
    """The sheet, in UTF-8 with a mark that says so: without it some programs take it for something else."""
    out = io.StringIO(newline="")
    sheet = csv.writer(out)
    sheet.writerow(COLUMNS)
    for term in terms:
        other = term.other(city)
        cells = (term.source_language, term.source, term.target_language, term.target, term.note)
        sheet.writerow([_safe(cell) for cell in (*cells, other.handle if other else "")])
    return out.getvalue().encode("utf-8-sig")


def brought(content: bytes, city: City, friends: Iterable[City], *, by: str) -> Brought:
    """Keep every term of a sheet, or none. What a sheet does not name stays; separators may be commas, semicolons or tabs.

    Raises:
        SheetError: it is no such sheet, or a line does not fit; each is named.
    """
    rows = _rows(content)
    others = {friend.handle: friend for friend in friends}
    result, problems = Brought(), []
    try:
        with transaction.atomic():
            for line, row in rows:
                handle = row.pop("with", "").removeprefix("@")
                try:
                    if handle and handle not in others:
                        raise TermError(_("“%(handle)s” is no city that yours is tied to.") % {"handle": handle[:60]})
                    _term, changed = Term.keep(city, others.get(handle), by=by, **row)
                except TermError as problem:
                    problems.append(_("Line %(line)s: %(problem)s") % {"line": line, "problem": problem})
                else:
                    result.changed += changed
                    result.same += not changed
            if problems:
                raise SheetError(problems[:MOST_TOLD])
    except csv.Error:
        raise SheetError([_("The file is no sheet of values parted by commas (CSV).")]) from None
    return result


def _rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    if len(content) > MOST_BYTES:
        raise SheetError([_("The file is larger than %(most)s MB.") % {"most": MOST_BYTES // 2**20}])
    text = _decoded(content)
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise SheetError([_("The file is no sheet of values parted by commas (CSV).")]) from None
    names = [name.strip().lower() for name in lines[0]] if lines else []
    if missing := [name for name in NEEDED if name not in names]:
        raise SheetError(
            [_("The first line has to name the columns; it lacks: %(names)s.") % {"names": ", ".join(missing)}]
        )
    if len(lines) - 1 > MOST_TERMS:
        raise SheetError([_("A glossary has at most %(most)s terms.") % {"most": MOST_TERMS}])
    rows = []
    for number, cells in enumerate(lines[1:], 2):
        row = {name: _bare(cell) for name, cell in zip(names, cells, strict=False) if name in COLUMNS}
        if any(row.values()):
            rows.append((number, dict.fromkeys(NEEDED, "") | row))
    return rows


def _decoded(content: bytes) -> str:
    """UTF-8, or UTF-16 with its mark; what is neither is refused rather than guessed."""
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SheetError([_("The file is not in UTF-8. Save it so and try again.")]) from None


def _safe(cell: str) -> str:
    """A cell that no program runs: what could begin a formula gets a sign before it, which :func:`_bare` takes away."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _bare(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
