"""Posts as JSON, kept: the bytes of each are made once for all who read the same languages, and put together for one of them.

Nothing in them depends on who asks. They are true for a revision of the post and one of its author; who may see a post is decided
before, by a timeline or by ``Post.objects.visible_to``, each time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Prefetch

from cityplus.actors.models import Actor
from cityplus.api.addresses import resource
from cityplus.api.asking import Reader
from cityplus.api.resources import media
from cityplus.api.schemas.social import MARKS
from cityplus.languages.text import Text
from cityplus.lib.shelf import Shelf
from cityplus.media.models import Medium
from cityplus.social.models import Entry, Mention, Post, PostMedium, Tagging
from cityplus.social.timelines import Line
from cityplus.social.words import mentions_in, tags_in

BUDGET = 24 * 1024 * 1024
"""Bytes of kept posts a process."""
_MINE = " UNION ALL ".join(
    f"SELECT '{mark}', post_id FROM social_{mark} WHERE actor_id = %s AND post_id IN (#)"  # noqa: S608
    for mark in MARKS
)


@dataclass(frozen=True, slots=True)
class Key:
    """A post or an actor, with the revisions that it is true for, and what its reader reads. ``author`` is 0 for an actor."""

    id: int
    revision: int
    author: int
    languages: tuple[str, ...]
    every: bool


@dataclass(frozen=True, slots=True)
class Told:
    """The bytes, and the languages that texts in them are read in."""

    json: bytes
    languages: tuple[str, ...]


_shelf: Shelf[Key, Told] = Shelf(BUDGET)


def forget() -> None:
    """Forget what is kept; for tests, which begin again with the same numbers."""
    _shelf.clear()


def dump(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain).encode()


def line(one: Line, told: Told, mine: bytes, by: bytes) -> bytes:
    return b'{"id":"%d","kind":"%s","by":%s,"mine":%s,"post":%s}' % (one.id, one.kind.encode(), by, mine, told.json)


def single(told: Told, mine: bytes) -> bytes:
    return b'{"mine":%s,"post":%s}' % (mine, told.json)


NOTHING = json.dumps(dict.fromkeys(MARKS, False)).encode()
"""What one has done to a post that is new."""


def of_lines(lines: Sequence[Line], reader: Reader) -> dict[int, Told]:
    """The posts of these lines, by number; what was deleted since they were found is left out."""
    return _found({one.post: _key(reader, one.post, one.revision, one.author_revision) for one in lines}, reader)


def of_posts(posts: Iterable[Post], reader: Reader) -> dict[int, Told]:
    """Posts that were fetched with their authors."""
    return _found({p.pk: _key(reader, p.pk, p.revision, p.author.revision) for p in posts}, reader)


def of_new(post: Post, reader: Reader, *, media: bool) -> Told:
    """A post that was made just now, with all that it was made of at hand: only what its words may have led to is fetched."""
    may_have = {"mentions": mentions_in(post.text), "taggings": tags_in(post.text), "media_rows": media}
    known: dict[str, list[Any]] = {name: [] for name, found in may_have.items() if not found}
    if "taggings" not in known:
        known["taggings"] = [*post.taggings.select_related("tag").order_by("pk")]
    post._prefetched_objects_cache = known  # type: ignore[attr-defined]
    told = _keep(_key(reader, post.pk, post.revision, post.author.revision), _post(post, reader), reader)
    reader.use(told.languages)
    return told


def mine(posts: Sequence[int], actor: Actor | None) -> dict[int, bytes]:
    """What an actor has done to each of these posts, in one query; ``null`` for who has no voice."""
    if actor is None or not posts:
        return dict.fromkeys(posts, b"null")
    sql = _MINE.replace("#", ", ".join(["%s"] * len(posts)))
    with connection.cursor() as cursor:
        cursor.execute(sql, [actor.pk, *posts] * len(MARKS))
        done = set(cursor.fetchall())
    return {post: dump({mark: (mark, post) in done for mark in MARKS}) for post in posts}


def bringers(lines: Sequence[Line], reader: Reader) -> dict[int, bytes]:
    """For each line of which somebody else than its author is the actor, who that is."""
    brought = {one.actor: one.actor_revision for one in lines if one.kind != Entry.Kind.OWN}
    keys = {pk: _key(reader, pk, revision, 0) for pk, revision in brought.items()}
    kept = _shelf.find(keys.values())
    missing = [pk for pk, key in keys.items() if key not in kept]
    for pk, actor in Actor.objects.in_bulk(missing).items() if missing else ():
        kept[keys[pk]] = _keep(_key(reader, pk, actor.revision, 0), actor_ref(actor, reader), reader)
    return {one.id: kept[keys[one.actor]].json for one in lines if one.actor in keys and keys[one.actor] in kept}


def actor_ref(actor: Actor, reader: Reader) -> dict[str, Any]:
    return {
        "handle": actor.handle,
        "kind": actor.kind,
        "names": text(actor.names, reader),
        "self": resource(f"actors/{actor.handle}"),
        "url": reader.page(actor.get_absolute_url()),
    }


def text(value: Text, reader: Reader) -> dict[str, Any] | None:
    told = reader.text(value)
    return told.model_dump(exclude_unset=True) if told else None


def _key(reader: Reader, pk: int, revision: int, author: int) -> Key:
    return Key(pk, revision, author, tuple(reader.preferred), reader.every)


def _found(keys: dict[int, Key], reader: Reader) -> dict[int, Told]:
    kept = _shelf.find(keys.values())
    found = {pk: kept[key] for pk, key in keys.items() if key in kept}
    missing = [pk for pk in keys if pk not in found]
    for post in _whole(missing) if missing else ():
        found[post.pk] = _keep(_key(reader, post.pk, post.revision, post.author.revision), _post(post, reader), reader)
    for told in found.values():
        reader.use(told.languages)
    return found


def _keep(key: Key, value: dict[str, Any], reader: Reader) -> Told:
    told = Told(dump(value), _languages(value))
    _shelf.put(key, told, len(told.json) + 400)
    return told


def _languages(value: Any) -> tuple[str, ...]:
    """The languages of all readings in an answer, each once."""
    found: list[str] = []
    if isinstance(value, dict):
        found += [value["read"]["language"]] if "read" in value else []
        value = [*value.values()]
    for part in value if isinstance(value, list) else ():
        found += _languages(part)
    return tuple(dict.fromkeys(found))


def _whole(posts: Sequence[int]) -> Iterable[Post]:
    """With all that is told of them, in a fixed number of queries."""
    media_rows = PostMedium.objects.select_related("medium").prefetch_related(
        Prefetch("medium", Medium.objects.with_renditions())
    )
    return (
        Post.objects.there()
        .filter(pk__in=posts)
        .select_related("author", "asks", "space", "reply_to__author", "quote__author")
        .prefetch_related(
            Prefetch("mentions", Mention.objects.select_related("actor")),
            Prefetch("taggings", Tagging.objects.select_related("tag").order_by("pk")),
            Prefetch("media_rows", media_rows),
        )
    )


def _post(post: Post, reader: Reader) -> dict[str, Any]:
    return {
        "id": str(post.pk),
        "self": resource(f"posts/{post.pk}"),
        "url": reader.page(post.get_absolute_url()),
        "at": post.at,
        "edited_at": post.edited_at,
        "author": actor_ref(post.author, reader),
        "audience": post.audience,
        "text": text(post.text, reader),
        "note": text(post.note, reader),
        "mentions": sorted(row.actor.handle for row in post.mentions.all() if not row.actor.gone_at),
        "tags": [row.tag.shown for row in post.taggings.all()],
        "media": [media.card_of(row.medium, reader) for row in post.media_rows.all()],
        "reply_to": _ref(post.reply_to),
        "quote": _ref(post.quote),
        "asks": post.asks.handle if post.asks else None,
        "space": post.space.handle if post.space else None,
        "who_replies": post.who_replies,
        "who_boosts": post.who_boosts,
        "who_quotes": post.who_quotes,
        "counts": {name: getattr(post, name) for name in ("replies", "favourites", "boosts", "quotes")},
        "frozen": bool(post.frozen_at),
        "hidden": bool(post.hidden_at),
    }


def _ref(post: Post | None) -> dict[str, str] | None:
    """Another post, where everybody may know of it: these bytes are for all who may know of the first."""
    if post is None or not post.is_everybodys:
        return None
    return {"id": str(post.pk), "handle": post.author.handle}


def _plain(value: Any) -> str:
    return str(value.isoformat()).replace("+00:00", "Z")
