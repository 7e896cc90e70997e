"""What waits for somebody at a desk: each part of the desk says what it has, and the first page shows all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from cityplus.desk.access import Desk


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits: a sentence, where one does it, and since when. What is ``urgent`` comes first."""

    words: str
    url: str
    since: datetime | None = None
    urgent: bool = False


Source = Callable[[Desk], Iterable[Waiting]]
_sources: dict[str, Source] = {}


def plug(part: str, source: Source) -> None:
    """``source(desk)`` says what waits for this person, and nothing that their role may not do. Parts plug in from
    ``DeskConfig.ready()``."""
    _sources[part] = source


def for_person(desk: Desk) -> list[Waiting]:
    """All that waits: the urgent first, then what has waited longest."""
    found = [one for source in _sources.values() for one in source(desk)]
    return sorted(found, key=lambda one: (not one.urgent, one.since.timestamp() if one.since else 0.0))
