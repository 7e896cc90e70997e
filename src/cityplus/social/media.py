"""What posts say of media: who may add them, who sees them, and where they are shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.media.models import Medium
from cityplus.media.usage import Use
from cityplus.social.models import Card, Post, PostMedium, Sheet
from cityplus.social.speakers import voices
from cityplus.social.speakers.reader import Reader


def may_add(person: Any, owner: Actor) -> bool:
    """Who may speak for an actor adds to its media."""
    return any(actor.pk == owner.pk for actor in voices.of(person))


def seen_by(person: Any, ids: Collection[int]) -> Iterable[int]:
    """The media of a post, and the picture of its link, are seen by who may see the post; all media of an actor by who may speak for
    it."""
    reader = Reader.of(person)
    seen = Post.objects.visible_to(reader)
    yield from PostMedium.objects.filter(medium__in=ids, post__in=seen).values_list("medium", flat=True)
    yield from Card.objects.filter(picture__in=ids, post__in=seen).values_list("picture", flat=True)
    if reader.voices:
        yield from Medium.objects.filter(pk__in=ids, owner__in=reader.voices).values_list("pk", flat=True)


def uses(owner: Actor, ids: Collection[int] | None) -> Iterable[Use]:
    """Posts that were not deleted, the pictures of their links, and sheets that are not posted yet."""
    rows = PostMedium.objects.filter(medium__owner=owner, post__gone_at=None).select_related("post__author")
    for row in rows if ids is None else rows.filter(medium__in=ids):
        yield Use(row.medium_id, _("In a post"), row.post.get_absolute_url())
    cards = Card.objects.filter(picture__owner=owner, post__gone_at=None).select_related("post__author")
    for card in cards if ids is None else cards.filter(picture__in=ids):
        yield Use(int(card.picture_id or 0), _("Beside a link in a post"), card.post.get_absolute_url())
    for sheet in Sheet.objects.filter(author=owner):
        for item in sheet.document.get("media", ()):
            if ids is None or item["medium"] in ids:
                yield Use(item["medium"], _("In a post that is being written"), sheet.get_absolute_url(), draft=True)
