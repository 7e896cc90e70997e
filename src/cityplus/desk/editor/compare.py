"""Two documents beside each other: what differs, leaf by leaf, and in texts word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from cityplus.drafts import mark
from cityplus.drafts.leaves import Choice, Leaf, Many, Media, Medium, Order, Track, Words
from cityplus.drafts.shapes import Document, Each, Shape
from cityplus.languages.tags import direction, name_of, reader_tag

_TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]"  # Chinese, Japanese, Korean: each character by itself
    r"|\s+|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]+|."
)
MOST_TOKENS = 6_000
"""Longer texts are compared by lines: the time grows with the square."""
SMALL = 5
"""Characters; what stayed and is shorter than this is no island of its own between two changes."""


@dataclass(frozen=True)
class Difference:
    """One place that differs. ``html`` has both sides in one, with ``<ins>`` and ``<del>``."""

    path: str
    label: str
    html: SafeString
    language: str = ""

    @property
    def dir(self) -> str:
        return direction(self.language) if self.language else ""

    @property
    def language_name(self) -> str:
        return name_of(self.language, reader_tag()) if self.language else ""


def differences(
    shape: Shape, before: Document, after: Document, names: dict[int, str] | None = None
) -> list[Difference]:
    """What differs from one document to the other, in the order of the page. ``names`` are those of media, by their numbers."""
    found = []
    for path, leaf in _places(shape, before, after):
        one, other = _at(before, path), _at(after, path)
        if mark(one) == mark(other):
            continue
        label = shape.label(after if _at(after, path.rpartition("/")[0]) or "/" not in path else before, path)
        if not isinstance(leaf, Words):
            html = words(_said(leaf, one, names or {}), _said(leaf, other, names or {}))
            found.append(Difference(path, label, html))
            continue
        texts = [(text or {}).get("versions", {}) for text in (one, other)]
        for tag in sorted({*texts[0], *texts[1]}):
            pair = [versions.get(tag, {}).get("text", "") for versions in texts]
            if mark(texts[0].get(tag)) != mark(texts[1].get(tag)):
                found.append(Difference(f"{path}/{tag}", label, words(*pair), tag))
    return found


def words(before: str, after: str) -> SafeString:
    """Both texts in one, word by word; of Chinese, Japanese and Korean character by character."""
    one, other = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(one) + len(other) > MOST_TOKENS:
        one, other = before.splitlines(keepends=True), after.splitlines(keepends=True)
    pieces: list[tuple[str, str, str]] = []
    for i, j, k, m in _changes(one, other):
        before, after = "".join(one[i:j]), "".join(other[k:m])
        if before == after:
            pieces.append(("span", before, "span"))
            continue
        pieces += [(tag, text, tag) for tag, text in (("del", before), ("ins", after)) if text]
    return format_html_join("", "<{}>{}</{}>", pieces)


def _changes(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Spans of both that are the same or stand for each other, in order. A word or two that stayed between two changes are taken
    into them: to read, one change is better than three."""
    found: list[tuple[int, int, int, int]] = []
    steps = difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    for n, (kind, i, j, k, m) in enumerate(steps):
        small = kind == "equal" and 0 < n < len(steps) - 1 and len("".join(one[i:j])) < SMALL
        if found and (
            small or (kind != "equal" and one[found[-1][0] : found[-1][1]] != other[found[-1][2] : found[-1][3]])
        ):
            found[-1] = (found[-1][0], j, found[-1][2], m)
        else:
            found.append((i, j, k, m))
    return found


def _places(shape: Shape, before: Document, after: Document) -> Iterator[tuple[str, Leaf]]:
    seen: set[str] = set()
    for name, part in shape.parts.items():
        if not isinstance(part, Each):
            yield name, part
            continue
        for document in (after, before):
            for path, leaf in shape.places(document):
                if path.startswith(f"{name}/") and path not in seen:
                    seen.add(path)
                    yield path, leaf


def _at(document: Document, path: str) -> Any:
    here: Any = document
    for name in path.split("/"):
        here = here.get(name) if isinstance(here, dict) else None
    return here


def _said(leaf: Leaf, value: Any, names: dict[int, str]) -> str:
    """A value as people read it."""
    if value in (None, "", []):
        return ""
    if isinstance(leaf, Choice):
        return str(dict(leaf.choices).get(value, value))
    if isinstance(leaf, Medium):
        return names.get(value, f"#{value}")
    if isinstance(leaf, Media):
        roles = dict(leaf.roles)
        return "\n".join(_link(link, names, roles) for link in value)
    if isinstance(leaf, Track):
        return f"{len(value)} × (φ, λ)"
    return "\n".join(str(one) for one in value) if isinstance(leaf, Many | Order) else str(value)


def _link(link: dict[str, Any], names: dict[int, str], roles: dict[str, Any]) -> str:
    name = names.get(link["medium"], f"#{link['medium']}")
    return f"{name} ({roles[link['role']]})" if link.get("role") in roles else name


def media_in(shape: Shape, documents: Sequence[Document]) -> set[int]:
    """The numbers of all media that documents name."""
    found: set[int] = set()
    for document in documents:
        for path, leaf in shape.places(document):
            value = _at(document, path)
            if isinstance(leaf, Medium) and value:
                found.add(value)
            elif isinstance(leaf, Media):
                found |= {link["medium"] for link in value or ()}
    return found
