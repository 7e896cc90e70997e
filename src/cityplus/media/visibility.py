"""A socket: rooms that show media say which of them a person may see. Whoever may see the page may see its pictures, and nobody else.

Asking is fast for files that everybody may see: the answer is kept in each process until the journal moves, as pages are.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser

from cityplus.journal import latest_id
from cityplus.media.models import Medium


@dataclass(frozen=True, slots=True)
class Standing:
    """The media that a file belongs to (two that are equal share one), and whether everybody may see one of them."""

    media: tuple[int, ...]
    public: bool


Rule = Callable[[Any, Collection[int]], Iterable[int]]
_rules: dict[str, Rule] = {}
_KEPT = 20_000
_kept: OrderedDict[str, tuple[int, Standing]] = OrderedDict()
_lock = threading.Lock()


def plug(room: str, rule: Rule) -> None:
    """``rule(person, ids)`` returns those of these media that the room shows to this person; nobody signed in is an
    ``AnonymousUser``, and what that one may see is everybody's."""
    _rules[room] = rule


def seen_by(person: Any, ids: Collection[int]) -> set[int]:
    """Those of these media that a person may see: shown by a room, or the poster of one that is."""
    films: dict[int, set[int]] = {}
    for poster, film in Medium.objects.filter(poster__in=ids).values_list("poster_id", "id"):
        films.setdefault(poster, set()).add(film)
    asked = {*ids, *(film for those in films.values() for film in those)}
    shown = {found for rule in _rules.values() for found in rule(person, asked)}
    return {one for one in ids if one in shown or films.get(one, set()) & shown}


def standing(name: str, find: Callable[[], Collection[int]]) -> Standing:
    """How it stands with what has this name (the key of a file, say): ``find`` gives the media it belongs to, and is asked when
    the answer is not kept."""
    revision = latest_id(quiet=True)  # before it is asked: what happens meanwhile must end the answer
    kept = _kept.get(name)
    if kept and kept[0] == revision:
        return kept[1]
    media = tuple(find())
    found = Standing(media, bool(media) and bool(seen_by(AnonymousUser(), media)))
    with _lock:
        _kept[name] = (revision, found)
        _kept.move_to_end(name)
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
    return found


def forget() -> None:
    """Forget what is kept; for tests, which turn the journal back."""
    with _lock:
        _kept.clear()
