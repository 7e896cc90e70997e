"""Nobody waits in a ring: whatever is done to one post and its author at one time comes to its end."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from cityplus.cities.models import City
from cityplus.social import posting
from cityplus.social.models import Bar, Boost, Favourite, Follow
from cityplus.social.tests.cast import resident, say


@pytest.mark.django_db(transaction=True)
def test_posting_marking_following_and_hiding_do_not_wait_for_each_other(thehague: City) -> None:
    people = [resident(f"p{number}") for number in range(4)]
    post = say(thehague.actor)

    def busy(number: int) -> list[str]:
        one, other = people[number % 4], people[(number + 1) % 4]
        deeds: list[Callable[[], object]] = [
            lambda: say(one, "Yes.", reply_to=post),
            lambda: Favourite.put(one, post, by="test"),
            lambda: Boost.put(one, post, by="test"),
            lambda: Follow.begin(one, thehague.actor, by="test"),
            lambda: Follow.begin(one, other, by="test"),
            lambda: posting.hide(say(one, "No.", reply_to=post), by="test"),
            lambda: Follow.end(one, other, by="test"),
            lambda: Favourite.take(one, post, by="test"),
            lambda: Bar.put(one, other, "mute", by="test"),
        ]
        failed = []
        try:
            for deed in deeds[number % 9 :] + deeds[: number % 9]:
                try:
                    deed()
                except Exception as problem:
                    failed.append(repr(problem))
        finally:
            connections.close_all()
        return failed

    with ThreadPoolExecutor(4) as threads:
        assert [failed for failed in threads.map(busy, range(16)) if failed] == []
    post.refresh_from_db()
    assert post.favourites == Favourite.objects.filter(post=post).count()
    assert post.boosts == Boost.objects.filter(post=post).count() == 4
    assert post.replies == post.answers.filter(hidden_at=None).count() == 16
