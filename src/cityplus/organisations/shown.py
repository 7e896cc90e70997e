"""A socket: what the page of an organisation leads to besides its own words. Rooms above plug in from ``apps.ready()``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from cityplus.languages.text import Text
from cityplus.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Line:
    """A thing of it: where it stands, what it is called, and a few words more."""

    url: str
    title: Text
    note: str = ""


Lines = Callable[[Organisation, Any], tuple[Sequence[Line], str]]
_parts: dict[str, tuple[int, str | Promise, Lines]] = {}


def plug(order: int, name: str, title: str | Promise, lines: Lines) -> None:
    """``lines(organisation, person)`` gives what this person may see, and the address where all of it stands, or nothing."""
    _parts[name] = (order, title, lines)


def parts(organisation: Organisation, person: Any) -> list[dict[str, Any]]:
    """The parts that have something to show, in their order."""
    found = []
    for name, (_order, title, lines) in sorted(_parts.items(), key=lambda part: part[1][0]):
        shown, more = lines(organisation, person)
        if shown:
            found.append({"name": name, "title": title, "lines": shown, "more": more})
    return found
