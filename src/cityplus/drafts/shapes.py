"""The shape of a document, and edits of it: plain values, no database.

A document is nested mappings with leaves; a **path** names a place in it by keys with ``/`` between them. Of a text in several
languages each version has a path of its own: ``stops/pier/story/nl``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cityplus.drafts.leaves import Leaf, Order, Words
from cityplus.languages.tags import LanguageError, check_tag

Document = dict[str, Any]
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


class DocumentError(ValueError):
    """A value that a document does not take. ``path`` says where, ``sentence`` what is wrong."""

    def __init__(self, path: str, sentence: str) -> None:
        super().__init__(f"{path}: {sentence}")
        self.path, self.sentence = path, sentence


@dataclass(frozen=True)
class Each:
    """A group of parts of one shape, each under a key of its own: small letters, digits and hyphens. ``label`` names one part."""

    shape: Shape
    label: Callable[[Document, int], str]
    most: int = 100


@dataclass(frozen=True)
class Shape:
    """Named parts: leaves, and groups (:class:`Each`) at the top alone."""

    parts: Mapping[str, Leaf | Each]

    def empty(self) -> Document:
        """A document in which nobody has written."""
        return {name: {} if isinstance(part, Each) else part.empty for name, part in self.parts.items()}

    def at(self, path: str) -> Place:
        """What stands at a path.

        Raises:
            DocumentError: there is no such place.
        """
        names = path.split("/")
        part: Leaf | Each | None = self.parts.get(names[0])
        if isinstance(part, Each):
            if len(names) < 2 or not _KEY.fullmatch(names[1]):
                raise DocumentError(path, _("There is no such place."))
            if len(names) == 2:
                return Place(path, names, group=part)
            leaf = part.shape.parts.get(names[2])
            rest = names[3:]
        else:
            leaf, rest = part, names[1:]
        if not isinstance(leaf, Leaf) or len(rest) != (1 if isinstance(leaf, Words) else 0):
            raise DocumentError(path, _("There is no such place."))
        if rest:
            try:
                check_tag(rest[0])
            except LanguageError as error:
                raise DocumentError(path, str(error)) from None
        return Place(path, names, leaf=leaf, language=rest[0] if rest else "")

    def places(self, document: Document) -> Iterator[tuple[str, Leaf]]:
        """Every leaf that a document has, by its path; a text is one, whatever its languages."""
        for name, part in self.parts.items():
            if isinstance(part, Each):
                for key in in_order(self, document, name):
                    for inner, leaf in part.shape.parts.items():
                        if isinstance(leaf, Leaf):
                            yield f"{name}/{key}/{inner}", leaf
            else:
                yield name, part

    def texts(self, document: Document) -> Iterator[tuple[str, Words]]:
        """Every text in several languages, by its path, whether it has words or not."""
        for path, leaf in self.places(document):
            if isinstance(leaf, Words):
                yield path, leaf

    def label(self, document: Document, path: str) -> str:
        """What a place is called to people, such as “Stop 3 (Pier): Story”."""
        names = path.split("/")
        part = self.parts[names[0]]
        if not isinstance(part, Each):
            return str(part.label)
        keys = in_order(self, document, names[0])
        item = document.get(names[0], {}).get(names[1], {})
        whole = part.label(item, keys.index(names[1]) + 1 if names[1] in keys else 0)
        leaf = part.shape.parts.get(names[2]) if len(names) > 2 else None
        return f"{whole}: {leaf.label}" if isinstance(leaf, Leaf) else whole

    def settle(self, document: Document) -> None:
        """Put in order what edits left: every part has its place in the order of its group, and every leaf a value."""
        for name, part in self.parts.items():
            if isinstance(part, Each):
                group = document.setdefault(name, {})
                for item in group.values():
                    for inner, leaf in part.shape.parts.items():
                        if isinstance(leaf, Leaf):
                            item.setdefault(inner, leaf.empty)
            else:
                document.setdefault(name, part.empty)
        for name, part in self.parts.items():
            if isinstance(part, Order):
                document[name] = part.settled(document[name], document.get(part.of, {}))


@dataclass(frozen=True)
class Place:
    """A place of a document: a leaf (of a text, one ``language`` of it), or a part of a group as a whole."""

    path: str
    names: list[str]
    leaf: Leaf | None = None
    group: Each | None = None
    language: str = ""

    def value(self, document: Document) -> Any:
        """What stands there: of a text the version, ``{"text", "state", …}``; None where there is nothing."""
        here: Any = document
        for name in self.names[:-1] if self.language else self.names:
            here = here.get(name) if isinstance(here, dict) else None
            if here is None:
                return None
        return here.get("versions", {}).get(self.language) if self.language else here

    def leaves(self, value: Any) -> list[tuple[str, Leaf, Any]]:
        """The leaves that setting this place to a cleaned value sets, but for texts, whose words need no looking up."""
        if self.leaf:
            return [] if self.language else [(self.path, self.leaf, value)]
        if self.group is None or value is None:
            return []
        parts = self.group.shape.parts.items()
        return [(f"{self.path}/{n}", leaf, value[n]) for n, leaf in parts if isinstance(leaf, Leaf) and n in value]

    def is_translation(self, document: Document) -> bool:
        """Whether it is a version of a text that was written in another language first."""
        if not self.language:
            return False
        text = Place(self.path, self.names[:-1]).value(document) or {}
        return bool(text.get("original")) and text["original"] != self.language


def in_order(shape: Shape, document: Document, group: str) -> list[str]:
    """The keys of a group's parts in their order."""
    present = document.get(group, {})
    for name, part in shape.parts.items():
        if isinstance(part, Order) and part.of == group:
            return part.settled(document.get(name, []), present)
    return list(present)
