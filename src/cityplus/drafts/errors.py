"""What keeps a draft back, and what an edit meets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cityplus.lib.lifecycle import LifeCycleError


@dataclass(frozen=True)
class Gap:
    """Something that publishing needs and that is not there: a sentence, and the path where it belongs (empty: the whole)."""

    words: str
    where: str = ""

    def __str__(self) -> str:
        return self.words


class NotReady(ValueError):
    """A thing that cannot be published yet; ``gaps`` say what is missing, and where."""

    def __init__(self, gaps: Sequence[Gap]) -> None:
        super().__init__(" ".join(gap.words for gap in gaps))
        self.gaps = list(gaps)


class NotAllowed(LifeCycleError):
    """A step that the rules of the city do not let this person take; the message is a sentence for them."""


@dataclass(frozen=True, slots=True)
class Clash:
    """An edit of what somebody else changed since its writer looked: what stands there now, by whom, since when."""

    path: str
    value: Any
    mark: str
    by: str
    at: datetime | None


class DraftClash(Exception):
    """Some edits meet what somebody else wrote meanwhile; none of the request was written."""

    def __init__(self, clashes: list[Clash]) -> None:
        super().__init__(", ".join(clash.path for clash in clashes))
        self.clashes = clashes


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of edits: the revision, and the marks of the places that were set and of the parts they belong to."""

    revision: int
    marks: dict[str, str]
