"""Counters equal the number of rows always, also when many do the same at one time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.social import posting
from cityplus.social.models import Boost, Favourite, Follow, Post, Tally
from cityplus.social.tests.cast import resident, say

pytestmark = pytest.mark.django_db(transaction=True)


def at_one_time(deed: Callable[[], object], times: int = 50) -> None:
    def once(_: int) -> None:
        try:
            deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as people:
        list(people.map(once, range(times)))


def true(actor: Actor) -> bool:
    tally = Tally.objects.filter(actor=actor).first() or Tally(actor=actor)
    counted = (
        Follow.objects.filter(target=actor).count(),
        Follow.objects.filter(actor=actor).count(),
        Post.objects.public().filter(author=actor, hidden_at=None).count(),
    )
    return counted == (tally.followers, tally.following, tally.posts)


def test_fifty_double_clicks_are_one_follow(thehague: City) -> None:
    ana = resident("ana")
    at_one_time(lambda: Follow.begin(ana, thehague.actor, by="ana"))
    assert thehague.actor.tally.followers == 1
    assert true(ana) and true(thehague.actor)
    at_one_time(lambda: Follow.end(ana, thehague.actor, by="ana"))
    thehague.actor.tally.refresh_from_db()
    assert thehague.actor.tally.followers == 0
    assert true(ana) and true(thehague.actor)


def test_fifty_double_clicks_are_one_favourite_and_one_boost(thehague: City) -> None:
    ana, post = resident("ana"), say(thehague.actor)
    for mark in (Favourite, Boost):
        at_one_time(lambda mark=mark: mark.put(ana, post, by="ana"))  # type: ignore[misc]
    post.refresh_from_db()
    assert (post.favourites, post.boosts) == (1, 1)
    for mark in (Favourite, Boost):
        at_one_time(lambda mark=mark: mark.take(ana, post, by="ana"))  # type: ignore[misc]
    post.refresh_from_db()
    assert (post.favourites, post.boosts) == (0, 0)
    assert Favourite.objects.count() == Boost.objects.count() == 0


def test_replies_and_posts_are_counted_while_everybody_may_see_them(thehague: City) -> None:
    ana, post = resident("ana"), say(thehague.actor)
    at_one_time(lambda: say(ana, "Yes.", reply_to=post), 20)
    say(ana, "Between us.", reply_to=post, audience="followers")
    post.refresh_from_db()
    assert post.replies == 20
    assert true(ana)
    for reply, deed in zip(
        post.answers.order_by("id")[:3], (posting.hide, posting.withhold, posting.delete), strict=True
    ):
        at_one_time(lambda deed=deed, reply=reply: deed(reply, by="test"), 10)  # type: ignore[misc]
    post.refresh_from_db()
    assert post.replies == 17
    assert true(ana)
