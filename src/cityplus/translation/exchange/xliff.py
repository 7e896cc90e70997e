"""XLIFF 2 (OASIS): files in version 2.0, and reading of 2.0 and 2.1, whose core is the same."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _

from cityplus.routes.formats.reading import FileError
from cityplus.routes.formats.reading.finds import Finds
from cityplus.routes.formats.reading.xml import XmlReader
from cityplus.routes.formats.xmltree import document, element
from cityplus.translation.exchange.units import MOST_UNITS, FileRefused, Found, Unit, original_mark
from cityplus.translation.rows import State

CORE = "urn:oasis:names:tc:xliff:document:2.0"
OLD = "urn:oasis:names:tc:xliff:document:1.2"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
STATES = {State.MISSING: "initial", State.OUTDATED: "initial", State.MACHINE: "initial", State.AUTHOR: "translated",
          State.REVIEWED: "reviewed"}  # fmt: skip
"""Ours as XLIFF has them; what somebody has yet to work at is “initial”, and its sub-state says why."""
ORDER = ["initial", "translated", "reviewed", "final"]
_MARKED = re.compile(r"u\d+-([0-9a-f]{12})")
_CODES = {"ph", "cp", "sc", "ec"}


def written(units: Iterable[Unit], *, original: str, source: str, target: str) -> bytes:
    """A file of these units. ``original`` says of which piece they are."""
    root = ET.Element("xliff", {"xmlns": CORE, "version": "2.0", "srcLang": source, "trgLang": target})
    file = element(root, "file", id="f1", original=original, canResegment="no")
    file.set(_SPACE, "preserve")
    for number, unit in enumerate(units, 1):
        made = element(file, "unit", id=f"u{number}-{unit.mark}", name=unit.path)
        notes = element(made, "notes")
        for category, words in unit.notes:
            element(notes, "note", words, category=category)
        segment = element(made, "segment", id="s1", state=STATES[unit.state])
        if unit.state in {State.OUTDATED, State.MACHINE}:
            segment.set("subState", f"cityplus:{unit.state}")
        element(segment, "source", unit.source).set(_SPACE, "preserve")
        if unit.target:
            element(segment, "target", unit.target).set(_SPACE, "preserve")
    return document(root)


def read(content: bytes, *, original: str, target: str) -> list[Found]:
    """The units of a file that was written for this piece and language.

    Raises:
        FileRefused: it is no such file, is of something else, or is dangerous.
    """
    reader = _Reader(original, target)
    try:
        reader.read(io.BytesIO(content), len(content), lambda percent, rows: None)
    except FileError as problem:
        raise FileRefused(str(problem)) from None
    if not reader.is_xliff:
        raise FileRefused(_("The file is no XLIFF 2."))
    return reader.found


class _Reader(XmlReader):
    def __init__(self, original: str, target: str) -> None:
        super().__init__(Finds("XLIFF"))
        self.original, self.target = original, target
        self.is_xliff = False
        self.found: list[Found] = []
        self._line, self._name, self._id = 0, "", ""
        self._source: list[str] = []
        self._target: list[str] = []
        self._states: list[str] = []
        self._codes = False
        names = {name: f"{CORE} {name}" for name in ("xliff", "file", "unit", "segment", "source", "target")}
        self._inline = {f"{CORE} {name}" for name in _CODES}
        self.openers = {
            names["xliff"]: self._xliff, names["file"]: self._file, names["unit"]: self._unit,
            names["segment"]: self._segment, f"{OLD} xliff": self._too_old,
        }  # fmt: skip
        self.closers = {
            names["unit"]: self._close,
            names["source"]: self._source.append,
            names["target"]: self._target.append,
        }
        self.texts = {names["source"], names["target"]}

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._text is not None and name in self._inline:
            self._codes = True
        super()._start(name, attributes)

    def _xliff(self, attributes: dict[str, str]) -> None:
        self.is_xliff = True
        if attributes.get("trgLang", self.target).lower() != self.target.lower():
            raise self.fail(
                _("the file is for %(there)s, and here is %(here)s.")
                % {"there": attributes["trgLang"][:20], "here": self.target}
            )

    def _too_old(self, attributes: dict[str, str]) -> None:
        raise self.fail(_("the file is XLIFF 1.2. Save it as XLIFF 2 and try again."))

    def _file(self, attributes: dict[str, str]) -> None:
        said = attributes.get("original", self.original)
        if said != self.original:
            raise self.fail(
                _("the file is of %(there)s, and here is %(here)s.") % {"there": said[:120], "here": self.original}
            )

    def _unit(self, attributes: dict[str, str]) -> None:
        if len(self.found) >= MOST_UNITS:
            raise self.fail(_("the file has more than %(most)s units.") % {"most": MOST_UNITS})
        self._line = self._parser.CurrentLineNumber
        self._name, self._id = attributes.get("name", "")[:300], attributes.get("id", "")
        self._states, self._codes = [], False
        self._source.clear()
        self._target.clear()

    def _segment(self, attributes: dict[str, str]) -> None:
        state = attributes.get("state", "initial")
        self._states.append(state if state in ORDER else "initial")

    def _close(self, _text: str) -> None:
        marked = _MARKED.fullmatch(self._id)
        mark = marked[1] if marked else original_mark("".join(self._source))
        state = min(self._states, key=ORDER.index, default="initial")
        self.found.append(Found(self._line, self._name, mark, "".join(self._target), state, self._codes))
