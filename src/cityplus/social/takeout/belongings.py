"""A socket: what a person has in a room above, as one more file of their zip."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from cityplus.people.models import Person
from cityplus.social.takeout.telling import Fact

Told = Callable[[Person], Iterable[Fact]]
_parts: dict[str, Told] = {}


def plug(name: str, told: Told) -> None:
    """Put a file ``<name>.json`` into the zip: a list of what ``told(person)`` gives, one after the other, of what is theirs alone."""
    _parts[name] = told


def parts() -> Sequence[tuple[str, Told]]:
    return sorted(_parts.items())
