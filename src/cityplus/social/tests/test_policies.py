"""Who may reply, boost and quote: the whole table."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cityplus.social import policies
from cityplus.social.models import Post
from cityplus.social.policies import Standing

ANYBODY = Standing()
PEOPLE = {
    "anybody": ANYBODY,
    "blind": Standing(sees=False, follows=True, follows_host=True, mentioned=True, of_pair=True),
    "author": Standing(author=True),
    "host": Standing(host=True),
    "follower": Standing(follows=True, follows_host=True),
    "pair": Standing(of_pair=True),
    "mentioned": Standing(mentioned=True),
    "blocked": Standing(follows=True, follows_host=True, of_pair=True, mentioned=True, blocked=True),
}
REPLY = {
    "everyone": {"anybody", "author", "host", "follower", "pair", "mentioned"},
    "followers": {"host", "follower", "mentioned"},
    "pair": {"host", "pair", "mentioned"},
    "nobody": {"host"},
}
PASS_ON = {
    "everyone": {"anybody", "author", "host", "follower", "pair", "mentioned"},
    "followers": {"author", "follower"},
    "pair": {"author", "pair"},
    "nobody": {"author"},
}


@pytest.mark.parametrize("who", Post.Who.values)
def test_who_may(who: str) -> None:
    post = Post(who_replies=who, who_boosts=who, who_quotes=who)
    assert {n for n, s in PEOPLE.items() if policies.may_reply(post, post, s)} == REPLY[who]
    assert {n for n, s in PEOPLE.items() if policies.may_boost(post, s)} == PASS_ON[who]
    assert {n for n, s in PEOPLE.items() if policies.may_quote(post, s)} == PASS_ON[who]


@pytest.mark.parametrize("moment", ["frozen_at", "gone_at", "hidden_at"])
def test_nobody_replies_where_it_has_ended(moment: str) -> None:
    post, root = Post(**{moment: datetime.now(UTC)}), Post()
    assert not any(policies.may_reply(post, root, standing) for standing in PEOPLE.values())


def test_a_frozen_thread_takes_no_reply_anywhere() -> None:
    assert not policies.may_reply(Post(), Post(frozen_at=datetime.now(UTC)), PEOPLE["host"])


@pytest.mark.parametrize("audience", ["followers", "mentioned"])
def test_only_what_is_public_is_passed_on(audience: str) -> None:
    post = Post(audience=audience)
    assert not any(policies.may_boost(post, s) or policies.may_quote(post, s) for s in PEOPLE.values())


def test_who_began_a_thread_governs_it() -> None:
    assert [n for n, s in PEOPLE.items() if policies.may_govern(s)] == ["host"]
