"""A socket: a room above says what its things look like as documents, and how a document becomes rows."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Protocol

from cityplus.drafts.errors import Gap
from cityplus.drafts.leaves import Leaf
from cityplus.drafts.shapes import Document, Shape


class Kind(Protocol):
    """What a room says of one kind of draft. ``subject`` is the number of the thing."""

    name: str
    shape: Shape

    def read(self, subject: int) -> Document:
        """The document of the thing as it is now."""
        ...

    def verify(self, subject: int, edits: Collection[tuple[str, Leaf, Any]]) -> None:
        """Look at what only the database knows, such as whose a medium is.

        Raises:
            DocumentError: a value does not do.
        """
        ...

    def gaps(self, subject: int, document: Document) -> list[Gap]:
        """What publishing this document lacks."""
        ...

    def title(self, subject: int, document: Document) -> str:
        """What the thing is called, in the language of the page."""
        ...

    def needs_review(self, subject: int) -> bool:
        """Whether somebody else than its writers must approve it."""
        ...

    def write(self, subject: int, document: Document, *, by: str) -> None:
        """Make the rows what the document says, and show them to the public; in the open transaction."""
        ...


_kinds: dict[str, Kind] = {}


def plug(kind: Kind) -> None:
    _kinds[kind.name] = kind


def kind_of(name: str) -> Kind:
    """The kind of this name.

    Raises:
        LookupError: no room has plugged it in.
    """
    try:
        return _kinds[name]
    except KeyError:
        raise LookupError(f"there are no drafts of the kind {name}") from None
