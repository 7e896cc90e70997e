"""Timelines follow the standing of an actor: the newest of what it said at once, the rest by the worker, a part at a time.

Until the worker has been there nothing more is seen than afterwards: what is shown of an actor that is gone or limited is asked of
the actor itself, whatever entries there are.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from cityplus import jobs, journal
from cityplus.actors.models import Actor
from cityplus.social import entries
from cityplus.social.models import Boost, Entry, Post, Tagging

PART = 200
_NEWEST = 2**63 - 1
Part = Callable[[Actor, int], int]


def begin(actor: Actor) -> None:
    """Bring the newest into line with whether this actor is there and limited, in the transaction in which that has changed, and leave
    the rest to the worker."""
    journal.queue_up()
    run = f"{timezone.now().timestamp():.6f}"
    for name in _PARTS:
        _go_on(actor, run, name, _NEWEST)


@jobs.job("social.settle")
def settle(actor: int, run: str, what: str, before: int) -> None:
    """Bring the next part into line with what the actor is now. A part that is done again comes to the same end."""
    with transaction.atomic():
        journal.queue_up()
        _go_on(Actor.objects.get(pk=actor), run, what, before)


def _go_on(actor: Actor, run: str, what: str, before: int) -> None:
    last = _PARTS[what](actor, before)
    if last:
        jobs.enqueue(
            "social.settle", key=f"{actor.pk}:{run}:{what}:{last}", actor=actor.pk, run=run, what=what, before=last
        )


def _posts(actor: Actor, before: int) -> int:
    """What it posted, with the boosts of that."""
    rows = Post.objects.filter(author=actor, pk__lt=before).order_by("-pk")
    found = list(rows.select_related("author", "reply_to")[:PART])
    numbers = [post.pk for post in found]
    if actor.gone_at:
        Entry.objects.filter(post__in=numbers).delete()
        Tagging.objects.filter(post__in=numbers).delete()
    else:
        standing = set(Entry.objects.filter(pk__in=numbers).values_list("pk", flat=True))
        for post in found:
            if post.pk not in standing:
                entries.stand(post)
        entries.relist(actor, numbers)
    return _last(numbers)


def _boosts(actor: Actor, before: int) -> int:
    """What it passed on."""
    found = list(Boost.objects.filter(actor=actor, pk__lt=before).order_by("-pk").select_related("post")[:PART])
    if actor.gone_at:
        Entry.objects.filter(pk__in=[boost.number for boost in found], actor=actor).delete()
    else:
        posts = [boost.post_id for boost in found]
        there = set(Entry.objects.filter(pk__in=posts).values_list("pk", flat=True))
        for boost in found:
            if boost.post_id in there:
                boost.stand(boost.post)
    return _last([boost.pk for boost in found])


def _asked(actor: Actor, before: int) -> int:
    """What its public was asked."""
    rows = Post.objects.filter(asks=actor, pk__lt=before).order_by("-pk").select_related("author", "reply_to")
    found = list(rows[:PART])
    if actor.gone_at:
        Entry.objects.filter(actor=actor, post__in=found).delete()
    else:
        for post in found:
            if not post.author.gone_at:
                entries.stand(post)
    return _last([post.pk for post in found])


def _last(numbers: list[int]) -> int:
    """Before which the next part begins; 0 where there is none."""
    return numbers[-1] if len(numbers) == PART else 0


_PARTS: dict[str, Part] = {"posts": _posts, "boosts": _boosts, "asked": _asked}
