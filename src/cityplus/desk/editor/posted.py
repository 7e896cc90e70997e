"""The fields of a form, and the values of a document that they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from cityplus.drafts import DocumentError, Edit, mark
from cityplus.drafts.edits import cleaned
from cityplus.drafts.leaves import Leaf, Many, Media, Words
from cityplus.drafts.shapes import Shape
from cityplus.languages.text import STATES

WAS = "was:"
"""What stands before a path in the name of the field that says what the page showed there."""


class Posted(Protocol):
    """A ``QueryDict``."""

    def getlist(self, key: str) -> list[str]: ...
    def get(self, key: str, default: str, /) -> str: ...
    def __iter__(self) -> Any: ...
    def __contains__(self, key: object) -> bool: ...
    def __getitem__(self, key: str) -> Any: ...


def shown(leaf: Leaf, value: Any) -> Any:
    """What a control shows of a value."""
    if isinstance(leaf, Words):
        return value["text"] if value else ""
    if isinstance(leaf, Many):
        return "\n".join(str(one) for one in value or ())
    if isinstance(leaf, Media):
        return [{"medium": str(link["medium"]), "role": link.get("role", "")} for link in value or ()]
    return "" if value is None or (value == 0 and isinstance(value, int)) else value


def value_of(leaf: Leaf, form: Posted, path: str) -> Any:
    """What a form says at a path, as an edit takes it."""
    if isinstance(leaf, Media):
        rows = zip(form.getlist(path), _padded(form, f"{path}:role"), _padded(form, f"{path}:place"), strict=False)
        numbered = [(_place(place, n), medium, role) for n, (medium, role, place) in enumerate(rows, 1) if medium]
        return [{"medium": medium, "role": role} for _, medium, role in sorted(numbered, key=lambda row: row[0])]
    text = str(form.get(path, ""))
    if isinstance(leaf, Many):
        return [line.strip() for line in text.splitlines() if line.strip()]
    return text


def edits(shape: Shape, form: Posted) -> tuple[list[Edit], dict[str, Any]]:
    """The edits that a form makes, those places left out that its writer left as they were; and what it says at all its places,
    as controls show it.

    Raises:
        DocumentError: a path leads nowhere.
    """
    found, typed = [], {}
    for name in form:
        if not name.startswith(WAS):
            continue
        path, was = name.removeprefix(WAS), str(form[name])
        leaf = shape.at(path).leaf
        if leaf is None:
            continue
        value = value_of(leaf, form, path)
        typed[path] = form[path] if isinstance(leaf, Many) and path in form else value
        edit = Edit(path, was, value)
        if not _left(shape, edit, leaf):
            found.append(edit)
    return found, typed


def refused(shape: Shape, found: Iterable[Edit]) -> dict[str, str]:
    """The places whose values do not fit, each with a sentence."""
    problems = {}
    for edit in found:
        try:
            cleaned(shape, edit, by="", at="")
        except DocumentError as problem:
            problems[edit.path] = problem.sentence
    return problems


def carried(form: Posted, paths: Iterable[str]) -> Mapping[str, list[str]]:
    """The fields of a form that say these places, for another form to carry."""
    names = [name for path in paths for name in (path, f"{path}:role", f"{path}:place")]
    return {name: form.getlist(name) for name in names if name in form}


def _left(shape: Shape, edit: Edit, leaf: Leaf) -> bool:
    """Whether a value is the one that the page showed."""
    try:
        value = cleaned(shape, edit, by="", at="")
    except DocumentError:  # but for an empty place that has to be filled before it is published
        return not edit.value and not edit.was
    if isinstance(leaf, Words) and value:
        return edit.was in {mark({"text": value["text"], "state": state}) for state in STATES}
    return mark(value) == edit.was


def _padded(form: Posted, name: str) -> list[str]:
    return [*form.getlist(name), *[""] * len(form)]  # type: ignore[arg-type] # a QueryDict has a length


def _place(text: str, otherwise: int) -> tuple[int, int]:
    return (int(text) if text.isdecimal() and len(text) < 4 else otherwise, otherwise)
