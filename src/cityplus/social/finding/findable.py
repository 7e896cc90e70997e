"""What search knows of people who want to be found, and of hashtags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cityplus.actors.models import Actor
from cityplus.journal.models import Entry
from cityplus.languages.text import Text
from cityplus.search import index
from cityplus.search.index import Kind, Scope, in_parts
from cityplus.search.items import NO_LANGUAGE, Item
from cityplus.social.meeting import knowable
from cityplus.social.models import Post, PostVersion, Profile, Tag, Tagging
from cityplus.social.rendering.faces import FACE, renditions
from cityplus.social.speakers.reader import Reader
from cityplus.social.words import tags_in

OF_STAY = (
    "account.closed", "account.reopened", "account.purged",
    "decision.limited", "decision.suspended", "decision.lifted", "appeal.reversed",
)  # fmt: skip
"""What takes an actor away or brings it back, with all that it posted. Each carries ``actor`` in its data."""
OF_ACTOR = ("profile.opened", "profile.changed", *OF_STAY)
OF_POST = ("posted", "edited", "deleted", "hidden", "shown", "withheld", "released")

PERSON = Kind("person", 8, pgettext_lazy("who can be found", "People"), "social/people/found.html", OF_ACTOR, sign="@")
TAG = Kind("tag", 9, _("Hashtags"), "social/people/found_tag.html", (), sign="#")
_TAGS, _MOST = "#", 4096


class People:
    """Source of the kind ``person``: found by their names, their handle and their home city."""

    def everything(self) -> Iterator[Item]:
        return map(_person, in_parts(self._findable()))

    def within(self, scope: Scope) -> Iterable[Item]:
        return map(_person, self._findable().filter(actor__handle=scope.handle))

    def touched(self, entry: Entry) -> Scope | None:
        actor = Actor.objects.filter(pk=entry.data.get("actor", 0), kind=Actor.Kind.PERSON).first()
        return Scope(actor.handle) if actor else None

    def seen_by(self, person: Any, ids: Sequence[int]) -> Mapping[int, Actor]:
        found = knowable(Reader.of(person)).filter(
            pk__in=ids, profile__findable=True, profile__closed_at=None, limited_at=None
        )
        found = found.select_related(*FACE).prefetch_related(*renditions())
        return {actor.pk: actor for actor in found}

    @staticmethod
    def _findable() -> QuerySet[Profile]:
        shown = Profile.objects.filter(findable=True, closed_at=None, actor__gone_at=None, actor__limited_at=None)
        return shown.select_related("actor", "home__actor")


class Tags:
    """Source of the kind ``tag``. Those that stand in some public post can be found, the common ones first."""

    def everything(self) -> Iterator[Item]:
        return map(_tag, in_parts(_in_use()))

    def within(self, scope: Scope) -> Iterable[Item]:
        return map(_tag, _in_use().filter(pk=scope.object_id or 0))

    def touched(self, entry: Entry) -> Scope | None:
        return None  # a post has many: they are told of by :func:`follow_tags`

    def seen_by(self, person: Any, ids: Sequence[int]) -> Mapping[int, Tag]:
        return _in_use().in_bulk(ids)


def follow_tags(entry: Entry) -> None:
    """Bring the hashtags of a post into line, those that it had before it was edited too."""
    for name in _names(entry):
        if tag := Tag.objects.filter(name=name).first():
            index.refresh(TAG, Scope(_TAGS, object_id=tag.pk))


def _names(entry: Entry) -> set[str]:
    if not entry.verb.startswith("post."):
        texts = Post.objects.filter(author=entry.data.get("actor", 0)).values_list("text", flat=True).iterator()
        return {name for text in texts for name in tags_in(text)}
    post = Post.objects.filter(pk=entry.subject_id).first()
    before = PostVersion.objects.filter(post=entry.subject_id).order_by("-pk").values_list("text", flat=True)[:1]
    return {name for text in [*([post.text] if post else []), *before] for name in tags_in(text)}


def _in_use() -> QuerySet[Tag]:
    return Tag.objects.filter(Exists(Tagging.objects.filter(tag=OuterRef("pk"), post__author__limited_at=None)))


def _person(profile: Profile) -> Item:
    actor = profile.actor
    return Item(
        object_id=actor.pk,
        handle=actor.handle,
        url_name="actors:page",
        url_args=(actor.handle,),
        title=actor.names,
        more_names=[Text.of(NO_LANGUAGE, **{NO_LANGUAGE: actor.handle})],
        words=[profile.home.actor.names] if profile.home else [],
    )


def _tag(tag: Tag) -> Item:
    often = len(Tagging.objects.filter(tag=tag).values_list("pk")[:_MOST])
    return Item(
        object_id=tag.pk,
        handle=_TAGS,
        url_name="social:tag",
        url_args=(tag.name,),
        title=Text.of(NO_LANGUAGE, **{NO_LANGUAGE: f"#{tag.shown}"}),
        size=1 << often.bit_length(),  # so that the item is written anew when its use has doubled, and not each time
    )
