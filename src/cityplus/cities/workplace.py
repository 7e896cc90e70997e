"""A socket: where the team of a city works. The room that has its pages plugs in from ``apps.ready()``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cityplus.cities.models import City

Address = Callable[[City], str]
Frame = Callable[[City, Any], tuple[str, Mapping[str, Any]]]
_address: Address | None = None
_frame: Frame | None = None


def plug(address: Address, frame: Frame) -> None:
    """``address(city)`` is where a member of its team begins; ``frame(city, person)`` the template in which that person sees the pages
    of the desk, with what it needs. Its blocks are ``desk_title``, ``desk_head`` and ``part``."""
    global _address, _frame
    _address, _frame = address, frame


def of(city: City) -> str:
    """Where who has just joined its team goes; to the page of the city, as long as no room has plugged in."""
    return _address(city) if _address else city.get_absolute_url()


def frame(city: City, person: Any) -> tuple[str, Mapping[str, Any]]:
    """What a page of another room stands in that is for a member of the city's team: a template, and its context.

    Raises:
        LookupError: no room has plugged the desk in.
    """
    if _frame is None:
        raise LookupError("no room has plugged the desk of cities in: see workplace.plug")
    return _frame(city, person)
