"""Which files of the store the rows name: what a backup takes along, and what is asked for again when it is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from cityplus import jobs
from cityplus.media.models import Medium, Piece, Rendition

Naming = Callable[[], Iterable[str]]
_others: dict[str, Naming] = {}


def plug(room: str, naming: Naming) -> None:
    """Have a room say which files of the store its own rows name, beside media. Files that are gone by then are no loss."""
    _others[room] = naming


def keys_in_use(*, renditions: bool) -> Iterator[tuple[str, str]]:
    """The key of each file once, with the SHA-256 that it must have: of renditions, which can be made again, none is kept, and it
    is empty. Every model column that holds a key is asked here; a test looks for others."""
    yield from Medium.objects.order_by("original").values_list("original", "sha256").distinct()
    if renditions:
        yield from ((key, "") for key in Rendition.objects.order_by("key").values_list("key", flat=True).distinct())
    yield from ((key, "") for key in Piece.objects.order_by("key").values_list("key", flat=True))
    for naming in _others.values():
        yield from ((key, "") for key in naming())


def make_again(is_here: Callable[[str], bool], why: str) -> int:
    """Forget the renditions of every medium that lacks the file of one, and have jobs make them anew; returns how many media.
    ``why`` is part of the jobs' keys: asking for the same reason twice is asking once."""
    lacking = {
        medium for medium, key in Rendition.objects.values_list("medium_id", "key").iterator() if not is_here(key)
    }
    for medium in sorted(lacking):
        Rendition.objects.filter(medium_id=medium).delete()
        jobs.enqueue("media.render", key=f"{why}:{medium}", priority=6, medium_id=medium)
    return len(lacking)
