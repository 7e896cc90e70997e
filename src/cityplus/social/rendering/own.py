"""What the posts of a page are to its reader: which they have marked, and what they may do. One query, however many posts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from cityplus.actors.models import Actor
from cityplus.social import policies
from cityplus.social.models import Post
from cityplus.social.policies import Standing
from cityplus.social.rendering import parts
from cityplus.social.rendering.facts import Facts
from cityplus.social.rendering.parts import Has
from cityplus.social.speakers.reader import Reader

_MARKS = {"favourited": "social_favourite", "boosted": "social_boost", "bookmarked": "social_bookmark"}


def of(posts: Sequence[Facts], reader: Reader) -> list[Has]:
    """For each of these posts, which the reader may see, their flags and slots; in the same order. The flags are ``signed_in``,
    ``mine`` (by a voice of theirs), ``favourited``, ``boosted``, ``bookmarked``, ``may_reply``, ``may_boost``, ``may_quote``, ``may_edit``
    and ``may_govern``, and those of the parts."""
    if not posts:
        return []
    in_parts = _in_parts(posts, reader)
    if reader.actor is None:
        return [_together(set(), in_parts.get(facts.post, ())) for facts in posts]
    found, homes = _found(posts, reader.actor), _homes(posts, reader.actor)
    return [_together(_flags(facts, found, homes, reader), in_parts.get(facts.post, ())) for facts in posts]


def _together(flags: set[str], more: Iterable[Has]) -> Has:
    slots: dict[str, str] = {}
    for has in more:
        flags |= has.flags
        slots |= has.slots or {}
    return Has(frozenset(flags), slots)


def _flags(facts: Facts, found: set[tuple[str, int]], homes: set[str], reader: Reader) -> set[str]:
    flags = {"signed_in", *(name for name in _MARKS if (name, facts.post) in found), *_may(facts, found, homes, reader)}
    return flags | {"mine"} if facts.author in reader.voices else flags


def _may(facts: Facts, found: set[tuple[str, int]], homes: set[str], reader: Reader) -> set[str]:
    standing = Standing(
        author=facts.author == reader.actor,
        host=facts.host == reader.actor,
        follows=("follows", facts.author) in found,
        follows_host=("follows", facts.host) in found,
        of_pair=bool(homes & {*facts.pair.split("+")}),
        mentioned=("mentioned", facts.post) in found,
        blocked=("blocked", facts.author) in found or ("blocked", facts.host) in found,
    )
    may = {
        "may_reply": policies.may_reply(facts, facts.root, standing),
        "may_boost": policies.may_boost(facts, standing),
        "may_quote": policies.may_quote(facts, standing),
        "may_edit": policies.may_edit(standing),
        "may_govern": policies.may_govern(standing),
    }
    return {name for name, yes in may.items() if yes}


def _found(posts: Sequence[Facts], actor: int) -> set[tuple[str, int]]:
    """What there is between an actor and these posts, and those who wrote them or began their threads."""
    ids = sorted({facts.post for facts in posts})
    others = sorted({other for facts in posts for other in (facts.author, facts.host)} - {actor}) or [0]
    parts: list[tuple[str, list[Any]]] = [
        (f"SELECT '{name}', post_id FROM {table} WHERE actor_id = %s AND post_id IN ({_in(ids)})", [actor, *ids])  # noqa: S608
        for name, table in {**_MARKS, "mentioned": "social_mention"}.items()
    ]
    parts += [
        (f"SELECT 'follows', target_id FROM social_follow WHERE actor_id = %s AND target_id IN ({_in(others)})", [actor, *others]),  # noqa: S608
        (
            f"SELECT 'blocked', target_id FROM social_bar WHERE kind = 'block' AND actor_id = %s AND target_id IN ({_in(others)})",  # noqa: S608
            [actor, *others],
        ),
        (
            f"SELECT 'blocked', actor_id FROM social_bar WHERE kind = 'block' AND target_id = %s AND actor_id IN ({_in(others)})",  # noqa: S608
            [actor, *others],
        ),
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql for sql, _ in parts), [value for _, values in parts for value in values])
        return {(str(name), int(key)) for name, key in cursor.fetchall()}


def _in(values: Sequence[int]) -> str:
    return ", ".join(["%s"] * len(values))


def _homes(posts: Sequence[Facts], actor: int) -> set[str]:
    """The handles of the city that the actor is, or lives in; asked for only where a post is for the two cities of a pair."""
    pair = Post.Who.PAIR
    if not any(facts.pair and pair in {facts.who_replies, facts.who_boosts, facts.who_quotes} for facts in posts):
        return set()
    rows = Actor.objects.filter(pk=actor).values_list("handle", "profile__home__actor__handle")
    return {handle for row in rows for handle in row if handle}


def _in_parts(posts: Sequence[Facts], reader: Reader) -> dict[int, list[Has]]:
    found: dict[int, list[Has]] = {}
    for part in parts.all_parts():
        ids = [facts.post for facts in posts if part.name in facts.parts]
        if part.own and ids:
            for post, has in part.own(ids, reader).items():
                found.setdefault(post, []).append(has)
    return found
