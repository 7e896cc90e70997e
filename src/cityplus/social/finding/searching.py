"""What search knows of posts: a flow, the newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cityplus.journal.models import Entry
from cityplus.search.flows import Flow
from cityplus.search.index import in_parts
from cityplus.social.finding.findable import OF_POST, OF_STAY
from cityplus.social.models import Post
from cityplus.social.rendering.faces import FACE, renditions
from cityplus.social.speakers.reader import Reader

LOOKED_THROUGH = 500
"""Of a person's own posts that are not everybody's, the newest so many are searched."""

POST = Flow("post", _("Posts"), "social/people/found_post.html", (*(f"post.{verb}" for verb in OF_POST), *OF_STAY))


class Posts:
    """Source of the flow ``post``: found by their words and content notes in every language."""

    def everything(self) -> Iterator[tuple[int, str]]:
        return ((post.pk, _words(post)) for post in in_parts(_public()))

    def words(self, numbers: Sequence[int]) -> Mapping[int, str]:
        return {post.pk: _words(post) for post in _public().filter(pk__in=numbers)}

    def touched(self, entry: Entry) -> Iterable[int]:
        if entry.verb.startswith("post."):
            return [entry.subject_id]
        posts = Post.objects.filter(author=entry.data.get("actor", 0)).order_by("pk")
        return posts.values_list("pk", flat=True).iterator()

    def seen_by(self, person: Any, numbers: Sequence[int]) -> Mapping[int, Post]:
        reader = Reader.of(person)
        found = Post.objects.visible_to(reader).filter(pk__in=numbers).exclude(author__in=reader.shunned)
        found = found.filter(Q(hidden_at=None) | Q(author__in=reader.voices)).select_related(
            *(f"author__{name}" for name in FACE)
        )
        return {
            post.pk: post
            for post in found.prefetch_related(*renditions("author__"))
            if post.text.original not in reader.apart.languages and not reader.apart.hides(post.text, post.note)
        }

    def own(self, person: Any, fits: Callable[[str], bool], before: int) -> Sequence[int]:
        voices = Reader.of(person).voices
        if not voices:
            return []
        mine = Post.objects.there().filter(author__in=voices, pk__lt=before).exclude(pk__in=_public_of(voices))
        return [post.pk for post in mine.order_by("-pk")[:LOOKED_THROUGH] if fits(_words(post))]


def _public() -> QuerySet[Post]:
    return Post.objects.public().filter(hidden_at=None)


def _public_of(voices: Iterable[int]) -> QuerySet[Post, int]:
    return _public().filter(author__in=voices).values_list("pk", flat=True)


def _words(post: Post) -> str:
    texts = (post.text, post.note)
    return "\n".join(version.text for text in texts for version in text.versions.values())
