"""What an actor does not want to read: whom it shuns, and the words and languages that it mutes. One query tells all of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import CharField, F, Q, Value
from django.utils import timezone

from cityplus.languages.text import Text
from cityplus.search.flows import fits
from cityplus.search.words import terms
from cityplus.social.models.bar import Bar
from cityplus.social.models.post import Post
from cityplus.social.models.silence import Silence


@dataclass(frozen=True, slots=True)
class Apart:
    """``shunned`` are the actors whose posts are not shown; ``words`` and ``languages`` those that are muted."""

    shunned: frozenset[int] = frozenset()
    words: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def hides(self, text: Text, note: Text) -> bool:
        """Whether a post with these words is muted: one of the words stands in any version of it, or in its content note."""
        return bool(self.words) and any(
            _stands(word, version.text) for word in self.words for t in (text, note) for version in t.versions.values()
        )


def of(actor: int) -> Apart:
    """What this actor does not want to read now."""
    now = timezone.now()
    mine = Q(actor=actor) & (Q(until=None) | Q(until__gt=now))
    kind, empty = CharField(), Value("", output_field=CharField())
    bars = Bar.objects.filter(mine | Q(target=actor, kind=Bar.Kind.BLOCK))
    silences = Silence.objects.filter(Silence.now(), actor=actor)
    rows = bars.values_list("actor_id", "target_id", Value("bar", output_field=kind), empty).union(
        silences.values_list("actor_id", "actor_id", "kind", F("what")), all=True
    )
    shunned: set[int] = set()
    muted: dict[str, list[str]] = {"word": [], "language": []}
    for one, other, what, word in rows:
        if what == "bar":
            shunned.add(other if one == actor else one)
        else:
            muted[what].append(word)
    return Apart(frozenset(shunned), tuple(sorted(muted["word"])), tuple(sorted(muted["language"])))


def silenced(actor: int, posts: Collection[int]) -> set[int]:
    """Those of these posts that the actor's silences keep from it: for notices, which know posts by their numbers."""
    apart = of(actor)
    return muted_among(apart, posts) if apart.words or apart.languages else set()


def muted_among(apart: Apart, posts: Iterable[int]) -> set[int]:
    """Those of these posts that are muted; asks the database for their words."""
    found = Post.objects.filter(pk__in=list(posts)).only("id", "text", "note")
    return {post.pk for post in found if post.text.original in apart.languages or apart.hides(post.text, post.note)}


def _stands(word: str, text: str) -> bool:
    """Whether a muted word stands in a text: as a word of its own, or in a script without blanks anywhere in it."""
    if word not in unicodedata.normalize("NFKC", text).casefold():
        return False
    return fits(terms(word), text)  # of no terms there are none to miss: a sign, such as an emoji
