"""The head of every page: a room plugs a part of it in from ``apps.ready()``, as a template of its own."""

from __future__ import annotations

_parts: dict[str, int] = {}


def plug(order: int, template: str) -> None:
    """Include a template among the tools of the header; it brings its own script and works without it. Lower ``order`` first."""
    _parts[template] = order


def parts() -> list[str]:
    return sorted(_parts, key=lambda template: (_parts[template], template))
