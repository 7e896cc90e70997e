"""YAML as we read it: parsed piece by piece within bounds, with a line for every value, and with nothing that could unfold.

Dates and clock times stay words, and “no” is Norwegian, not false: only whole numbers, decimals and null are read as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from cityplus.languages.tags import LanguageError, check_tag
from cityplus.packs.reading import Node, PackError

MOST_BYTES = 4 * 1024 * 1024
MOST_DEPTH = 32
MOST_VALUES = 200_000
"""Of one file: each value costs a few hundred bytes of memory."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CORE = "tag:yaml.org,2002:"
_WHOLE, _DECIMAL = re.compile(r"[-+]?(?:0|[1-9]\d*)", re.ASCII), re.compile(r"[-+]?\d+\.\d+", re.ASCII)
_MOST_DIGITS = 400


def read_file(path: Path, root: Path) -> Node:
    """Read one YAML file of a pack; its node knows the original language that the file's head names.

    Raises:
        PackError: the file is missing, too large, not UTF-8 or not YAML.
    """
    shown = path.relative_to(root.parent)
    node = _tree(_text(path, shown), shown)
    if not isinstance(node.value, dict) or "original" not in node.value:
        raise PackError(f"{shown}: the head must name the original language, such as original: en")
    head = node.value["original"]
    try:
        check_tag(head.value)
    except LanguageError as error:
        raise head.fail(str(error)) from None
    return Node(node.file, node.line, node.value, head.value)


def _text(path: Path, shown: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise PackError(f"{shown} has more than {MOST_BYTES // 2**20} MB")
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise PackError(f"{shown} is missing") from None
    except OSError as error:
        raise PackError(f"{shown} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise PackError(f"{shown}: not UTF-8 at byte {error.start}") from None


def _tree(text: str, shown: Path) -> Node:
    try:
        node = _Builder(shown, yaml.parse(text, Loader=_Loader)).whole()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise PackError(f"{shown}{line}: not YAML: {getattr(error, 'problem', None) or error}") from None
    if node is None:
        raise PackError(f"{shown} is empty")
    return node


class _Builder:
    """Builds nodes from the parser's events as they come, and stops at the first that is not taken."""

    def __init__(self, shown: Path, events: Iterator[Any]) -> None:
        self.shown, self.events, self.values = shown, events, 0

    def whole(self) -> Node | None:
        node = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent | yaml.DocumentEndEvent | yaml.StreamStartEvent):
                continue
            if isinstance(event, yaml.StreamEndEvent):
                break
            if node is not None:
                raise self.fail(event, "a file holds one document")
            node = self.node(event, 0)
        return node

    def fail(self, event: Any, problem: str) -> PackError:
        return PackError(f"{self.shown}, line {_line(event)}: {problem}")

    def node(self, event: Any, depth: int) -> Node:
        self.values += 1
        if self.values > MOST_VALUES:
            raise self.fail(event, f"more than {MOST_VALUES} values in one file")
        if depth > MOST_DEPTH:
            raise self.fail(event, "nested too deeply")
        if isinstance(event, yaml.AliasEvent):
            raise self.fail(event, f"no aliases (*{event.anchor}): write it out")
        line = _line(event)
        if isinstance(event, yaml.ScalarEvent):
            return Node(self.shown, line, self.scalar(event))
        kind = "map" if isinstance(event, yaml.MappingStartEvent) else "seq"
        if event.tag not in {None, "!", _CORE + kind}:
            raise self.fail(event, f"the tag {event.tag} is not taken")
        return Node(self.shown, line, self.mapping(depth) if kind == "map" else self.sequence(depth))

    def mapping(self, depth: int) -> dict[str, Node]:
        values: dict[str, Node] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                raise self.fail(event, "a key is a word")
            if event.value in values:
                raise self.fail(event, f"“{event.value[:60]}” is said twice")
            child = self.node(next(self.events), depth + 1)
            values[event.value] = Node(self.shown, _line(event), child.value)
        return values

    def sequence(self, depth: int) -> list[Node]:
        values = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            values.append(self.node(event, depth + 1))
        return values

    def scalar(self, event: Any) -> str | int | float | None:
        value: str = event.value
        tag = _resolved(value) if event.tag is None and event.implicit[0] else (event.tag or _CORE + "str")
        try:
            if tag in {_CORE + "str", "!"}:
                return value
            if tag == _CORE + "int" and len(value) <= _MOST_DIGITS:
                return int(value)
            if tag == _CORE + "float":
                return float(value)
        except ValueError:  # such as “!!int many”
            tag = event.tag
        if tag == _CORE + "null" and value in {"", "~", "null"}:
            return None
        raise self.fail(event, f"“{value[:60]}” with the tag {tag} is not taken")


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _resolved(value: str) -> str:
    """What a plain word is read as."""
    if value in {"", "~", "null"}:
        return _CORE + "null"
    if _WHOLE.fullmatch(value):
        return _CORE + "int"
    return _CORE + ("float" if _DECIMAL.fullmatch(value) else "str")
