# ruff: noqa: S608 - the statements are put together from the parts that stand here; values are parameters
"""Timelines: which posts a reader gets, in which order. They are pulled: nothing is written for a follower.

Each is one query for ids and revisions; what the posts look like is kept by those (``fragments``). A page begins before an entry or
after one, so that nothing is shown twice or left out when others post meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from cityplus.actors.models import Actor
from cityplus.social.apart import muted_among
from cityplus.social.models import Follow
from cityplus.social.reader import Reader

PAGE = 20
FEW = 200
"""Follows up to which a home is gathered from the newest of each; for more it is cheaper to walk back through all entries."""
FARTHEST = 25
"""Pages that are read on for who mutes words, until one of theirs is full."""
WEEK = 7 * 24 * 3600 * 1000 << 16
"""As a difference of ids. A boost does not repeat what stood in the same timeline in the week before."""

_LINE = "e.id, e.post_id, e.actor_id, e.kind, p.author_id, p.revision, a.revision, b.revision"
_FROM = (
    "social_entry e JOIN social_post p ON p.id = e.post_id"
    " JOIN actors_actor a ON a.id = p.author_id JOIN actors_actor b ON b.id = e.actor_id"
)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as a reader gets it: ``actor`` is whose entry it is, ``author`` whose post. The revisions are those of the post, its
    author and the entry's actor: what was rendered of the same ones is still true."""

    id: int
    post: int
    actor: int
    kind: str
    author: int
    revision: int
    author_revision: int
    actor_revision: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of a timeline, the newest first, and whether there are more beyond either end."""

    lines: Sequence[Line]
    older: bool
    newer: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: ``before`` an entry, or ``after`` one; else at the newest."""

    before: int | None = None
    after: int | None = None


def home(reader: Reader, place: Place = Place()) -> Stretch:
    """What the actors post and boost that the reading actor follows, and itself. Replies only among those; no questions to the
    public of a city that are not its own."""
    me = reader.actor
    followed = "SELECT target_id FROM social_follow WHERE actor_id = %s"
    mine = f"(e.actor_id = %s OR e.actor_id IN ({followed}))"
    seen_before = (
        "EXISTS (SELECT 1 FROM social_entry f WHERE f.post_id = e.post_id AND f.id < e.id AND f.id > e.id - %s"
        f" AND f.kind <> 'asked' AND (f.actor_id = %s OR f.actor_id IN ({followed})))"
    )
    where = [
        ("e.kind <> 'asked'", []),
        (f"(e.to_id IS NULL OR e.to_id = %s OR e.to_id = e.actor_id OR e.to_id IN ({followed}))", [me, me]),
        (f"(e.kind = 'own' OR NOT {seen_before})", [WEEK, me, me]),
        *_not_shunned(reader),
    ]
    count = len(Follow.objects.filter(actor=me).values_list("pk")[: FEW + 1])
    if count <= FEW:
        return _stretch(where, place, reader, gathered=(me, followed))
    return _stretch([(mine, [me, me]), *where], place, reader)


def of_actor(actor: Actor, reader: Reader, place: Place = Place(), *, replies: bool = False) -> Stretch:
    """What an actor posts and boosts; for a pair, what is said in its space. ``replies`` too, or not."""
    where: list[tuple[str, list[Any]]] = [("e.actor_id = %s", [actor.pk]), ("e.kind <> 'asked'", [])]
    if not replies:
        where.append(("(e.to_id IS NULL OR e.to_id = e.actor_id)", []))
    if actor.pk not in reader.voices:
        follows = "EXISTS (SELECT 1 FROM social_follow s WHERE s.target_id = p.author_id AND s.actor_id = %s)"
        where.append((f"(p.audience = 'public' OR {follows})", [reader.actor]))
    return _stretch([*where, *_not_shunned(reader, but=actor.pk)], place, reader)


def asked_of(city: Actor, reader: Reader, place: Place = Place()) -> Stretch:
    """The questions to the public of a city."""
    return _stretch([("e.actor_id = %s", [city.pk]), ("e.kind = 'asked'", []), *_not_shunned(reader)], place, reader)


def network(reader: Reader, place: Place = Place(), language: str = "") -> Stretch:
    """What everybody posts for everybody, in all languages or in one."""
    where: list[tuple[str, list[Any]]] = [("e.listed", []), *_not_shunned(reader)]
    if language:
        where.append(("e.language = %s", [language]))
    return _stretch(where, place, reader)


def tagged(tag: str, reader: Reader, place: Place = Place()) -> Stretch:
    """Public posts with this hashtag, whose name is folded."""
    tagging = "SELECT t.post_id FROM social_tagging t JOIN social_tag g ON g.id = t.tag_id WHERE g.name = %s"
    where = [(f"e.id IN ({tagging})", [tag]), ("a.limited_at IS NULL", []), *_not_shunned(reader)]
    return _stretch(where, place, reader)


def _not_shunned(reader: Reader, but: int | None = None) -> list[tuple[str, list[Any]]]:
    shunned, languages = sorted(reader.shunned - {but}), reader.apart.languages
    where: list[tuple[str, list[Any]]] = []
    if shunned:
        marks = ", ".join(["%s"] * len(shunned))
        where += [(f"e.actor_id NOT IN ({marks})", [*shunned]), (f"p.author_id NOT IN ({marks})", [*shunned])]
    if languages:
        where.append((f"e.language NOT IN ({', '.join(['%s'] * len(languages))})", [*languages]))
    return where


def _stretch(
    where: Sequence[tuple[str, list[Any]]],
    place: Place,
    reader: Reader,
    gathered: tuple[int | None, str] | None = None,
) -> Stretch:
    """What the reader's muted words leave of it: who has none pays nothing."""
    if not reader.apart.words:
        return _read(where, place, gathered)
    return _sifted(lambda at: _read(where, at, gathered), place, reader)


def _sifted(read: Callable[[Place], Stretch], place: Place, reader: Reader) -> Stretch:
    """A page without the muted posts: it is read on until the page is full, and at most so far as :data:`FARTHEST` says."""
    upward, at, more = place.after is not None, place, False
    kept: list[Line] = []
    for _ in range(FARTHEST):
        part = read(at)
        muted = muted_among(reader.apart, {line.post for line in part.lines})
        fresh = [line for line in part.lines if line.post not in muted]
        kept = [*fresh, *kept] if upward else [*kept, *fresh]
        more = part.newer if upward else part.older
        if len(kept) >= PAGE or not part.lines or not more:
            break
        at = Place(after=part.lines[0].id) if upward else Place(before=part.lines[-1].id)
    more = more or len(kept) > PAGE
    kept = kept[-PAGE:] if upward else kept[:PAGE]
    came = (upward or place.before is not None) and bool(kept)
    return Stretch(kept, older=came if upward else more, newer=more if upward else came)


def _read(
    where: Sequence[tuple[str, list[Any]]], place: Place, gathered: tuple[int | None, str] | None = None
) -> Stretch:
    """One more than a page is asked for, which tells whether there is more that way; the other way there is what one came from."""
    upward = place.after is not None
    bound = place.after if upward else place.before
    conditions, values = [c for c, _ in where], [v for _, vs in where for v in vs]
    if bound is not None:
        conditions.append(f"e.id {'>' if upward else '<'} %s")
        values.append(bound)
    tail = f"WHERE {' AND '.join(conditions)} ORDER BY e.id {'ASC' if upward else 'DESC'} LIMIT {PAGE + 1}"
    sql = f"SELECT {_LINE} FROM {_FROM} {tail}"
    if gathered:
        me, followed = gathered
        sql, values = _gathered(followed, tail), [me, me, *values]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        lines = [Line(*row) for row in cursor.fetchall()]
    more, lines = len(lines) > PAGE, lines[:PAGE]
    if upward:
        lines.reverse()
    came = bound is not None and bool(lines)
    return Stretch(lines, older=came if upward else more, newer=more if upward else came)


def _gathered(followed: str, tail: str) -> str:
    """The same by taking a page of each who is followed, and the newest of those: each is found at once in the index."""
    one = f"SELECT e.id FROM {_FROM} {tail.replace('WHERE ', 'WHERE e.actor_id = w.id AND ', 1)}"
    order = tail[tail.rindex("ORDER BY") :]
    if connection.vendor == "sqlite":
        return (
            f"SELECT {_LINE} FROM (SELECT %s AS id UNION {followed}) w CROSS JOIN social_entry e ON e.id IN ({one})"
            f" JOIN {_FROM.split(' JOIN ', 1)[1]} {order}"
        )
    return (
        f"SELECT {_LINE} FROM (SELECT %s::bigint AS id UNION {followed}) w CROSS JOIN LATERAL ({one}) k"
        f" JOIN social_entry e ON e.id = k.id JOIN {_FROM.split(' JOIN ', 1)[1]} {order}"
    )
