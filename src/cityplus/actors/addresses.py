"""A socket: kinds of actors whose page does not stand at ``/@handle/``."""

from __future__ import annotations

from collections.abc import Callable

_addresses: dict[str, Callable[[str], str]] = {}


def plug(kind: str, address: Callable[[str], str]) -> None:
    """``address(handle)`` is where the page of an actor of this kind stands."""
    _addresses[kind] = address


def address_of(kind: str, handle: str) -> str:
    """Where the page of this actor stands; empty where nothing else is said than ``/@handle/``."""
    return _addresses[kind](handle) if kind in _addresses else ""
