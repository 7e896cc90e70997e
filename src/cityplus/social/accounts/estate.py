"""What an actor has in the conversation beside its posts: whom it follows and who follows it, what it marked. Put away when its account
is closed, so that the counters of others are right at once; taken up again when it comes back; destroyed for good."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from cityplus.actors.models import Actor
from cityplus.media.models import Medium
from cityplus.social import entries
from cityplus.social.models import (
    Bar,
    Bookmark,
    Boost,
    Entry,
    Favourite,
    Follow,
    FollowRequest,
    Mention,
    Post,
    PostMedium,
    PostVersion,
    Profile,
    Silence,
    Tagging,
    Tally,
)

Kept = dict[str, list[Any]]
_PART = 500


def put_away(actor: Actor, kept: Kept, *, posts: bool) -> Kept:
    """Take follows and marks away; returns what :func:`take_up` needs to bring them back, with what was ``kept`` before. ``posts``:
    what the actor answered and quoted counts no longer either, which is said once."""
    followed = Follow.objects.filter(actor=actor).order_by("pk").values_list("target_id", flat=True)
    following = Follow.objects.filter(target=actor).order_by("pk").values_list("actor_id", flat=True)
    found: Kept = {"follows": [*followed], "followers": [*following]}
    _unfollow(actor)
    for model in (Favourite, Boost):
        rows = model.objects.filter(actor=actor).order_by("pk")
        number = "number" if model is Boost else "pk"
        found[model.__name__.lower()] = [[*row] for row in rows.values_list("post_id", number)]
        _count_marks(model.counter, [post for post, _ in found[model.__name__.lower()]], -1)
        rows.delete()
    Entry.objects.filter(actor=actor, kind=Entry.Kind.BOOST).delete()
    FollowRequest.objects.filter(Q(actor=actor) | Q(target=actor)).delete()
    if posts and not kept:
        _count_posts(actor, -1)
    return {name: [*kept.get(name, []), *those] for name, those in found.items()}


def take_up(actor: Actor, kept: Kept, *, posts: bool) -> None:
    """Bring back what is still there: of actors that are gone, of posts that were deleted and of blocks meanwhile nothing."""
    if not kept:
        return
    block = Bar.Kind.BLOCK
    apart = set(Bar.objects.filter(target=actor, kind=block).values_list("actor_id", flat=True))
    apart |= set(Bar.objects.filter(actor=actor, kind=block).values_list("target_id", flat=True))
    for name in ("follows", "followers"):
        for other in _still(Actor.objects.there(), kept[name]):
            one, target = (actor.pk, other) if name == "follows" else (other, actor.pk)
            if other not in apart and Follow.objects.get_or_create(actor_id=one, target_id=target)[1]:
                for pk, counted in sorted({one: {"following": 1}, target: {"followers": 1}}.items()):
                    Tally.add(pk, **counted)
    for model in (Favourite, Boost):
        numbers = dict(kept[model.__name__.lower()])
        there = _still(Post.objects.there(), sorted(numbers))
        more = [{"number": numbers[pk]} if model is Boost else {} for pk in there]
        model.objects.bulk_create([model(actor=actor, post_id=pk, **m) for pk, m in zip(there, more, strict=True)])
        _count_marks(model.counter, there, 1)
    if posts:
        _count_posts(actor, 1)


def _still(rows: QuerySet[Any], keys: Sequence[int]) -> list[int]:
    """Those of these keys that are there, in their order."""
    there: set[int] = set()
    for part in in_parts(keys):
        there.update(rows.filter(pk__in=part).values_list("pk", flat=True))
    return [key for key in keys if key in there]


def destroy(actor: Actor) -> None:
    """Delete all that an actor wrote, showed and chose. The actor itself stays, without a name."""
    posts = Post.objects.filter(author=actor)
    PostVersion.objects.filter(post__author=actor).delete()
    PostMedium.objects.filter(post__author=actor).delete()
    Mention.objects.filter(Q(post__author=actor) | Q(actor=actor)).delete()
    Tagging.objects.filter(post__author=actor).delete()
    entries.vanish(actor)
    for model in (Favourite, Boost, Bookmark):
        model.objects.filter(Q(post__author=actor) | Q(actor=actor)).delete()
    posts.delete()
    for rows in (Bar.objects.filter(Q(actor=actor) | Q(target=actor)), Silence.objects.filter(actor=actor)):
        rows.delete()
    Tally.objects.filter(pk=actor.pk).delete()
    Profile.objects.filter(actor=actor).update(picture=None, home=None, about={}, languages=[], findable=False)
    Medium.objects.filter(owner=actor).delete()  # the sweeper takes the files away
    Actor.objects.filter(pk=actor.pk).update(names={}, revision=F("revision") + 1)


def _unfollow(actor: Actor) -> None:
    ends = {"followers": ("actor", "target"), "following": ("target", "actor")}
    others = {
        column: [*Follow.objects.filter(**{mine: actor}).values_list(f"{theirs}_id", flat=True)]
        for column, (mine, theirs) in ends.items()
    }
    for part in in_parts([*{actor.pk, *others["followers"], *others["following"]}]):
        hold(Tally.objects.filter(pk__in=part))
    for column, (mine, _theirs) in ends.items():
        for part in in_parts(others[column]):
            Tally.objects.filter(pk__in=part).update(**{column: F(column) - 1})
        Follow.objects.filter(**{mine: actor}).delete()
    Tally.objects.filter(pk=actor.pk).update(followers=0, following=0)


def _count_marks(counter: str, posts: list[int], by: int) -> None:
    for part in in_parts(posts):
        changed = Post.objects.filter(pk__in=part)
        hold(changed)
        changed.update(**{counter: F(counter) + by, "revision": F("revision") + 1})


def _count_posts(actor: Actor, by: int) -> None:
    """Bring the counters of the posts that an actor's own answer or quote into line: each answer counted once is counted once less."""
    counted = Post.objects.filter(author=actor, audience="public", gone_at=None, withheld_at=None, hidden_at=None)
    for column, counter in (("reply_to_id", "replies"), ("quote_id", "quotes")):
        times: dict[int, int] = {}
        for (pk,) in counted.exclude(**{column: None}).values_list(column).iterator():
            times[pk] = times.get(pk, 0) + 1
        for part in in_parts([*times]):
            whens = [When(pk=pk, then=Value(times[pk])) for pk in part]
            more = Case(*whens, default=Value(0), output_field=IntegerField())
            changed = Post.objects.filter(pk__in=part)
            hold(changed)
            changed.update(**{counter: F(counter) + by * more, "revision": F("revision") + 1})


def in_parts(keys: Sequence[int]) -> Iterator[list[int]]:
    """In order and in parts, so that no statement names more rows than an engine takes."""
    ordered = sorted(keys)
    yield from (ordered[at : at + _PART] for at in range(0, len(ordered), _PART))


def hold(rows: QuerySet[Any]) -> None:
    """Lock rows in one order, so that two who do so wait for each other in turn."""
    list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))
