"""What is done with posts: publish, edit, delete; hide and freeze by who began the thread; withhold by a decision of moderation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.languages.text import Text
from cityplus.social import entries
from cityplus.social.errors import Gone
from cityplus.social.models import Mention, Post, PostMedium, PostVersion, Tally
from cityplus.social.numbering import next_number
from cityplus.social.words import mentions_in
from cityplus.social.writing import MENTIONS, Writing


def publish(author: Actor, writing: Writing, *, by: str) -> Post:
    """Post something as this actor; ``by`` is the name of the person who does it. The caller has asked the policies.

    Raises:
        BadPost: it cannot be posted.
        Gone: what it answers or quotes has been deleted meanwhile.
    """
    writing.check(author)
    handles = mentions_in(writing.text)[:MENTIONS]
    named = list(Actor.objects.there().filter(handle__in=handles).exclude(pk=author.pk)) if handles else []
    return journal.together(lambda: _published(author, writing, named, by))


def _published(author: Actor, writing: Writing, named: Sequence[Actor], by: str) -> Post:
    for other in (writing.reply_to, writing.quote):
        if other and not Post.objects.there().filter(pk=other.pk).exists():
            raise Gone("What this is about has been deleted meanwhile.")
    number = next_number()
    post = Post(
        id=number,
        author=author,
        by=by,
        text=writing.text,
        note=writing.note,
        audience=writing.audience,
        reply_to=writing.reply_to,
        thread=writing.reply_to.thread if writing.reply_to else number,
        quote=writing.quote,
        asks=writing.asks,
        space=writing.space or (writing.reply_to.space if writing.reply_to else None),
        who_replies=writing.who_replies,
        who_boosts=writing.who_boosts,
        who_quotes=writing.who_quotes,
        attached_kind=writing.attached[0],
        attached_id=writing.attached[1],
    )
    post.save(force_insert=True)
    Mention.objects.bulk_create([Mention(post=post, actor=actor) for actor in named])
    PostMedium.objects.bulk_create(
        [PostMedium(post=post, medium=medium, place=place) for place, medium in enumerate(writing.media)]
    )
    entries.stand(post, new=True)
    _count(post, 1)
    _record("posted", post, by, quiet=True)
    return post


def edit(post: Post, text: Text, note: Text, *, by: str) -> Post:
    """Change the words of a post; as it was is kept, and who was newly mentioned is mentioned.

    Raises:
        BadPost: the new words cannot be posted.
        Gone: it has been deleted meanwhile.
    """
    with transaction.atomic():
        post = _locked(post)
        media = [row.medium for row in post.media_rows.select_related("medium")]
        Writing(text, note, media=media).check(post.author)
        if (post.text, post.note) == (text, note):
            return post
        PostVersion.objects.create(post=post, text=post.text, note=post.note, by=by)
        post.text, post.note, post.edited_at = text, note, timezone.now()
        post.save(update_fields=["text", "note", "edited_at"])
        named = Actor.objects.there().filter(handle__in=mentions_in(text)[:MENTIONS]).exclude(pk=post.author_id)
        Mention.objects.bulk_create([Mention(post=post, actor=actor) for actor in named], ignore_conflicts=True)
        entries.stand(post)
        post.touch()
        _record("edited", post, by)
    return post


def delete(post: Post, *, by: str) -> None:
    """Take a post back: it is gone at once for everybody. Deleting it again changes nothing."""
    _change(post, "deleted", by, gone_at=True)


def hide(post: Post, *, by: str) -> None:
    """The team of who began the thread hides a reply: it stands there no more, but for who opens the hidden ones."""
    _change(post, "hidden", by, hidden_at=True)


def show(post: Post, *, by: str) -> None:
    """Show a hidden reply again."""
    _change(post, "shown", by, hidden_at=False)


def freeze(post: Post, *, by: str) -> None:
    """Nobody replies to this post any more, nor in its thread when it began it."""
    _change(post, "frozen", by, frozen_at=True)


def thaw(post: Post, *, by: str) -> None:
    """Replies are welcome again."""
    _change(post, "thawed", by, frozen_at=False)


def withhold(post: Post, *, by: str) -> None:
    """Nobody sees it any more, by a decision of moderation."""
    _change(post, "withheld", by, withheld_at=True)


def release(post: Post, *, by: str) -> None:
    """End the withholding."""
    _change(post, "released", by, withheld_at=False)


def _change(post: Post, verb: str, by: str, **stamps: bool) -> None:
    """Set or clear one of the moments of a post, and bring timelines and counters into line. What is so already stays so."""
    ((name, on),) = stamps.items()
    with transaction.atomic():
        post = Post.objects.select_for_update(of=("self",)).select_related("author", "reply_to").get(pk=post.pk)
        if bool(getattr(post, name)) == on:
            return
        counted = post.counts
        setattr(post, name, timezone.now() if on else None)
        post.save(update_fields=[name])
        entries.leave(post)
        entries.stand(post)
        if counted != post.counts:
            _count(post, 1 if post.counts else -1)
        post.touch()
        _record(verb, post, by)


def _locked(post: Post) -> Post:
    found = Post.objects.there().select_for_update(of=("self",)).select_related("author", "reply_to").filter(pk=post.pk)
    if (locked := found.first()) is None:
        raise Gone("This post has been deleted meanwhile.")
    return locked


def _count(post: Post, by: int) -> None:
    """Bring on what counts public posts."""
    if by > 0 and not post.counts:
        return
    Tally.add(post.author_id, posts=by)
    more: dict[str, Any] = {"revision": F("revision") + 1}
    if post.reply_to_id:
        Post.objects.filter(pk=post.reply_to_id).update(replies=F("replies") + by, **more)
    if post.quote_id:
        Post.objects.filter(pk=post.quote_id).update(quotes=F("quotes") + by, **more)


def _record(verb: str, post: Post, by: str, *, quiet: bool = False) -> None:
    handle = post.author.handle if post.author.kind != Actor.Kind.PERSON else ""
    journal.record(f"post.{verb}", post, handle=handle, by=by, quiet=quiet, author=post.author_id)
