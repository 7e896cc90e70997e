"""Who reads: a person with the actors for whom they may speak, or nobody."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cityplus.actors.models import Actor
from cityplus.social.speakers import voices

if TYPE_CHECKING:
    from cityplus.social.apart import Apart


@dataclass(frozen=True)
class Reader:
    """Who asks for posts. ``actor`` is the one as whom they read (a person's own, unless another is said); ``voices`` all for whom
    they may speak, and so what they may know of."""

    actor: int | None = None
    voices: frozenset[int] = frozenset()
    username: str = ""

    @classmethod
    def of(cls, person: Any, acting_as: Actor | None = None) -> Reader:
        """The reader that a request's user is; asks the database for their voices."""
        found = voices.of(person)
        if not found:
            return NOBODY
        actor = acting_as or next((a for a in found if a.kind == Actor.Kind.PERSON), None)
        return cls(actor.pk if actor else None, frozenset(a.pk for a in found), person.username)

    @cached_property
    def apart(self) -> Apart:
        """What the reading actor does not want to read: one query, and none for who has no actor."""
        from cityplus.social import apart  # noqa: PLC0415 - it asks models, and these ask who reads

        return apart.of(self.actor) if self.actor else apart.Apart()

    @property
    def shunned(self) -> frozenset[int]:
        """Whose posts the reading actor does not get: whom it blocks or mutes, and who blocks it."""
        return self.apart.shunned


NOBODY = Reader()
