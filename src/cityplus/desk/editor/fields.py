"""The fields of a piece as its page shows them, made from the shape of its document."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from cityplus.cities.documents import media_of
from cityplus.desk.editor import posted
from cityplus.desk.editor.layout import LAYOUTS, Group, hint_of
from cityplus.desk.pieces import Piece
from cityplus.desk.policies import may_edit
from cityplus.drafts import mark
from cityplus.drafts.leaves import Choice, Leaf, Many, Media, Medium, Track, Words
from cityplus.drafts.shapes import Each, in_order
from cityplus.languages.tags import direction
from cityplus.media.models import Medium as LibraryMedium

MOST_CHOICES = 300  # of the media of a library in a list without JavaScript; the picker searches all of them
FEW = 4
KINDS = {Words: "words", Choice: "choice", Many: "many", Medium: "medium", Media: "media", Track: "track"}
"""Which template shows a leaf; all others are a line."""


@dataclass(frozen=True)
class Field:
    """One leaf on the page: ``value`` is what stands in the document (of a text the version), ``shown`` what stands in the control."""

    path: str
    leaf: Leaf
    value: Any
    shown: Any
    editable: bool
    hint: str = ""
    problem: str = ""
    language: str = ""
    original: Mapping[str, str] | None = None
    choices: Sequence[tuple[str, Any]] = ()
    label: str = ""
    media: Mapping[int, LibraryMedium] = field(default_factory=dict)
    lacks: bool = False

    @property
    def chosen(self) -> LibraryMedium | None:
        """The medium that stands here."""
        return self.media.get(int(self.shown)) if str(self.shown).isdecimal() else None

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The media that stand here in their order, and an empty place for one more."""
        given = [*self.shown, {"medium": "", "role": ""}]
        return [
            {**row, "place": n, "object": self.media.get(int(row["medium"] or 0))} for n, row in enumerate(given, 1)
        ]

    @property
    def kind(self) -> str:
        return KINDS.get(type(self.leaf), "line")

    @property
    def template(self) -> str:
        return f"desk/fields/{self.kind}.html"

    @property
    def id(self) -> str:
        """Its anchor, whatever the language; gaps and other pages link to it."""
        return anchor(self.path.removesuffix(f"/{self.language}") if self.language else self.path)

    @property
    def mark(self) -> str:
        return mark(self.value)

    @property
    def dir(self) -> str:
        return direction(self.language) if self.language else ""

    @property
    def state(self) -> str:
        """Of a text: how the version came to be."""
        return str(self.value.get("state", "")) if isinstance(self.value, dict) else ""

    @property
    def inputmode(self) -> str:
        return {"Degrees": "decimal", "Whole": "numeric", "Link": "url"}.get(type(self.leaf).__name__, "")

    @property
    def most(self) -> int | None:
        return getattr(self.leaf, "most", None) if self.kind in {"words", "line"} and not self.inputmode else None

    @property
    def lines(self) -> bool:
        return isinstance(self.leaf, Words) and self.leaf.lines


def anchor(path: str) -> str:
    """The anchor of the field of a path, of a text without its language."""
    return "f-" + path.replace("/", "-")


@dataclass(frozen=True)
class Part:
    """One part of a group: a stop, a strength, a contact."""

    path: str
    label: str
    fields: list[Field]
    mark: str
    first: bool
    last: bool
    lacks: int = 0

    @property
    def open(self) -> bool:
        """Whether it stands open: what is small, and what was not taken. Others fold, for a route has sixty stops."""
        return len(self.fields) < FEW or any(field.problem for field in self.fields)

    @property
    def id(self) -> str:
        return "p-" + self.path.replace("/", "-")


@dataclass(frozen=True)
class Section:
    """A group of the layout with what is in it."""

    group: Group
    fields: list[Field] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


class Sheet:
    """The page of a piece in one language. ``typed`` are the values of a form that was not taken, ``problems`` say why, by path."""

    def __init__(
        self,
        piece: Piece,
        role: str,
        language: str,
        *,
        typed: Mapping[str, Any] | None = None,
        problems: Mapping[str, str] | None = None,
        lacking: Collection[str] = (),
    ) -> None:
        self.piece, self.role, self.language = piece, role, language
        self.shape, self.document = piece.draft.does.shape, piece.draft.document
        self.typed, self.problems, self.lacking = typed or {}, problems or {}, lacking
        self.media = media_of(piece.city.actor, self.shape, self.document)
        self._library: dict[str, list[tuple[str, str]]] = {}

    def sections(self) -> list[Section]:
        return [self._section(group) for group in LAYOUTS[self.piece.draft.kind]]

    def _section(self, group: Group) -> Section:
        if not group.each:
            return Section(group, [self._field(name) for name in group.names])
        keys = in_order(self.shape, self.document, group.each)
        parts = []
        for key in keys:
            path = f"{group.each}/{key}"
            fields = [self._field(f"{path}/{name}") for name in group.names]
            lacks = sum(where == path or where.startswith(f"{path}/") for where in self.lacking)
            label = self.shape.label(self.document, path)
            seen = mark(self.document[group.each][key])
            parts.append(Part(path, label, fields, seen, key == keys[0], key == keys[-1], lacks))
        return Section(group, parts=parts)

    def _field(self, path: str) -> Field:
        leaf = self._leaf(path)
        text = isinstance(leaf, Words)
        full = f"{path}/{self.language}" if text else path
        value = self.shape.at(full).value(self.document)
        shown = self.typed[full] if full in self.typed else posted.shown(leaf, value)
        return Field(
            full, leaf, value, shown, may_edit(self.role, self.shape, self.document, [full]),
            hint=hint_of(path), problem=self.problems.get(full, ""), language=self.language if text else "",
            original=self._original(path) if text else None, choices=self._choices(leaf), label=str(leaf.label),
            media=self.media if isinstance(leaf, Medium | Media) else {}, lacks=path in self.lacking or full in self.lacking,
        )  # fmt: skip

    def _leaf(self, path: str) -> Leaf:
        names = path.split("/")
        part = self.shape.parts[names[0]]
        return cast("Leaf", part.shape.parts[names[2]] if isinstance(part, Each) else part)

    def _original(self, path: str) -> Mapping[str, str] | None:
        """The words of the original, where this language is another."""
        here: Any = self.document
        for name in path.split("/"):
            here = here[name]
        if not here or here["original"] == self.language:
            return None
        tag = here["original"]
        return {"tag": tag, "dir": direction(tag), "text": here["versions"][tag]["text"]}

    def _choices(self, leaf: Leaf) -> Sequence[tuple[str, Any]]:
        if isinstance(leaf, Choice):
            return leaf.choices
        if isinstance(leaf, Medium):
            return self.library(leaf.kind)
        return self.library("") if isinstance(leaf, Media) else ()

    def library(self, kind: str) -> list[tuple[str, str]]:
        """The media of the city of one kind (empty: of all), as pairs of number and name, the newest first."""
        if kind not in self._library:
            found = LibraryMedium.objects.filter(owner=self.piece.city.actor).order_by("-pk")
            found = found.filter(kind=kind) if kind else found
            pairs = found.values_list("pk", "name")[:MOST_CHOICES]
            self._library[kind] = [(str(pk), name) for pk, name in pairs]
        return self._library[kind]
