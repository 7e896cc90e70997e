from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from cityplus.actors.models import Actor
from cityplus.languages.fields import MultilingualField
from cityplus.lib.ids import moment_of
from cityplus.media.models import Medium
from cityplus.social.models.bar import Bar
from cityplus.social.models.follow import Follow

if TYPE_CHECKING:
    from datetime import datetime

    from cityplus.social.speakers.reader import Reader


class PostQuerySet(models.QuerySet["Post"]):
    def there(self) -> PostQuerySet:
        """Neither deleted nor withheld by a decision, and its author is there."""
        return self.filter(gone_at=None, withheld_at=None, author__gone_at=None)

    def public(self) -> PostQuerySet:
        """What everybody may know of: nothing of an account that is limited."""
        return self.there().filter(audience=Post.Audience.PUBLIC, author__limited_at=None)

    def visible_to(self, reader: Reader) -> PostQuerySet:
        """What this reader may know of: the public's, those of whom they follow, those in which they are mentioned, and their own;
        nothing by whom blocks them, nor of a limited account that they do not follow."""
        if not reader.voices:
            return self.public()
        mine = Q(author__in=reader.voices)
        follows = Follow.objects.filter(actor__in=reader.voices, target=OuterRef("author"))
        mentioned = Mention.objects.filter(actor__in=reader.voices, post=OuterRef("pk"))
        blocked = Bar.objects.filter(kind=Bar.Kind.BLOCK, actor=OuterRef("author"), target__in=reader.voices)
        audience = Post.Audience
        meant = Q(audience=audience.PUBLIC) | Q(audience=audience.FOLLOWERS) & Exists(follows) | Exists(mentioned)
        unlimited = Q(author__limited_at=None) | Exists(follows)
        return self.there().filter(mine | ~Exists(blocked) & unlimited & meant)


class Post(models.Model):
    """Something said. Its id is in the order of time, and says when.

    ``author`` is the actor, ``by`` the name of the person who did it, which only that actor's team is told. ``thread`` is the id of the
    post that began the conversation. ``asks`` is the city whose public it asks: then it is a question. ``space`` is the pair in whose
    space it is said. ``hidden_at``: the team of whoever began the thread hid this reply; ``frozen_at``: nobody replies any more;
    ``withheld_at``: a decision of moderation; ``gone_at``: deleted. ``revision`` grows with whatever changes how it is shown, its
    counters too: what was rendered of one revision stays true.
    """

    class Audience(models.TextChoices):
        PUBLIC = "public"
        FOLLOWERS = "followers"
        MENTIONED = "mentioned"

    class Who(models.TextChoices):
        """Who may reply, boost or quote. ``pair``: the two cities of the pair in whose space it is said, and their residents."""

        EVERYONE = "everyone"
        FOLLOWERS = "followers"
        PAIR = "pair"
        NOBODY = "nobody"

    id = models.BigIntegerField(primary_key=True)
    author = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="posts")
    by = models.CharField(max_length=150)
    text = MultilingualField()
    note = MultilingualField(help_text="Content note: what it is about, shown in its place until the reader opens it")
    audience = models.CharField(max_length=9, choices=Audience, default=Audience.PUBLIC)
    reply_to = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="answers")
    thread = models.BigIntegerField()
    quote = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="quoted_by")
    asks = models.ForeignKey(Actor, null=True, on_delete=models.SET_NULL, related_name="questions")
    space = models.ForeignKey(Actor, null=True, on_delete=models.SET_NULL, related_name="said_here")
    who_replies = models.CharField(max_length=9, choices=Who, default=Who.EVERYONE)
    who_boosts = models.CharField(max_length=9, choices=Who, default=Who.EVERYONE)
    who_quotes = models.CharField(max_length=9, choices=Who, default=Who.EVERYONE)
    attached_kind = models.CharField(max_length=20, blank=True)
    attached_id = models.BigIntegerField(default=0)
    replies = models.IntegerField(default=0)
    favourites = models.IntegerField(default=0)
    boosts = models.IntegerField(default=0)
    quotes = models.IntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)
    frozen_at = models.DateTimeField(null=True)
    withheld_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["author", "-id"], name="social_posts_of"),
            models.Index(fields=["thread", "id"], name="social_thread"),
            models.Index(fields=["reply_to", "id"], name="social_replies"),
            models.Index(fields=["asks", "-id"], name="social_questions"),
        ]

    def __str__(self) -> str:
        return f"{self.id} by {self.author_id}"

    def get_absolute_url(self) -> str:
        return reverse("social:post", args=[self.author.handle, self.pk])

    @property
    def at(self) -> datetime:
        """When it was posted, in UTC."""
        return moment_of(self.pk)

    @property
    def counts(self) -> bool:
        """Whether it is one of the posts that counters tell everybody of."""
        away = self.gone_at or self.withheld_at or self.hidden_at or self.author.gone_at
        return self.audience == self.Audience.PUBLIC and not away

    @property
    def is_everybodys(self) -> bool:
        """Whether everybody may know of it; ask of one that was fetched with its author."""
        away = self.gone_at or self.withheld_at or self.author.gone_at or self.author.limited_at
        return self.audience == self.Audience.PUBLIC and not away

    @property
    def is_reply(self) -> bool:
        return self.thread != self.pk

    def touch(self) -> None:
        """Say that it looks different from now on, and what quotes it too."""
        Post.objects.filter(Q(pk=self.pk) | Q(quote=self.pk)).update(revision=F("revision") + 1)


class Mention(models.Model):
    """An actor is named in a post: it may see it, and is told."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions")
    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="mentions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "post"], name="social_mention_once")]

    def __str__(self) -> str:
        return f"{self.actor_id} in {self.post_id}"


class PostMedium(models.Model):
    """A medium in a post, in its place."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="media_rows")
    medium = models.ForeignKey(Medium, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["post", "place"], name="social_medium_place")]

    def __str__(self) -> str:
        return f"{self.medium_id} in {self.post_id}"


class PostVersion(models.Model):
    """A post as it was before it was edited."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="versions")
    text = MultilingualField()
    note = MultilingualField()
    by = models.CharField(max_length=150)
    until = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.post_id} until {self.until}"
