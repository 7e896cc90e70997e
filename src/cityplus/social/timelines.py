# ruff: noqa: S608 - the statements are put together from the parts that stand here; values are parameters
"""Timelines: which posts a reader gets, in which order. They are pulled: nothing is written for a follower.

Each is one query for ids and revisions; what the posts look like is kept by those (``fragments``). A page begins before an entry or
after one, so that nothing is shown twice or left out when others post meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from cityplus.actors.models import Actor
from cityplus.social.apart import muted_among
from cityplus.social.models import Follow
from cityplus.social.speakers.reader import Reader

PAGE = 20
NEAR = 200
"""Follows up to which a home is asked of each who is followed; for more, walking back through what all post finds a page sooner."""
WALK = 4_000
"""Entries that such a walk passes at most: whoever follows many that are silent is then served by asking each."""
WIDEN = 8
"""Of those who are followed, a page is looked for among the ones with the nearest entries, then among so many times more."""
FARTHEST = 25
"""Pages that are read on for who mutes words, until one of theirs is full."""
WEEK = 7 * 24 * 3600 * 1000 << 16
"""As a difference of ids. A boost does not repeat what stood in the same timeline in the week before."""

Condition = tuple[str, Sequence[Any]]
_MOST = 2**63 - 1
_LINE = "e.id, e.post_id, e.actor_id, e.kind, p.author_id, p.revision, a.revision, b.revision"
_JOINS = (
    " JOIN social_post p ON p.id = e.post_id"
    " JOIN actors_actor a ON a.id = p.author_id JOIN actors_actor b ON b.id = e.actor_id"
)
_FROM = f"social_entry e{_JOINS}"
_LIMITED = (
    "SELECT 1 FROM social_post q JOIN actors_actor r ON r.id = q.author_id"
    " WHERE q.id = e.post_id AND r.limited_at IS NOT NULL"
)
_UNLIMITED: Condition = ("a.limited_at IS NULL", [])
"""What public timelines have: nothing of an account that is limited, whoever reads."""


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
    """Where a page begins: ``before`` an entry, or ``after`` one; else at the newest. And how many lines it has at most."""

    before: int | None = None
    after: int | None = None
    size: int = PAGE

    @property
    def upward(self) -> bool:
        return self.after is not None

    @property
    def order(self) -> str:
        return "ASC" if self.upward else "DESC"

    def beyond(self, column: str) -> Condition:
        """That something stands where the page is."""
        bound = self.after if self.upward else self.before
        return ("TRUE", []) if bound is None else (f"{column} {'>' if self.upward else '<'} %s", [bound])


def home(reader: Reader, place: Place = Place()) -> Stretch:
    """What the actors post and boost that the reading actor follows, and itself. Replies only among those; no questions to the
    public of a city that are not its own."""
    return _sifted(lambda at: _home(reader, at), place, reader)


def _home(reader: Reader, place: Place) -> Stretch:
    me = reader.actor
    followed = "SELECT target_id FROM social_follow WHERE actor_id = %s"
    # The plus keeps both engines from collecting all entries of all who are followed before they sort them.
    mine = f"(+e.actor_id = %s OR +e.actor_id IN ({followed}))"
    seen_before = (
        "EXISTS (SELECT 1 FROM social_entry f WHERE f.post_id = e.post_id AND f.id < e.id AND f.id > e.id - %s"
        f" AND f.kind <> 'asked' AND (f.actor_id = %s OR f.actor_id IN ({followed})))"
    )
    where: list[Condition] = [
        ("e.kind <> 'asked'", []),
        (f"(e.kind = 'own' OR NOT EXISTS ({_LIMITED} AND r.id <> %s AND r.id NOT IN ({followed})))", [me, me]),
        (f"(e.to_id IS NULL OR e.to_id = %s OR e.to_id = e.actor_id OR e.to_id IN ({followed}))", [me, me]),
        (f"(e.kind = 'own' OR NOT {seen_before})", [WEEK, me, me]),
        *_not_shunned(reader),
    ]
    count = len(Follow.objects.filter(actor=me).values_list("pk")[: NEAR + 1])
    if count > NEAR:
        walked = _lines([(mine, [me, me]), *where, _within_a_walk(place)], place)
        if len(walked) > place.size:
            return _stretch(walked, place)
    return _stretch(_of_each(me, where, place), place)


def of_actor(actor: Actor, reader: Reader, place: Place = Place(), *, replies: bool = False) -> Stretch:
    """What an actor posts and boosts; for a pair, what is said in its space. ``replies`` too, or not."""
    where: list[Condition] = [("e.actor_id = %s", [actor.pk]), ("e.kind <> 'asked'", [])]
    where += [_UNLIMITED] if actor.kind == Actor.Kind.PAIR else [_open_to(reader, "a"), _open_to(reader, "b")]
    if not replies:
        where.append(("(e.to_id IS NULL OR e.to_id = e.actor_id)", []))
    if actor.pk not in reader.voices:
        follows = "EXISTS (SELECT 1 FROM social_follow s WHERE s.target_id = p.author_id AND s.actor_id = %s)"
        where.append((f"(p.audience = 'public' OR {follows})", [reader.actor]))
    return _found([*where, *_not_shunned(reader, but=actor.pk)], place, reader)


def asked_of(city: Actor, reader: Reader, place: Place = Place()) -> Stretch:
    """The questions to the public of a city."""
    where: list[Condition] = [("e.actor_id = %s", [city.pk]), ("e.kind = 'asked'", []), _UNLIMITED]
    return _found([*where, *_not_shunned(reader)], place, reader)


def network(reader: Reader, place: Place = Place(), language: str = "") -> Stretch:
    """What everybody posts for everybody, in all languages or in one."""
    where: list[Condition] = [("e.listed", []), _UNLIMITED, *_not_shunned(reader)]
    if language:
        where.append(("e.language = %s", [language]))
    return _found(where, place, reader)


def tagged(tag: str, reader: Reader, place: Place = Place()) -> Stretch:
    """Public posts with this hashtag, whose name is folded."""
    tagging = f"social_tagging t JOIN social_tag g ON g.id = t.tag_id JOIN social_entry e ON e.id = t.post_id{_JOINS}"
    where: list[Condition] = [("g.name = %s", [tag]), ("e.kind = 'own'", []), _UNLIMITED]
    where += _not_shunned(reader)
    return _sifted(lambda at: _stretch(_lines(where, at, "t.post_id", tagging), at), place, reader)


def _open_to(reader: Reader, actor: str) -> Condition:
    """That this actor (``a``, who wrote, or ``b``, whose entry it is) is not limited, or followed by who reads, or one of theirs."""
    if not (voices := sorted(reader.voices)):
        return f"{actor}.limited_at IS NULL", []
    marks = ", ".join(["%s"] * len(voices))
    follows = f"EXISTS (SELECT 1 FROM social_follow l WHERE l.target_id = {actor}.id AND l.actor_id IN ({marks}))"
    return f"({actor}.limited_at IS NULL OR {actor}.id IN ({marks}) OR {follows})", [*voices, *voices]


def _not_shunned(reader: Reader, but: int | None = None) -> list[Condition]:
    shunned, languages = sorted(reader.shunned - {but}), sorted(reader.apart.languages)
    silent: list[Condition] = []
    if languages:
        silent = [(f"e.language NOT IN ({', '.join(['%s'] * len(languages))})", languages)]
    if not shunned:
        return silent
    marks = ", ".join(["%s"] * len(shunned))
    theirs = f"SELECT 1 FROM social_post q WHERE q.id = e.post_id AND q.author_id IN ({marks})"
    return [
        *silent,
        (f"e.actor_id NOT IN ({marks})", shunned),
        (f"(e.kind = 'own' OR NOT EXISTS ({theirs}))", shunned),  # its own are by the actor
    ]


def _within_a_walk(place: Place) -> Condition:
    condition, values = place.beyond("id")
    walk = f"SELECT id FROM social_entry WHERE {condition} ORDER BY id {place.order} LIMIT 1 OFFSET {WALK}"
    farthest = f"COALESCE(({walk}), {_MOST if place.upward else 0})"
    return f"e.id {'<=' if place.upward else '>='} {farthest}", values


def _found(where: Sequence[Condition], place: Place, reader: Reader) -> Stretch:
    return _sifted(lambda at: _stretch(_lines(where, at), at), place, reader)


def _sifted(read: Callable[[Place], Stretch], place: Place, reader: Reader) -> Stretch:
    """A page without the posts whose words the reader mutes; who mutes none pays nothing. It is read on until the page is full, and at
    most so far as :data:`FARTHEST` says."""
    if not reader.apart.words:
        return read(place)
    at, more = place, False
    kept: list[Line] = []
    for _ in range(FARTHEST):
        part = read(at)
        muted = muted_among(reader.apart, {line.post for line in part.lines})
        fresh = [line for line in part.lines if line.post not in muted]
        kept = [*fresh, *kept] if place.upward else [*kept, *fresh]
        more = part.newer if place.upward else part.older
        if len(kept) >= place.size or not part.lines or not more:
            break
        edge = {"after": part.lines[0].id} if place.upward else {"before": part.lines[-1].id}
        at = replace(place, **edge)
    more = more or len(kept) > place.size
    kept = kept[-place.size :] if place.upward else kept[: place.size]
    came = (place.upward or place.before is not None) and bool(kept)
    return Stretch(kept, older=came if place.upward else more, newer=more if place.upward else came)


def _stretch(lines: Sequence[Line], place: Place) -> Stretch:
    """Of lines in the direction of the page, one more than it has, which tells whether there is more that way; the other way there is
    what one came from."""
    more, lines = len(lines) > place.size, lines[: place.size]
    if place.upward:
        lines = lines[::-1]
    came = (place.before is not None or place.upward) and bool(lines)
    return Stretch(lines, older=came if place.upward else more, newer=more if place.upward else came)


def _lines(where: Sequence[Condition], place: Place, key: str = "e.id", tables: str = _FROM) -> list[Line]:
    condition, values = _joined([*where, place.beyond(key)])
    tail = f"WHERE {condition} ORDER BY {key} {place.order} LIMIT {place.size + 1}"
    return _fetched(f"SELECT {_LINE} FROM {tables} {tail}", values)


def _of_each(me: int | None, where: Sequence[Condition], place: Place) -> list[Line]:
    """The lines among the newest of each who is followed. First it is asked who has entries nearest to where the page begins: all up
    to the farthest of those nearest are by them. Where what is left of theirs makes no page, more are asked."""
    reach = place.size + 1
    while True:
        nearest = _nearest(me, place, reach)
        whole = len(nearest) < reach
        lines = _gathered([actor for actor, _ in nearest], where, place, None if whole else nearest[-1][1])
        if whole or len(lines) > place.size:
            return lines
        reach *= WIDEN


def _nearest(me: int | None, place: Place, most: int) -> list[tuple[int, int]]:
    """Of those in a home the ones whose entries are nearest to where the page begins, with that entry: each is found in the index."""
    condition, values = place.beyond("e.id")
    one = f"SELECT e.id FROM social_entry e WHERE e.actor_id = w.id AND {condition} ORDER BY e.id {place.order} LIMIT 1"
    who = "SELECT CAST(%s AS bigint) AS id UNION ALL SELECT target_id FROM social_follow WHERE actor_id = %s"
    sql = f"SELECT w.id, ({one}) AS entry FROM ({who}) w ORDER BY entry {place.order} NULLS LAST LIMIT {most}"
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, me, me])
        return [(actor, entry) for actor, entry in cursor.fetchall() if entry]


def _gathered(actors: Sequence[int], where: Sequence[Condition], place: Place, farthest: int | None) -> list[Line]:
    """A page of the lines of these actors, up to the ``farthest`` entry: of each a page at most is looked at."""
    if not actors:
        return []
    conditions = [("e.actor_id = w.id", []), *where, place.beyond("e.id")]
    if farthest is not None:
        conditions.append((f"e.id {'<=' if place.upward else '>='} %s", [farthest]))
    condition, values = _joined(conditions)
    named: Any = actors
    limit = f"{place.order} LIMIT {place.size + 1}"
    one = f"SELECT e.id FROM social_entry e WHERE {condition} ORDER BY e.id {limit}"
    if connection.vendor == "sqlite":
        who, named = "SELECT value AS id FROM json_each(%s)", json.dumps(actors)
        each = f"CROSS JOIN social_entry k ON k.id IN ({one})"
    else:
        who = "SELECT unnest(%s::bigint[]) AS id"
        each = f"CROSS JOIN LATERAL ({one}) k"
    ids = f"SELECT k.id FROM ({who}) w {each} ORDER BY k.id {limit}"
    sql = f"SELECT {_LINE} FROM ({ids}) n JOIN social_entry e ON e.id = n.id{_JOINS} ORDER BY e.id {place.order}"
    return _fetched(sql, [named, *values])


def _joined(where: Sequence[Condition]) -> Condition:
    return " AND ".join(c for c, _ in where), [v for _, values in where for v in values]


def _fetched(sql: str, values: Sequence[Any]) -> list[Line]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Line(*row) for row in cursor.fetchall()]
