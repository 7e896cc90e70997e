"""Who has left, and gets nothing any more: a socket for the room above that knows of closed accounts."""

from __future__ import annotations

from collections.abc import Callable, Collection

Which = Callable[[Collection[int]], Collection[int]]
_rooms: dict[str, Which] = {}


def plug(room: str, which: Which) -> None:
    """``which(people)`` gives those of these people, by number, that have left."""
    _rooms[room] = which


def among(people: Collection[int]) -> set[int]:
    """Those of these people, by number, that nothing is sent to."""
    return {number for which in _rooms.values() for number in which(people)} if people else set()
