"""A socket: rooms whose members act for an actor say who may add media to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cityplus.actors.models import Actor

Right = Callable[[Any, Actor], bool]
_rights: dict[str, Right] = {}


def plug(room: str, right: Right) -> None:
    """``right(person, owner)`` says whether this person may add media that belong to this actor."""
    _rights[room] = right


def may_add(person: Any, owner: Actor) -> bool:
    return bool(person.is_authenticated) and any(right(person, owner) for right in _rights.values())
