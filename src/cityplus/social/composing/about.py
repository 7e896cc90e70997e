"""What a post is written about: the post that it answers or quotes, and the city whose public it asks."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.social import policies
from cityplus.social.models import Post, Profile
from cityplus.social.speakers.reader import Reader
from cityplus.social.standings import root_of, standing

SPACES = 300
"""Pairs that are offered; a city with more friends finds the others by writing on the pair's page."""


@dataclass(frozen=True, slots=True)
class About:
    """At most one of the two posts; both None for a post of its own."""

    reply_to: Post | None = None
    quote: Post | None = None

    @classmethod
    def of(cls, reader: Reader, reply_to: int = 0, quote: int = 0) -> About | None:
        """What this reader may know of; None when one of the two is not there for them."""
        seen = Post.objects.visible_to(reader).select_related("author", "space", "reply_to")
        found = {post.pk: post for post in seen.filter(pk__in=[n for n in (reply_to, quote) if n])}
        if any(number and number not in found for number in (reply_to, quote)):
            return None
        return cls(found.get(reply_to), found.get(quote))

    @property
    def post(self) -> Post | None:
        return self.reply_to or self.quote

    @property
    def address(self) -> str:
        """Where the form is sent."""
        if self.post is None:
            return reverse("social:new")
        return reverse(
            "social:replies" if self.reply_to else "social:quotes", args=[self.post.author.handle, self.post.pk]
        )

    def allows(self, reader: Reader, actor: Actor) -> bool:
        """Whether the policies let this actor answer or quote it."""
        if self.post is None:
            return True
        root = root_of(self.post)
        facts = standing(self.post, root, reader, actor)
        return policies.may_reply(self.post, root, facts) if self.reply_to else policies.may_quote(self.post, facts)


def spaces_of(actor: Actor) -> list[Actor]:
    """The pairs in whose space an actor may speak: those of the city that it is, or in which it lives."""
    home = Profile.objects.filter(actor=actor).values_list("home__actor__handle", flat=True).first()
    handle = actor.handle if actor.kind == Actor.Kind.CITY else home
    if not handle:
        return []
    pairs = Actor.objects.there().filter(kind=Actor.Kind.PAIR)
    first, second = pairs.filter(handle__startswith=f"{handle}+"), pairs.filter(handle__endswith=f"+{handle}")
    return sorted([*first[:SPACES], *second[:SPACES]], key=lambda pair: pair.handle)[:SPACES]


def space_of(actor: Actor, handle: str) -> Actor | None:
    """The pair of this handle, when the actor may speak in its space."""
    return next((pair for pair in spaces_of(actor) if pair.handle == handle), None)


def asked_city(handle: str) -> City | None:
    """The public city that has this handle, for asking its public."""
    found = City.objects.public().select_related("actor").filter(actor__handle=handle, actor__gone_at=None)
    return found.first()
