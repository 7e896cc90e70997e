"""A socket: the picture beside an actor's name. A room that has actors with pictures plugs in from ``apps.ready()``."""

from __future__ import annotations

from cityplus.actors.models import Actor
from cityplus.media.models import Medium

FACE = ["city", "profile__home__actor", "profile__picture"]
"""What is shown of an actor beside their name, from the actor on, for ``select_related``. It grows as rooms plug in."""
_pictures: dict[str, tuple[str, str]] = {Actor.Kind.PERSON: ("profile", "picture")}


def plug(kind: str, has: str, picture: str) -> None:
    """The actors of this kind show the medium ``picture`` of what they have as ``has``."""
    _pictures[kind] = (has, picture)
    if (path := f"{has}__{picture}") not in FACE:
        FACE.append(path)


def renditions(before: str = "") -> list[str]:
    """What is fetched with them, for ``prefetch_related``; ``before`` is the way to the actor."""
    return [f"{before}{has}__{picture}__renditions" for has, picture in _pictures.values()]


def picture_of(actor: Actor) -> Medium | None:
    """The picture that stands beside their name, ready or still being made; None for one that has none."""
    has, picture = _pictures.get(actor.kind, ("", ""))
    found = getattr(getattr(actor, has, None), picture, None) if has else None
    return found if isinstance(found, Medium) else None
