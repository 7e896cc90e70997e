"""A socket: where the team of a city works. The room that has its pages plugs in from ``apps.ready()``."""

from __future__ import annotations

from collections.abc import Callable

from cityplus.cities.models import City

Address = Callable[[City], str]
_address: Address | None = None


def plug(address: Address) -> None:
    """``address(city)`` is where a member of its team begins."""
    global _address  # noqa: PLW0603 - one door for the whole house
    _address = address


def of(city: City) -> str:
    """Where who has just joined its team goes; to the page of the city, as long as no room has plugged in."""
    return _address(city) if _address else city.get_absolute_url()
