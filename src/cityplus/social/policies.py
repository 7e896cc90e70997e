"""Who may do what with a post: pure functions over facts, so that a table can test them all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Protocol

from cityplus.social.models.post import Post

Who, Audience = Post.Who, Post.Audience


@dataclass(frozen=True, slots=True)
class Standing:
    """How an actor stands to a post: it ``sees`` it; is the author, or the one who began the thread (``host``); follows either; is
    one of the two cities of its pair, or lives in one; is mentioned; one of the two blocks the other."""

    sees: bool = True
    author: bool = False
    host: bool = False
    follows: bool = False
    follows_host: bool = False
    of_pair: bool = False
    mentioned: bool = False
    blocked: bool = False


class Rule(Protocol):
    """What counts of the post that began a thread."""

    @property
    def who_replies(self) -> str: ...
    @property
    def frozen_at(self) -> Any: ...


class Said(Protocol):
    """What counts of a post: whether by a post itself or by the facts that are kept of it."""

    @property
    def audience(self) -> str: ...
    @property
    def who_boosts(self) -> str: ...
    @property
    def who_quotes(self) -> str: ...
    @property
    def frozen_at(self) -> Any: ...
    @property
    def hidden_at(self) -> Any: ...
    @property
    def gone_at(self) -> Any: ...


def _among(who: str, standing: Standing, *, follows: bool) -> bool:
    """Whether the actor is one of those who may. What is said of everybody holds for who sees it."""
    if not standing.sees or standing.blocked:
        return False
    if standing.author or who == Who.EVERYONE:
        return True
    return (who == Who.FOLLOWERS and follows) or (who == Who.PAIR and standing.of_pair)


def may_reply(post: Said, root: Rule, standing: Standing) -> bool:
    """``root`` began the thread: its rule holds for all of it, and nobody replies once it or the post is frozen. Who began it may
    always answer in it, and who is mentioned in a post may answer that, unless nobody may."""
    if root.frozen_at or post.frozen_at or post.gone_at or post.hidden_at:
        return False
    if (
        standing.sees
        and not standing.blocked
        and (standing.host or (standing.mentioned and root.who_replies != Who.NOBODY))
    ):
        return True
    return _among(root.who_replies, replace(standing, author=False), follows=standing.follows_host)


def may_boost(post: Said, standing: Standing) -> bool:
    """Only what is public can be passed on; its author may always."""
    return (
        post.audience == Audience.PUBLIC
        and not post.gone_at
        and _among(post.who_boosts, standing, follows=standing.follows)
    )


def may_quote(post: Said, standing: Standing) -> bool:
    return (
        post.audience == Audience.PUBLIC
        and not post.gone_at
        and _among(post.who_quotes, standing, follows=standing.follows)
    )


def may_govern(standing: Standing) -> bool:
    """Hide a reply or show it again, freeze a thread or thaw it: the team of who began the thread."""
    return standing.host


def may_edit(standing: Standing) -> bool:
    return standing.author


def may_vote(standing: Standing) -> bool:
    """In a poll votes who sees it and did not write it."""
    return standing.sees and not standing.author and not standing.blocked
