"""A post in its conversation: what stands above it, and the replies below it as a tree, a page and a few levels at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString

from cityplus.social.models import Post
from cityplus.social.rendering import fragments
from cityplus.social.speakers.reader import Reader
from cityplus.web.paging import Page, page_of

ABOVE = 40
"""Posts above one that are shown, the nearest ones."""
REPLIES = 20
"""Replies on a page."""
DEPTH = 3
"""Levels of replies below those."""
BRANCH = 200
"""Replies on each of those levels at most; there is a way to the others."""

_UP = """
WITH RECURSIVE up (id, above, far) AS (
    SELECT id, reply_to_id, 0 FROM social_post WHERE id = %s
    UNION ALL SELECT p.id, p.reply_to_id, far + 1 FROM up JOIN social_post p ON p.id = up.above WHERE far < %s
) SELECT id FROM up WHERE far > 0 ORDER BY far DESC
"""


@dataclass(slots=True)
class Node:
    """A post of the thread; without ``html`` one that is there no more, or that this reader may not see. ``more`` is whether there are
    replies to it that are not among its ``answers``."""

    post: int
    address: str = ""
    html: SafeString | None = None
    answers: list[Node] = field(default_factory=list)
    more: bool = False


@dataclass(frozen=True, slots=True)
class Thread:
    """``cut`` is whether the first posts of the conversation are left out above."""

    above: Sequence[Node]
    cut: bool
    replies: Sequence[Node]
    page: Page[Post]
    hidden: int


def thread(post: Post, reader: Reader, asked: Mapping[str, str], *, hidden: bool, first: Sequence[int] = ()) -> Thread:
    """The conversation around a post that the reader may see. ``asked`` is where the page of its replies begins; ``hidden``: the replies
    that were hidden instead of the others; those in ``first`` come before the others."""
    ids = _above(post) if post.is_reply else []
    above = Post.objects.visible_to(reader).select_related("author").in_bulk(ids) if ids else {}
    replies = _replies(reader, hidden=hidden).filter(reply_to=post)
    page = page_of(
        replies.exclude(pk__in=first), asked, ["pk"], size=REPLIES, filters={"hidden": "1" if hidden else ""}
    )
    helped = list(replies.filter(pk__in=first)) if first and not asked.keys() & {"after", "before"} else []
    levels = [[*helped, *page.items]]
    while len(levels) <= DEPTH and levels[-1]:
        below = _replies(reader, hidden=False).filter(reply_to__in=[one.pk for one in levels[-1] if not one.hidden_at])
        levels.append(list(below.order_by("pk")[:BRANCH]))
    shown = [one for level in levels for one in level]
    nodes = _nodes([*above.values(), *shown], reader)
    for one in (one for level in levels[1:] for one in level):
        nodes[one.reply_to_id or 0].answers.append(nodes[one.pk])
    for one in shown:
        nodes[one.pk].more = one.replies > len(nodes[one.pk].answers)
    count = _replies(reader, hidden=True).filter(reply_to=post).count() if not hidden else 0
    return Thread(
        [nodes.get(pk, Node(pk)) for pk in ids], len(ids) == ABOVE, [nodes[one.pk] for one in levels[0]], page, count
    )


def _above(post: Post) -> list[int]:
    """The posts that this one answers, and those that they answer; the first said comes first."""
    with connection.cursor() as cursor:
        cursor.execute(_UP, [post.pk, ABOVE])
        return [pk for (pk,) in cursor.fetchall()]


def _replies(reader: Reader, *, hidden: bool) -> QuerySet[Post]:
    """What this reader may see; and public ones that were taken back, or that a limited account wrote, where somebody has answered
    them: those stand without their words, above what answers them."""
    there, public = Post.objects.visible_to(reader), Post.Audience.PUBLIC
    gone = ~Q(gone_at=None) | ~Q(withheld_at=None) | ~Q(author__gone_at=None) | ~Q(author__limited_at=None)
    answered = Post.objects.filter(gone, audience=public, replies__gt=0)
    found = (there if hidden else there | answered).filter(hidden_at__isnull=not hidden)
    return found.exclude(author__in=reader.shunned).select_related("author")


def _nodes(posts: Sequence[Post], reader: Reader) -> dict[int, Node]:
    there = [post for post in posts if not (post.gone_at or post.withheld_at or post.author.gone_at)]
    if limited := [post.pk for post in there if post.author.limited_at]:
        seen = set(Post.objects.visible_to(reader).filter(pk__in=limited).values_list("pk", flat=True))
        there = [post for post in there if not post.author.limited_at or post.pk in seen]
    html = {line.post: html for line, html in fragments.rendered(there, reader)}
    return {post.pk: Node(post.pk, post.get_absolute_url(), html.get(post.pk)) for post in posts}
