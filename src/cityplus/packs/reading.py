"""Reading a pack's YAML strictly: every problem is named with its file and line, before anything is written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from cityplus.languages.tags import LanguageError, check_tag
from cityplus.languages.text import Text, Version

FORMAT = "cityplus-pack/1"
MOST_WORDS = 20_000
"""Characters that one version of a text may have."""


class PackError(ValueError):
    """A pack that cannot be understood; the message names file and line and says what to do."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a YAML file that knows where it stands. ``value`` is a dict or list of nodes, or a plain scalar."""

    file: Path
    line: int
    value: Any
    original: str = ""

    def fail(self, problem: str) -> PackError:
        return PackError(f"{self.file}, line {self.line}: {problem}")

    def mapping(self, required: Sequence[str], optional: Sequence[str] = ()) -> Mapping[str, Node]:
        """The node as a mapping with these keys and no others.

        Raises:
            PackError: it is none, lacks a key, or has one that we do not know.
        """
        if not isinstance(self.value, dict):
            raise self.fail(f"expected keys and values, such as {required[0]}: …")
        for key, node in self.value.items():
            if key not in required and key not in optional:
                raise node.fail(f"“{key}” is not known here; known are {', '.join([*required, *optional])}")
        missing = [key for key in required if key not in self.value]
        if missing:
            raise self.fail(f"{', '.join(missing)} must be said here")
        return {key: Node(n.file, n.line, n.value, self.original) for key, n in self.value.items()}

    def items(self) -> list[Node]:
        """The node as a list."""
        if not isinstance(self.value, list):
            raise self.fail("expected a list, each item after a dash")
        return [Node(n.file, n.line, n.value, self.original) for n in self.value]

    def word(self, pattern: str = r"[\s\S]*\S[\s\S]*", meaning: str = "a word", most: int = 200) -> str:
        """The node as a string of a certain shape and of so many characters at most."""
        if isinstance(self.value, dict | list):
            raise self.fail(
                f"expected {meaning}, not {'keys and values' if isinstance(self.value, dict) else 'a list'}"
            )
        value = "" if self.value is None else str(self.value)
        if not re.fullmatch(pattern, value):
            raise self.fail(f"“{value[:60]}” is not {meaning}")
        if len(value) > most:
            raise self.fail(f"{len(value)} characters are too many; at most {most}")
        return value

    def one_of(self, choices: Sequence[str]) -> str:
        """The node as one of these words."""
        return self.word("|".join(map(re.escape, choices)), f"one of {', '.join(choices)}")

    def number(self, low: float, high: float) -> float:
        if isinstance(self.value, bool) or not isinstance(self.value, int | float) or not low <= self.value <= high:
            raise self.fail(f"“{self.value}” is not a number from {low:g} to {high:g}")
        return self.value

    def whole(self, low: int, high: int) -> int:
        number = self.number(low, high)
        if int(number) != number:
            raise self.fail(f"“{number}” is not a whole number")
        return int(number)

    def tag(self, tag: str = "") -> str:
        """The node, or the key it stands under, as a language tag."""
        try:
            return check_tag(tag or self.word())
        except LanguageError as error:
            raise self.fail(str(error)) from None

    def text(self) -> Text:
        """The node as a text in several languages; plain strings take their state from the file's original language."""
        if not isinstance(self.value, dict) or not self.value:
            raise self.fail(f"expected a text by language, such as {self.original or 'en'}: …")
        versions = {tag: node._version(tag, self.original) for tag, node in self.value.items()}
        try:
            return Text(self.original, versions)
        except LanguageError as error:
            raise self.fail(str(error)) from None

    def _version(self, tag: str, original: str) -> Version:
        try:
            check_tag(tag)
            if isinstance(self.value, dict):
                parts = self.mapping(["text"], ["state", "by", "at"])
                return Version(**{key: node.word(most=MOST_WORDS).strip() for key, node in parts.items()})
            words = self.word(meaning="a text", most=MOST_WORDS).strip()
            return Version(words, "author" if tag == original else "machine")
        except LanguageError as error:
            raise self.fail(str(error)) from None


class _Loader(yaml.SafeLoader):
    """Builds nodes with their lines, and refuses a key that is said twice and an alias, which could unfold without end."""

    path: Path

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise PackError(
                f"{self.path}, line {event.start_mark.line + 1}: no aliases (*{event.anchor}): write it out"
            )
        return super().compose_node(parent, index)

    def node(self, node: yaml.Node) -> Node:
        line = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            values: dict[str, Node] = {}
            for key_node, value_node in node.value:
                key = str(self.construct_object(key_node))
                if key in values:
                    raise PackError(f"{self.path}, line {key_node.start_mark.line + 1}: “{key}” is said twice")
                child = self.node(value_node)
                values[key] = Node(child.file, key_node.start_mark.line + 1, child.value)
            return Node(self.path, line, values)
        if isinstance(node, yaml.SequenceNode):
            return Node(self.path, line, [self.node(item) for item in node.value])
        try:
            plain = self.construct_object(node) if node.tag in _PLAIN_TAGS else None
        except ValueError:  # such as “!!int many”
            plain = None
        if plain is None and node.tag != "tag:yaml.org,2002:null":
            raise PackError(f"{self.path}, line {line}: “{node.value}” with the tag {node.tag} is not taken")
        return Node(self.path, line, plain)


# Dates and clock times stay words, and “no” is Norwegian, not false: only whole numbers, decimals and null are read.
_PLAIN_TAGS = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "null")}
_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:int", r"^[-+]?(0|[1-9]\d*)$", "-+0123456789"),
    ("tag:yaml.org,2002:float", r"^[-+]?\d+\.\d+$", "-+0123456789"),
    ("tag:yaml.org,2002:null", r"^(null|~|)$", ["n", "~", ""]),
):
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))


def read_file(path: Path, root: Path) -> Node:
    """Read one YAML file of a pack; its node knows the original language that the file's head names.

    Raises:
        PackError: the file is missing, is not UTF-8 or not YAML.
    """
    shown = path.relative_to(root.parent)
    try:
        node = _tree(path.read_text(encoding="utf-8"), shown)
    except FileNotFoundError:
        raise PackError(f"{shown} is missing") from None
    except UnicodeDecodeError as error:
        raise PackError(f"{shown}: not UTF-8 at byte {error.start}") from None
    except RecursionError:
        raise PackError(f"{shown}: nested too deeply") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise PackError(f"{shown}{line}: not YAML: {getattr(error, 'problem', error)}") from None
    if not isinstance(node.value, dict) or "original" not in node.value:
        raise PackError(f"{shown}: the head must name the original language, such as original: en")
    head = node.value["original"]
    try:
        check_tag(head.value)
    except LanguageError as error:
        raise head.fail(str(error)) from None
    return Node(node.file, node.line, node.value, head.value)


def _tree(text: str, shown: Path) -> Node:
    loader = _Loader(text)
    loader.path = shown
    try:
        tree = loader.get_single_node()
        if tree is None:
            raise PackError(f"{shown} is empty")
        return loader.node(tree)
    finally:
        loader.dispose()
