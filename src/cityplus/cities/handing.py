"""A socket: when somebody hands their place in a team over, rooms pass on the open work that bears their name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cityplus.cities.models import City

Passing = Callable[["City", str, str], int]
_passings: dict[str, Passing] = {}


def plug(what: str, passing: Passing) -> None:
    """``passing(city, leaver, successor)`` gives what waits to be done for this city under the first username to the second, in
    the open transaction, and returns how many things that were. Who wrote something stays who wrote it."""
    _passings[what] = passing


def pass_on(city: City, leaver: str, successor: str) -> dict[str, int]:
    """How many things of each sort went over; sorts of which there were none are left out."""
    passed = {what: passing(city, leaver, successor) for what, passing in sorted(_passings.items())}
    return {what: count for what, count in passed.items() if count}
