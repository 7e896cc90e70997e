"""A socket: who stands behind an actor. A room above plugs in, for each kind of actor, who is told of decisions and may appeal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from cityplus.actors.models import Actor
from cityplus.people.models import Person


@dataclass(frozen=True, slots=True)
class Voice:
    """``people(actor)`` are those who speak for it; ``actors(person)`` the numbers of the actors of this kind that a person speaks
    for; ``may_see(person, actor)`` whether this person may know of it; ``city(actor)`` the number of the actor of its home city;
    ``closed(actor)`` whether it was closed by whoever speaks for it. An actor that is suspended still has its voices."""

    people: Callable[[Actor], Iterable[Person]]
    actors: Callable[[Person], Iterable[int]]
    may_see: Callable[[Any, Actor], bool]
    city: Callable[[Actor], int | None] = lambda actor: None
    closed: Callable[[Actor], bool] = lambda actor: False


_voices: dict[str, Voice] = {}


def plug(kind: str, voice: Voice) -> None:
    _voices[str(kind)] = voice


def unplug(kind: str) -> None:
    """Take a kind out; for tests that plugged one in."""
    _voices.pop(str(kind), None)


def of_kind(kind: str) -> Voice | None:
    return _voices.get(kind)


def people_of(actor: Actor | None) -> list[Person]:
    """Who speaks for an actor; nobody where no room has said so."""
    voice = _voices.get(actor.kind) if actor else None
    return list(voice.people(actor)) if voice and actor else []


def actors_of(person: Person) -> set[int]:
    """All actors that a person speaks for."""
    return {number for voice in _voices.values() for number in voice.actors(person)}


def is_closed(actor: Actor) -> bool:
    """Whether an actor is gone by the will of whoever speaks for it."""
    voice = _voices.get(actor.kind)
    return bool(voice and voice.closed(actor))
