"""A socket: a room above plugs in what may be held for an officer, and what approving and refusing it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Deed = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """``approve(number, by)`` publishes what was held, ``refuse(number, by)`` throws it away; each in the transaction of the decision."""

    approve: Deed
    refuse: Deed


_kinds: dict[str, Kind] = {}


def plug(kind: str, approve: Deed, refuse: Deed) -> None:
    _kinds[kind] = Kind(approve, refuse)


def unplug(kind: str) -> None:
    """Take a kind out; for tests that plugged one in."""
    _kinds.pop(kind, None)


def of_kind(kind: str) -> Kind:
    """The kind.

    Raises:
        LookupError: no room has plugged it in.
    """
    try:
        return _kinds[kind]
    except KeyError:
        raise LookupError(f"no room holds things of the kind {kind}") from None
