"""What is done with posts: publish, edit, delete; hide and freeze by who began the thread; withhold by a decision of moderation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus import jobs, journal
from cityplus.actors.models import Actor
from cityplus.languages.text import Text
from cityplus.media.models import Medium
from cityplus.social import entries
from cityplus.social.errors import Gone
from cityplus.social.models import Mention, Option, Poll, Post, PostMedium, PostVersion, Sent, Tally
from cityplus.social.moderating import gate
from cityplus.social.numbering import next_number
from cityplus.social.questions import asking
from cityplus.social.words import mentions_in
from cityplus.social.writing import MENTIONS, Writing

Also = Callable[[], object]


def publish(
    author: Actor, writing: Writing, *, by: str, at: datetime | None = None, nonce: str = "", judged: bool = False
) -> Post:
    """Post something as this actor; ``by`` is the name of the person who does it. The caller has asked the policies. ``at`` is the
    moment at which it was said, for what is brought in from elsewhere. What has the ``nonce`` of something that was posted is that,
    and nothing more is posted. ``judged``: it has passed the gate.

    Raises:
        BadPost: it cannot be posted.
        Held: somebody looks at it first.
        Gone: what it answers or quotes has been deleted meanwhile.
    """
    if nonce and (there := Post.objects.filter(pk__in=Sent.objects.filter(nonce=nonce).values("post")).first()):
        return there
    writing.check(author)
    if not judged:
        gate.check(author, writing, by)
    handles = mentions_in(writing.text)[:MENTIONS]
    named = list(Actor.objects.there().filter(handle__in=handles).exclude(pk=author.pk)) if handles else []
    return journal.together(lambda: _published(author, writing, named, by, at, nonce))


def _published(
    author: Actor, writing: Writing, named: Sequence[Actor], by: str, at: datetime | None, nonce: str
) -> Post:
    if nonce:
        journal.queue_up()  # of deeds that go together one has it already: no other may hold what this one would wait for
        sent, new = Sent.objects.get_or_create(nonce=nonce)  # the second of two waits here for the first
        if not new and sent.post:
            return sent.post
    for other in (writing.reply_to, writing.quote):
        if other and not Post.objects.there().filter(pk=other.pk).exists():
            raise Gone(_("What this is about has been deleted meanwhile."))
    number = next_number(at)
    # Asked in turn: an account that is closed posts no more.
    if not Actor.objects.there().filter(pk=author.pk).exists():
        raise Gone(_("This account has been closed meanwhile."))
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
        space=writing.space or (writing.reply_to.space if writing.reply_to else asking.space_of(author, writing.asks)),
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
    _ask(post, writing)
    entries.stand(post, new=True)
    _count(post, 1)
    asking.posted(post, named)
    _record("posted", post, by, quiet=True)
    if nonce:
        Sent.objects.filter(nonce=nonce).update(post=post)
    return post


def _ask(post: Post, writing: Writing) -> None:
    """Write the poll of a post, where it has one, and have its end told."""
    if writing.poll is None:
        return
    asked = writing.poll
    poll = Poll.objects.create(post=post, many=asked.many, ends_at=asked.ends_at)
    Option.objects.bulk_create(
        [Option(poll=poll, place=place, words=words) for place, words in enumerate(asked.options)]
    )
    jobs.enqueue("social.poll", key=str(post.pk), not_before=asked.ends_at, poll=post.pk)


def edit(
    post: Post, text: Text, note: Text, *, by: str, media: Sequence[Medium] | None = None, also: Also | None = None
) -> Post:
    """Change the words of a post; as it was is kept, and who was newly mentioned is mentioned. What machines have made of an original
    that stays stays too. ``media`` are its media with the words that they are to have; ``also`` writes those, in the transaction.

    Raises:
        BadPost: the new words cannot be posted.
        Held: somebody would have to look at it first; it stays as it is.
        Gone: it has been deleted meanwhile.
    """
    media = [row.medium for row in post.media_rows.select_related("medium")] if media is None else media
    writing = Writing(text, note, post.audience, media=media)
    writing.check(post.author)
    gate.check(post.author, writing, by)
    with transaction.atomic():
        post = _locked(post)
        if also:
            also()
        text, note = with_machines(text, post.text), with_machines(note, post.note)
        if (post.text, post.note) == (text, note):
            return post
        PostVersion.objects.create(post=post, text=post.text, note=post.note, by=by)
        post.text, post.note, post.edited_at = text, note, timezone.now()
        post.save(update_fields=["text", "note", "edited_at"])
        named = list(Actor.objects.there().filter(handle__in=mentions_in(text)[:MENTIONS]).exclude(pk=post.author_id))
        Mention.objects.bulk_create([Mention(post=post, actor=actor) for actor in named], ignore_conflicts=True)
        entries.stand(post)
        asking.mentioned(post, named)
        post.touch()
        _record("edited", post, by)
    return post


def with_machines(new: Text, old: Text) -> Text:
    """A text with those versions of machines that it had before, as long as their original is the same."""
    before, after = old.versions.get(old.original), new.versions.get(new.original)
    if not before or not after or (old.original, before.text) != (new.original, after.text):
        return new
    kept = {tag: version for tag, version in old.versions.items() if version.state == "machine"}
    return replace(new, versions={**kept, **new.versions})


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
        journal.queue_up()  # before the row, in the order in which publishing takes the two
        post = (
            Post.objects.select_for_update(of=("self",), no_key=True)
            .select_related("author", "reply_to")
            .get(pk=post.pk)
        )
        if bool(getattr(post, name)) == on:
            return
        counted = post.counts
        setattr(post, name, timezone.now() if on else None)
        post.save(update_fields=[name])
        entries.leave(post)
        entries.stand(post)
        if counted != post.counts:
            _count(post, 1 if post.counts else -1)
        asking.changed(post)
        post.touch()
        if name == "frozen_at" and not post.is_reply:  # what stands below it says so too
            Post.objects.filter(thread=post.pk).exclude(pk=post.pk).update(revision=F("revision") + 1)
        _record(verb, post, by, whose=_root_author(post) if name in {"hidden_at", "frozen_at"} else post.author)


def _root_author(post: Post) -> Actor:
    """Who began the thread: their team looks after it."""
    root = Post.objects.filter(pk=post.thread).select_related("author").first() if post.is_reply else None
    return root.author if root else post.author


def _locked(post: Post) -> Post:
    journal.queue_up()
    found = (
        Post.objects.there()
        .select_for_update(of=("self",), no_key=True)
        .select_related("author", "reply_to")
        .filter(pk=post.pk)
    )
    if (locked := found.first()) is None:
        raise Gone(_("This post has been deleted meanwhile."))
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


def _record(verb: str, post: Post, by: str, *, quiet: bool = False, whose: Actor | None = None) -> None:
    """``whose``: the account in whose trail it stands, where that is not the author."""
    whose = whose or post.author
    handle = whose.handle if whose.kind != Actor.Kind.PERSON else ""
    journal.record(f"post.{verb}", post, handle=handle, by=by, quiet=quiet, author=post.author_id)
