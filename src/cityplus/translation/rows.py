"""The texts of a document beside their versions in one language, and how far these are. Plain values, no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from cityplus.drafts.edits import mark
from cityplus.drafts.leaves import Words
from cityplus.drafts.shapes import Document, Shape
from cityplus.languages.tags import direction
from cityplus.languages.text import Text, Version


class State(StrEnum):
    """How far a version is; the first three need somebody's work."""

    MISSING = "missing"
    OUTDATED = "outdated"
    MACHINE = "machine"
    AUTHOR = "author"
    REVIEWED = "reviewed"


OPEN = frozenset({State.MISSING, State.OUTDATED, State.MACHINE})


def state_of(text: Text, tag: str) -> State:
    """How far the version of a text in a language is."""
    version = text.versions.get(tag)
    if version is None or not version.text.strip():
        return State.MISSING
    return State.OUTDATED if text.is_outdated(tag) else State(version.state)


@dataclass(frozen=True)
class Row:
    """One text of a document and its version in ``language``. ``place`` names it to people, ``part`` the part it belongs to."""

    key: str
    place: str
    part: str
    leaf: Words
    text: Text
    language: str

    @property
    def path(self) -> str:
        """The path of the version in the document."""
        return f"{self.key}/{self.language}"

    @property
    def original(self) -> Version:
        return self.text.versions[self.text.original]

    @property
    def source(self) -> str:
        return self.text.original

    @property
    def version(self) -> Version | None:
        return self.text.versions.get(self.language)

    @property
    def words(self) -> str:
        """The words of the version; empty where there is none."""
        return self.version.text if self.version else ""

    @property
    def state(self) -> State:
        return state_of(self.text, self.language)

    @property
    def open(self) -> bool:
        return self.state in OPEN

    @property
    def is_free_for_machines(self) -> bool:
        """Whether a machine may write here: nobody has written or approved what stands there."""
        return self.version is None or self.version.state == "machine"

    @property
    def mark(self) -> str:
        """The mark of the version, for edits of it."""
        stored = self.text.as_json()["versions"].get(self.language)
        return mark(stored)

    @property
    def source_dir(self) -> str:
        return direction(self.source)


def rows_of(shape: Shape, document: Document, language: str) -> Iterator[Row]:
    """Every text of a document that was written in another language than this one, in the order of the document."""
    parts: dict[str, str] = {}  # a part is named once, though all its texts bear its name
    for key, leaf in shape.texts(document):
        names = key.split("/")
        here = document
        for name in names:
            here = here.get(name) or {}
        text = Text.from_json(here)
        if text and text.original != language and str(text).strip():
            head = "/".join(names[:2]) if len(names) > 1 else ""
            if head not in parts:
                parts[head] = shape.label(document, head) if head else ""
            place = f"{parts[head]}: {leaf.label}" if head else str(leaf.label)
            yield Row(key, place, parts[head], leaf, text, language)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many texts of something are how far in one language."""

    missing: int = 0
    outdated: int = 0
    machine: int = 0
    done: int = 0

    @classmethod
    def of(cls, states: Iterable[State]) -> Counts:
        counted = dict.fromkeys(("missing", "outdated", "machine", "done"), 0)
        for state in states:
            counted[state.value if state in OPEN else "done"] += 1
        return cls(**counted)

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.missing + other.missing,
            self.outdated + other.outdated,
            self.machine + other.machine,
            self.done + other.done,
        )

    @property
    def open(self) -> int:
        return self.missing + self.outdated + self.machine

    @property
    def total(self) -> int:
        return self.open + self.done

    @property
    def percent(self) -> int:
        """How much is done, 0 to 100; whole only when nothing is left."""
        return 100 * self.done // self.total if self.total else 100

    @property
    def need(self) -> tuple[int, int, int]:
        """For sorting, the neediest largest: what is wrong counts before what is missing, and that before what is rough."""
        return self.missing + self.outdated, self.outdated, self.machine
