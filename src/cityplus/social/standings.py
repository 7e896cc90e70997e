"""How an actor stands to a post, as the policies want to know it."""

from __future__ import annotations

from cityplus.actors.models import Actor
from cityplus.social.models import Bar, Follow, Mention, Post, Profile
from cityplus.social.policies import Standing
from cityplus.social.speakers.reader import Reader


def root_of(post: Post) -> Post:
    """The post that began the thread; the post itself where that one is no longer in the database."""
    return (Post.objects.filter(pk=post.thread).first() if post.is_reply else None) or post


def standing(post: Post, root: Post, reader: Reader, actor: Actor | None) -> Standing:
    """The facts about this post, the one that began its thread, and the actor as whom the reader acts."""
    sees = Post.objects.visible_to(reader).filter(pk=post.pk).exists()
    if actor is None:
        return Standing(sees=sees)
    authors = {post.author_id, root.author_id}
    followed = set(Follow.objects.filter(actor=actor, target__in=authors).values_list("target", flat=True))
    return Standing(
        sees=sees,
        author=actor.pk == post.author_id,
        host=actor.pk == root.author_id,
        follows=post.author_id in followed,
        follows_host=root.author_id in followed,
        of_pair=_is_of_pair(root, actor),
        mentioned=Mention.objects.filter(post=post, actor=actor).exists(),
        blocked=any(Bar.between(actor.pk, other) for other in authors if other != actor.pk),
    )


def _is_of_pair(root: Post, actor: Actor) -> bool:
    """Whether the actor is one of the two cities in whose space it is said, or lives in one."""
    if not root.space_id or root.space is None:
        return False
    cities = root.space.handle.split("+")
    return actor.handle in cities or Profile.objects.filter(actor=actor, home__actor__handle__in=cities).exists()
