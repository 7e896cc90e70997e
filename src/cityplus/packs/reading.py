"""The values of a pack's YAML, each with its place: every problem is named with file and line, before anything is written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cityplus.languages.tags import LanguageError, check_tag
from cityplus.languages.text import Text, Version

MOST_WORDS = 20_000
"""Characters that one version of a text may have in a pack of the first format."""


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

    @property
    def place(self) -> Node:
        """Where this stands, without what stands there: to be kept for a message to come."""
        return Node(self.file, self.line, None)

    def mapping(self, required: Sequence[str], optional: Sequence[str] = ()) -> Mapping[str, Node]:
        """The node as a mapping with these keys and no others.

        Raises:
            PackError: it is none, lacks a key, or has one that we do not know.
        """
        if not isinstance(self.value, dict):
            raise self.fail(f"expected keys and values, such as {[*required, *optional][0]}: …")
        for key, node in self.value.items():
            if key not in required and key not in optional:
                raise node.fail(f"“{key[:60]}” is not known here; known are {', '.join([*required, *optional])}")
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
        if "\0" in value:
            raise self.fail("a NUL character stands in it, which no database takes")
        return value

    def one_of(self, choices: Sequence[str]) -> str:
        """The node as one of these words."""
        return self.word("|".join(map(re.escape, choices)), f"one of {', '.join(choices)}")

    def number(self, low: float, high: float) -> float:
        if isinstance(self.value, bool) or not isinstance(self.value, int | float) or not low <= self.value <= high:
            raise self.fail(f"“{str(self.value)[:60]}” is not a number from {low:g} to {high:g}")
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

    def text(self, *, exact: bool = False) -> Text:
        """The node as a text in several languages; plain strings take their state from the original language: the file's, or
        the one whose version says ``original: yes``. ``exact`` takes every word as it stands, blanks and all; else blanks
        around a version go, and an empty one is refused."""
        if not isinstance(self.value, dict) or not self.value:
            raise self.fail(f"expected a text by language, such as {self.original or 'en'}: …")
        said = [tag for tag, node in self.value.items() if isinstance(node.value, dict) and "original" in node.value]
        if said and (not exact or len(said) > 1):
            raise self.value[said[-1]].fail("“original” is not known here, or is said of two languages")
        original = said[0] if said else self.original
        versions = {tag: node._version(tag, original, exact) for tag, node in self.value.items()}
        try:
            return Text(original, versions)
        except LanguageError as error:
            raise self.fail(str(error)) from None

    def _version(self, tag: str, original: str, exact: bool) -> Version:
        try:
            check_tag(tag)
            if not isinstance(self.value, dict):
                return Version(self._words(exact), "author" if tag == original else "machine")
            parts = dict(self.mapping(["text"], ["state", "by", "at", "original"]))
            if "original" in parts:
                parts.pop("original").one_of(["yes"])
            return Version(parts.pop("text")._words(exact), **{k: node._words(exact) for k, node in parts.items()})
        except LanguageError as error:
            raise self.fail(str(error)) from None

    def _words(self, exact: bool) -> str:
        if exact:
            return self.word(r"[\s\S]*", "a text", most=10**9)
        return self.word(meaning="a text", most=MOST_WORDS).strip()
