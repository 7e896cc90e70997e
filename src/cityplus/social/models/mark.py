from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.social.models.entry import Entry
from cityplus.social.models.post import Post
from cityplus.social.numbering import next_number


class Mark(models.Model):
    """What an actor does once to a post: made again it changes nothing, and its counter equals its rows always."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    counter: ClassVar[str] = ""
    """The column of the post that counts these; empty: nobody is told how many there are."""

    class Meta:
        abstract = True

    post: models.ForeignKey[Post]
    post_id: int
    objects: ClassVar[models.Manager[Any]]  # each of those below has its own

    def __str__(self) -> str:
        return f"{self._meta.model_name} of {self.post_id} by {self.actor_id}"

    @classmethod
    def put(cls, actor: Actor, post: Post, *, by: str, at: datetime | None = None) -> Self:
        """Mark a post; who did already changes nothing. The caller has asked the policies. ``at`` is the moment at which it was
        done, for what is brought in from elsewhere."""
        return journal.together(lambda: cls._put(actor, post, by, at))

    @classmethod
    def _put(cls, actor: Actor, post: Post, by: str, at: datetime | None) -> Self:
        mark: Self
        mark, new = cls.objects.get_or_create(actor=actor, post=post, defaults={"at": at} if at else {})
        if new:
            cls._count(post.pk, 1)
            mark._made(by, at)
        return mark

    @classmethod
    def take(cls, actor: Actor, post: Post, *, by: str) -> None:
        """Take the mark away; where there is none nothing changes."""
        with transaction.atomic():
            mark = cls.objects.filter(actor=actor, post=post).first()
            if mark and cls.objects.filter(pk=mark.pk).delete()[0]:  # of two at one time, one takes it
                cls._count(post.pk, -1)
                mark._unmade(by)

    @classmethod
    def _count(cls, post_id: int, by: int) -> None:
        if cls.counter:
            change = {cls.counter: F(cls.counter) + by, "revision": F("revision") + 1}
            Post.objects.filter(pk=post_id).update(**change)

    def _made(self, by: str, at: datetime | None) -> None:
        journal.record(f"{self._meta.model_name}.made", self, by=by, quiet=True, actor=self.actor_id, post=self.post_id)

    def _unmade(self, by: str) -> None:
        verb = f"{self._meta.model_name}.ended"
        journal.record(verb, self, by=by, quiet=True, actor=self.actor_id, post=self.post_id)


class Favourite(Mark):
    """An actor likes a post, and its author may know."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="favourite_rows")
    counter = "favourites"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "post"], name="social_favourite_once")]


class Boost(Mark):
    """An actor passes a post on to its own followers; it has an entry in timelines."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="boost_rows")
    number = models.BigIntegerField(default=0, help_text="Id of its entry")
    counter = "boosts"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "post"], name="social_boost_once")]

    def _made(self, by: str, at: datetime | None) -> None:
        self.number = next_number(at)
        self.save(update_fields=["number"])
        self.stand(self.post)
        super()._made(by, at)

    def stand(self, post: Post) -> None:
        """Take its place in timelines, which it loses while the post has none."""
        Entry.objects.get_or_create(
            id=self.number,
            defaults={
                "actor_id": self.actor_id,
                "post": post,
                "kind": Entry.Kind.BOOST,
                "language": post.text.original,
            },
        )

    def _unmade(self, by: str) -> None:
        Entry.objects.filter(actor=self.actor_id, post=self.post_id, kind=Entry.Kind.BOOST).delete()
        super()._unmade(by)


class Bookmark(Mark):
    """An actor keeps a post for itself; nobody else ever knows, and the journal tells no more than that its owner has bookmarks:
    by that whatever is kept for them ends."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "post"], name="social_bookmark_once")]

    def _made(self, by: str, at: datetime | None) -> None:
        del at
        self._unmade(by)

    def _unmade(self, by: str) -> None:
        journal.record("bookmarks.changed", self.actor, by=by, quiet=True)
