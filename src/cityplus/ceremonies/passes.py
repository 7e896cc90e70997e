"""Who gets in where, and what they see: by who they are, or by what they hold in their hand.

An announced ceremony is everybody's. **Inside** are the teams of its cities, the office, and who holds a key: the word of the hall,
which the code on its wall carries, or the invitation of a guest. They see it before it is announced, and its rehearsals; nobody else does.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Any

from cityplus.ceremonies import tickets
from cityplus.ceremonies.models import Ceremony

TEAM = "team"
"""In the address of a stream: in the name of a person who knows the ceremony from the inside."""


@dataclass(frozen=True, slots=True)
class Pass:
    """A ceremony for who may see it. ``key`` is what they brought along, if it opens; it goes on with them from page to page."""

    ceremony: Ceremony
    inside: bool
    key: str = ""

    @property
    def query(self) -> str:
        return f"?key={self.key}" if self.key else ""

    @property
    def hall(self) -> str:
        """The word of the hall, for who is inside."""
        return self.ceremony.key if self.inside else ""

    @property
    def part(self) -> str:
        """Their part of the streams of a ceremony."""
        return part_of(self.ceremony.pk, self.key or (TEAM if self.inside else ""))


def pass_of(person: Any, pk: int, key: str = "") -> Pass | None:
    """What somebody with this key (or none) may see of a ceremony; None when it is not there for them."""
    found = Ceremony.objects.select_related("music").filter(pk=pk).first()
    if found is None:
        return None
    if key and opens(key, found):
        return Pass(found, True, key)
    if Ceremony.objects.known_to(person).filter(pk=pk).exists():
        return Pass(found, True)
    return Pass(found, False) if found.announced else None


def opens(key: str, ceremony: Ceremony) -> bool:
    """Whether this is the word of its hall, or the invitation of one of its guests."""
    if hmac.compare_digest(key.encode(errors="replace"), ceremony.key.encode()):
        return True
    guest = tickets.invited(key)
    return guest is not None and guest.ceremony_id == ceremony.pk


def part_of(pk: int, way: str = "") -> str:
    return f"{pk}.{way}" if way else str(pk)


def may_listen(person: Any, part: str) -> bool:
    """Whether somebody gets in by this part of a stream: ``7`` for what is announced, ``7.team``, or ``7.<key>``."""
    said, _, way = part.partition(".")
    if not said.isascii() or not said.isdecimal() or len(said) > 18:
        return False
    if way and way != TEAM:
        found = Ceremony.objects.filter(pk=int(said)).first()
        return found is not None and opens(way, found)
    seen = Ceremony.objects.known_to(person) if way else Ceremony.objects.visible_to(person)
    return seen.filter(pk=int(said)).exists()


def hears(part: str) -> str:
    """The part whose events are heard there: everybody hears what is in earnest, who is inside the rehearsals too."""
    said, _, way = part.partition(".")
    return inside(int(said)) if way else said


def inside(pk: int) -> str:
    """The part of a stream that has everything."""
    return f"{pk}.all"
