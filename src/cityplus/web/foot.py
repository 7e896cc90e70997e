"""A socket for what stands unseen at the foot of a page: a room above plugs a part in from ``apps.ready()``."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

Part = Callable[[HttpRequest], SafeString | str]
_parts: dict[str, Part] = {}


def plug(name: str, part: Part) -> None:
    """``part(request)`` gives the markup for this page, or nothing."""
    _parts[name] = part


def parts(request: HttpRequest) -> list[SafeString | str]:
    return [markup for part in _parts.values() if (markup := part(request))]
