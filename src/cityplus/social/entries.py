"""The places of posts in timelines: made when a post is to be seen there, taken away when it is not."""

from __future__ import annotations

from django.db.models import F

from cityplus.actors.models import Actor
from cityplus.social.models.entry import Entry
from cityplus.social.models.mark import Boost
from cityplus.social.models.post import Post
from cityplus.social.models.tag import Tag, Tagging
from cityplus.social.words import tags_in

Kind = Entry.Kind


def stand(post: Post, *, new: bool = False) -> None:
    """Give a post the places that it should have. Twice does no harm. One that is ``new`` has no boosts and no hashtags yet."""
    if post.audience == Post.Audience.MENTIONED or post.gone_at or post.withheld_at or post.hidden_at:
        return
    public = post.audience == Post.Audience.PUBLIC
    listed = public and not post.is_reply and not post.author.limited_at
    to = post.reply_to.author_id if post.reply_to else None
    wanted = [Entry(id=post.pk, actor_id=post.author_id, kind=Kind.OWN, listed=listed, to_id=to)]
    if public and post.asks_id:
        wanted.append(Entry(id=post.pk + 1, actor_id=post.asks_id, kind=Kind.ASKED))
    if public and post.space_id and not post.is_reply:
        wanted.append(Entry(id=post.pk + 2, actor_id=post.space_id, kind=Kind.PAIR))
    for entry in wanted:
        entry.post, entry.language = post, post.text.original
    Entry.objects.bulk_create(wanted, ignore_conflicts=True)
    if public:
        _tag(post, new=new)
        for boost in () if new else Boost.objects.filter(post=post):
            boost.stand(post)


def leave(post: Post) -> None:
    """Take a post out of every timeline."""
    Entry.objects.filter(post=post).delete()
    Tagging.objects.filter(post=post).delete()


def relist(actor: Actor) -> None:
    """Bring the public timelines into line with whether an actor is limited now."""
    own = Entry.objects.filter(actor=actor, kind=Kind.OWN)
    if actor.limited_at:
        own.filter(listed=True).update(listed=False)
    else:
        public = own.filter(post__audience=Post.Audience.PUBLIC, post__thread=F("post_id"))
        own.filter(pk__in=public.values("pk")).update(listed=True)


def _tag(post: Post, *, new: bool) -> None:
    shown = tags_in(post.text)
    if new and not shown:
        return
    Tag.objects.bulk_create(
        [Tag(name=name, shown=as_written) for name, as_written in shown.items()], ignore_conflicts=True
    )
    tags = Tag.objects.filter(name__in=shown)
    if not new:
        Tagging.objects.filter(post=post).exclude(tag__in=tags).delete()
    Tagging.objects.bulk_create([Tagging(tag=tag, post=post) for tag in tags], ignore_conflicts=True)


def vanish(actor: Actor) -> None:
    """Take all that an actor posted or boosted out of every timeline: it is gone, and its posts are seen by nobody."""
    Entry.objects.filter(actor=actor).delete()
    Entry.objects.filter(post__author=actor).delete()
    Tagging.objects.filter(post__author=actor).delete()


def come_back(actor: Actor) -> None:
    """Give an actor that is there again the places that its posts and boosts had."""
    for post in Post.objects.filter(author=actor).select_related("author", "reply_to").iterator():
        stand(post)
    for boost in Boost.objects.filter(actor=actor).select_related("post"):
        if Entry.objects.filter(pk=boost.post_id).exists():
            boost.stand(boost.post)
    for asked in Post.objects.filter(asks=actor).select_related("author", "reply_to"):
        stand(asked)
