"""Edits of a document: plain values, no database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from cityplus.drafts.leaves import Leaf, Order, Unfit, Words
from cityplus.drafts.shapes import Document, DocumentError, Each, Place, Shape
from cityplus.languages.tags import LanguageError, check_tag
from cityplus.languages.text import STATES


@dataclass(frozen=True)
class Edit:
    """One place set to a value. ``was`` is the :func:`mark` of what its writer saw there. ``sent`` are values that they sent before
    and heard no answer for: where one of those stands, they meet themselves.

    Of a text the value is its words, or ``{"text": …, "state": "machine"}`` (or ``reviewed``) for what a machine proposed or a
    person approved; empty words remove the version. Of a part as a whole it is None, which removes it, or a mapping of its leaves.
    ``renew`` says that somebody looked at a version and found it still right: its time becomes now though its words stay, and
    the words of an author stay that author's.
    """

    path: str
    was: str
    value: Any
    renew: bool = False
    sent: tuple[Any, ...] = ()


def mark(value: Any) -> str:
    """Twelve characters that tell a value from others, empty for nothing: of a text's version, who wrote it and when is no part."""
    if value in (None, "", [], {}) or (value == 0 and isinstance(value, int)):  # 0.0 is a place: the equator
        return ""
    written = json.dumps(_bare(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(written.encode(), digest_size=6).hexdigest()


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        if "text" in value:
            return [value["text"], value.get("state", "author")]
        return {key: _bare(inner) for key, inner in value.items()}
    return [_bare(inner) for inner in value] if isinstance(value, list) else value


def marks(shape: Shape, document: Document, paths: Iterable[str]) -> dict[str, str]:
    """The marks of places, of the parts that they belong to, of what is in parts that were set as a whole, and of the orders."""
    given = list(paths)
    wanted = {path for one in given for path in (one, "/".join(one.split("/")[:2]))}
    wanted |= {name for name, part in shape.parts.items() if isinstance(part, Order)}
    wanted |= {inner for one in given for inner in _inside(shape, document, one)}
    found: dict[str, str] = {}
    for path in wanted:
        try:
            found[path] = mark(shape.at(path).value(document))
        except DocumentError:  # the head of a path of a text is no place of its own
            continue
    return found


def _inside(shape: Shape, document: Document, path: str) -> list[str]:
    """The paths in a part as a whole, each version of a text by its own."""
    names = path.split("/")
    part = (
        document.get(names[0], {}).get(names[1])
        if len(names) == 2 and isinstance(shape.parts.get(names[0]), Each)
        else None
    )
    found: list[str] = []
    for name, value in (part or {}).items():
        versions = value.get("versions") if isinstance(value, dict) else None
        found += [f"{path}/{name}"] if versions is None else [f"{path}/{name}/{tag}" for tag in versions]
    return found


def cleaned(shape: Shape, edit: Edit, *, by: str, at: str) -> Any:
    """The value of an edit as it is kept; None removes.

    Raises:
        DocumentError: the place is none, or does not take the value.
    """
    return _cleaned(shape.at(edit.path), edit, by=by, at=at)


def _cleaned(place: Place, edit: Edit, *, by: str = "", at: str = "") -> Any:
    try:
        if place.group:
            return None if edit.value is None else _part(place.group, edit, by=by, at=at)
        if place.language:
            return _version(place.leaf, edit.value, by=by, at=at)
        return place.leaf.clean(edit.value) if place.leaf else None
    except Unfit as problem:
        raise DocumentError(edit.path, str(problem)) from None


def put(document: Document, place: Place, value: Any) -> None:
    """Set a place of a document to a cleaned value. Mappings on the way are made anew: a shallow copy is left as it was."""
    here = document
    for name in place.names[: -2 if place.language else -1]:
        here[name] = dict(here.get(name) or {})
        here = here[name]
    if not place.language:
        if place.group and value is None:
            here.pop(place.names[-1], None)
        else:
            here[place.names[-1]] = value
        return
    text = here.get(place.names[-2]) or {}
    versions = {tag: version for tag, version in text.get("versions", {}).items() if tag != place.language}
    original = text.get("original", "")
    if value is not None:
        if place.language == original:
            versions = {tag: _before(version, value["at"]) for tag, version in versions.items()}
        versions[place.language] = value
    if original not in versions:
        original = next(iter(versions), "")
    here[place.names[-2]] = {"original": original, "versions": versions} if versions else {}


def _renewed(present: dict[str, str], value: dict[str, str]) -> dict[str, str]:
    """A version that was found right: by whom it was is kept of an author's, whom nobody else becomes by reading."""
    return present | {"at": value["at"]} if present.get("state", "author") == "author" else value


def _before(version: dict[str, str], at: str) -> dict[str, str]:
    """A version that was there when its original was changed: of one whose time nobody knew we now know that it is no later, and
    so that it is outdated."""
    if version.get("at") or not at:
        return version
    return version | {"at": (datetime.fromisoformat(at) - timedelta(microseconds=1)).isoformat()}


def applied(
    document: Document, edits: Sequence[Edit], values: Sequence[tuple[Place, Any]]
) -> tuple[Document, list[str], list[tuple[str, Any]]]:
    """A copy with the cleaned edits in it, the paths that changed, and those that met another value than their writer saw, with it."""
    document = dict(document)
    changed: list[str] = []
    met: list[tuple[str, Any]] = []
    for edit, (place, value) in zip(edits, values, strict=True):
        present = place.value(document)
        if mark(present) == mark(value):
            if edit.renew and present:
                put(document, place, _renewed(present, value))
                changed.append(edit.path)
            continue
        if mark(present) != edit.was and mark(present) not in _sent(place, edit):
            met.append((edit.path, present))
            continue
        put(document, place, value)
        changed.append(edit.path)
    return document, changed, met


def _sent(place: Place, edit: Edit) -> set[str]:
    """The marks of what the writer sent before."""
    found = set()
    for value in edit.sent:
        with suppress(DocumentError):  # what was not taken stands nowhere
            found.add(mark(_cleaned(place, replace(edit, value=value))))
    return found


def overlap(one: str, other: str) -> bool:
    """Whether one path is, or leads into, the other."""
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


def _version(leaf: Leaf | None, value: Any, *, by: str, at: str) -> dict[str, str] | None:
    state = "author"
    if isinstance(value, dict) and set(value) <= {"text", "state"}:
        state, value = value.get("state", "author"), value.get("text")
    if state not in STATES or leaf is None:
        raise Unfit(_("This is no text."))
    text = leaf.clean(value)
    return {"text": text, "state": state, "by": by, "at": at} if text else None


def _part(group: Each, edit: Edit, *, by: str, at: str) -> Document:
    if not isinstance(edit.value, dict):
        raise Unfit(_("This is no part of a draft."))
    part: Document = {}
    for name, leaf in group.shape.parts.items():
        if isinstance(leaf, Leaf):
            part[name] = leaf.empty
    for name, value in edit.value.items():
        inner_leaf = group.shape.parts.get(name)
        if not isinstance(inner_leaf, Leaf):
            raise DocumentError(f"{edit.path}/{name}", _("There is no such place."))
        if not isinstance(inner_leaf, Words):
            part[name] = inner_leaf.clean(value)
            continue
        if not isinstance(value, dict):
            raise DocumentError(f"{edit.path}/{name}", _("This is no text."))
        for tag, words in value.items():
            inner = Edit(f"{edit.path}/{name}/{tag}", "", words)
            put(
                part, Place(inner.path, [name, tag], leaf=inner_leaf, language=tag), _checked(inner_leaf, inner, by, at)
            )
    return part


def _checked(leaf: Words, edit: Edit, by: str, at: str) -> dict[str, str] | None:
    try:
        check_tag(edit.path.rpartition("/")[2])
        return _version(leaf, edit.value, by=by, at=at)
    except (LanguageError, Unfit) as problem:
        raise DocumentError(edit.path, str(problem)) from None
