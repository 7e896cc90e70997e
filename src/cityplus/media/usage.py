"""A socket: rooms that show media say where. What is shown somewhere is not deleted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.media.models import Medium


@dataclass(frozen=True, slots=True)
class Use:
    """One place in which a medium is shown: in words, with its address. ``draft``: in work in progress, not for the public."""

    medium: int
    words: str
    url: str
    draft: bool = False


Find = Callable[[Actor, Collection[int] | None], Iterable[Use]]
_finders: dict[str, Find] = {}


def plug(room: str, find: Find) -> None:
    """``find(owner, ids)`` returns every use of those of these media that belong to this actor; None asks for all of its media."""
    _finders[room] = find


def of(owner: Actor, ids: Collection[int] | None = None) -> Iterator[Use]:
    """Every use of media of this actor, the public ones first; ids may be few, or None for all."""
    found = [use for find in _finders.values() for use in find(owner, ids)]
    yield from sorted(found, key=lambda use: use.draft)


def _posters(owner: Actor, ids: Collection[int] | None) -> Iterator[Use]:
    films = Medium.objects.filter(poster__isnull=False, poster__owner=owner).select_related("owner")
    for film in films if ids is None else films.filter(poster__in=ids):
        words = _("Poster of the film %(name)s") % {"name": film.name}
        yield Use(int(film.poster_id or 0), words, film.get_absolute_url())


plug("media", _posters)
