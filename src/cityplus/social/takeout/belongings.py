"""A socket: what a person has in a room above, as one more file of their zip."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from cityplus.people.models import Person
from cityplus.social.takeout.telling import Fact

Told = Callable[[Person], Iterable[Fact]]
_parts: dict[str, Told] = {}
_files: dict[str, Callable[[Person], Iterable[tuple[str, str]]]] = {}


def plug(name: str, told: Told) -> None:
    """Put a file ``<name>.json`` into the zip: a list of what ``told(person)`` gives, one after the other, of what is theirs alone."""
    _parts[name] = told


def plug_files(room: str, files: Callable[[Person], Iterable[tuple[str, str]]]) -> None:
    """Put files of the store into the zip: what ``files(person)`` gives are their names in it, and their keys."""
    _files[room] = files


def files(person: Person) -> Iterable[tuple[str, str]]:
    return [named for given in _files.values() for named in given(person)]


def parts() -> Sequence[tuple[str, Told]]:
    return sorted(_parts.items())
