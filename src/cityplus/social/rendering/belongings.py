"""What belongs to a post: its media, its poll, the card of its link, what it quotes and what is attached, as parts of its HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string

from cityplus.social import attachments
from cityplus.social.models import Card, Post, PostMedium
from cityplus.social.rendering import parts, polls
from cityplus.social.rendering.parts import Has
from cityplus.social.speakers.reader import NOBODY, Reader

Contexts = Mapping[int, Mapping[str, Any]]


def plug() -> None:
    parts.plug("media", 10, "social/parts/media.html", _media, follows_journal=True)
    parts.plug("poll", 20, "social/parts/poll_slot.html", _poll, own=_poll_of)
    parts.plug("card", 30, "social/parts/card.html", _card, follows_journal=True)
    parts.plug("quote", 40, "social/parts/quote.html", _quote, follows_journal=True)
    parts.plug("attached", 50, "social/parts/attached.html", _attached, follows_journal=True)


def _media(posts: Sequence[Post]) -> Contexts:
    rows = PostMedium.objects.filter(post__in=posts).select_related("medium").order_by("place")
    found: dict[int, list[Any]] = {}
    for row in rows.prefetch_related("medium__renditions", "medium__captions", "medium__poster__renditions"):
        found.setdefault(row.post_id, []).append(row.medium)
    return {pk: {"media": media} for pk, media in found.items()}


def _poll(posts: Sequence[Post]) -> Contexts:
    """As it is for who is not signed in; everybody else gets their own in its place."""
    return {pk: {"poll": poll} for pk, poll in polls.shown([post.pk for post in posts], NOBODY).items()}


def _poll_of(ids: Sequence[int], reader: Reader) -> Mapping[int, Has]:
    """A poll is another one for each reader, and from one moment to the next."""
    shown = polls.shown(ids, reader)
    return {
        pk: Has(slots={"poll": render_to_string("social/parts/poll.html", {"poll": poll})})
        for pk, poll in shown.items()
    }


def _card(posts: Sequence[Post]) -> Contexts:
    cards = Card.objects.filter(pk__in=posts).select_related("picture").prefetch_related("picture__renditions")
    return {card.pk: {"card": card} for card in cards}


def _quote(posts: Sequence[Post]) -> Contexts:
    quoting = {post.pk: post.quote_id for post in posts if post.quote_id}
    public = Post.objects.public().select_related("author").in_bulk({*quoting.values()}) if quoting else {}
    return {
        pk: {"quoted": (quoted := public.get(quote)), "has_quote": True, "actors": [quoted.author] if quoted else []}
        for pk, quote in quoting.items()
    }


def _attached(posts: Sequence[Post]) -> Contexts:
    """As everybody may see it: what is shown to some alone is not shown in a post."""
    keys = {post.pk: (post.attached_kind, post.attached_id) for post in posts if post.attached_kind}
    shown = attachments.shown(keys.values(), AnonymousUser()) if keys else {}
    return {pk: {"attached": shown.get(key), "has_attached": True} for pk, key in keys.items()}
