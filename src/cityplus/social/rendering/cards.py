"""What the template of a post is rendered with: gathered for many posts at a time, and nothing of it depends on who reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from cityplus.actors.models import Actor
from cityplus.languages.tags import direction, name_of
from cityplus.languages.text import Text
from cityplus.social.models import Post
from cityplus.social.rendering import faces, parts
from cityplus.social.rendering.faces import FACE
from cityplus.social.rendering.facts import Facts
from cityplus.social.words import html_of


@dataclass(slots=True)
class Card:
    """A post with all that is shown of it. ``answers`` is the post it answers, where everybody may see that; ``needs`` the revisions of
    other actors that it shows; ``parts`` its parts, with their contexts."""

    post: Post
    root: Post
    answers: Post | None = None
    mentioned: Mapping[str, str] = field(default_factory=dict)
    parts: list[tuple[parts.Part, Mapping[str, Any]]] = field(default_factory=list)

    @property
    def facts(self) -> Facts:
        return Facts.of(self.post, self.root, frozenset(part.name for part, _ in self.parts))

    @property
    def needs(self) -> tuple[tuple[int, int], ...]:
        shown = [self.post.asks, self.post.space, self.answers.author if self.answers else None]
        shown += [actor for _, context in self.parts for actor in context.get("actors", ())]
        return tuple({(actor.pk, actor.revision) for actor in shown if actor})

    @property
    def follows_journal(self) -> bool:
        return not is_pictured(self.post.author) or any(part.follows_journal for part, _ in self.parts)


def cards(ids: Sequence[int]) -> dict[int, Card]:
    """The cards of these posts, by id; those that are gone are left out. In the same number of queries whatever the number."""
    posts = list(_posts().filter(pk__in=ids))
    if not posts:
        return {}
    roots = Post.objects.select_related("space").in_bulk({post.thread for post in posts if post.is_reply})
    answered = {post.reply_to_id for post in posts if post.reply_to_id}
    shown = Post.objects.public().select_related("author").in_bulk(answered)
    found = {post.pk: _card(post, roots, shown) for post in posts}
    for part in parts.all_parts():
        for pk, context in part.gather(posts).items():
            found[pk].parts.append((part, context))
    return found


def _posts() -> QuerySet[Post]:
    found = Post.objects.there().select_related("author", *(f"author__{name}" for name in FACE), "asks", "space")
    return found.prefetch_related("mentions__actor", *faces.renditions("author__"))


def _card(post: Post, roots: Mapping[int, Post], shown: Mapping[int, Post]) -> Card:
    return Card(
        post,
        roots.get(post.thread, post),
        answers=shown.get(post.reply_to_id or 0),
        mentioned={
            mention.actor.handle: mention.actor.get_absolute_url()
            for mention in post.mentions.all()
            if not mention.actor.gone_at
        },
    )


def is_pictured(actor: Actor) -> bool:
    """Whether the picture beside an actor's name is there to be seen, where there is to be one: it is made later than it is chosen."""
    picture = faces.picture_of(actor)
    return picture is None or picture.ready


def zone_of(actor: Actor) -> str:
    """The time zone of a city, or of the city in which a person lives."""
    city = getattr(actor, "city", None) or getattr(getattr(actor, "profile", None), "home", None)
    return city.time_zone if city else "UTC"


def read(text: Text, tag: str, mentioned: Mapping[str, str]) -> dict[str, Any] | None:
    """What is said, for readers of a language: the version for them, how it came to be, and the original beside it."""
    if (reading := text.read((tag,))) is None or not reading.text.strip():
        return None
    original = reading.original
    return {
        "reading": reading,
        "html": html_of(reading.text, mentioned, tag_address),
        "original_html": html_of(original.text, mentioned, tag_address) if original else "",
        "original_dir": direction(reading.original_language),
        "original_name": name_of(reading.original_language, tag),
        "language_name": name_of(reading.language, tag),
        "other_language": reading.language.partition("-")[0] != tag.partition("-")[0],
        "others": [(other, name_of(other, tag)) for other in text.languages if other != reading.language],
    }


def tag_address(name: str) -> str:
    """Where the posts with a hashtag stand."""
    return reverse("social:tag", args=[name])
