"""The socket of the page of an organisation: what rooms above show there of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.http import HttpRequest
from django.utils.safestring import SafeString

from cityplus.organisations.models import Organisation

Show = Callable[[HttpRequest, Organisation], SafeString]


class Part(NamedTuple):
    """A part as it is shown; ``style`` is the style sheet that it needs."""

    html: SafeString
    style: str


_parts: dict[str, tuple[int, Show, str]] = {}


def plug(order: int, name: str, show: Show, style: str) -> None:
    """Show something on the page of each organisation, from ``apps.ready()``: HTML as this visitor may see it, empty for nothing. Lower
    ``order`` comes first."""
    _parts[name] = (order, show, style)


def shown(request: HttpRequest, organisation: Organisation) -> list[Part]:
    """What there is to show to this visitor."""
    found = [
        Part(show(request, organisation), style) for _, show, style in sorted(_parts.values(), key=lambda one: one[0])
    ]
    return [part for part in found if part.html]
