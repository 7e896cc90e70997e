"""A public post for search engines, as schema.org has it."""

from __future__ import annotations

from collections.abc import Sequence

from cityplus.actors.models import Actor
from cityplus.languages.tags import reader_tag
from cityplus.social.beside import Beside
from cityplus.social.models import Post
from cityplus.web.addresses import absolute
from cityplus.web.structured import Thing

_TYPES = {Actor.Kind.CITY: "City", Actor.Kind.PERSON: "Person"}


def author_of(actor: Actor) -> Thing:
    return {
        "@type": _TYPES.get(Actor.Kind(actor.kind), "Organization"),
        "name": actor.names.in_language(reader_tag()),
        "alternateName": f"@{actor.handle}",
        "url": absolute(actor.get_absolute_url()),
    }


def posting_of(post: Post, beside: Sequence[Beside] = ()) -> Thing:
    """The post in the language of the page; ``beside`` may say more of it."""
    reading = post.text.read((reader_tag(),))
    url = absolute(post.get_absolute_url())
    thing: Thing = {
        "@type": "SocialMediaPosting",
        "@id": url,
        "url": url,
        "datePublished": post.at.isoformat(),
        "dateModified": post.edited_at.isoformat() if post.edited_at else None,
        "author": author_of(post.author),
        "headline": reading.text[:110] if reading else None,
        "articleBody": reading.text if reading else None,
        "inLanguage": reading.language if reading else None,
        "commentCount": post.replies,
        "interactionStatistic": [
            _counter("https://schema.org/LikeAction", post.favourites),
            _counter("https://schema.org/ShareAction", post.boosts),
        ],
    }
    for one in beside:
        thing |= one.entity or {}
    return thing


def _counter(action: str, number: int) -> Thing:
    return {"@type": "InteractionCounter", "interactionType": action, "userInteractionCount": number}
