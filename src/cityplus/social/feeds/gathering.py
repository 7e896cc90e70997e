"""From posts to the entries of a feed, as plain values. Only what everybody may know of is asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cityplus.languages.tags import direction
from cityplus.languages.text import Text
from cityplus.media.models import Medium
from cityplus.social.models import Mention, Post, PostMedium
from cityplus.social.rendering.cards import tag_address
from cityplus.social.words import html_of, tags_in
from cityplus.web.addresses import absolute

SIZE = 50


@dataclass(frozen=True, slots=True)
class Words:
    """One version of a post: its HTML, and the same as plain text."""

    language: str
    state: str
    html: str
    plain: str


@dataclass(frozen=True, slots=True)
class Enclosure:
    url: str
    type: str
    bytes: int
    alt: str


@dataclass(frozen=True, slots=True)
class Item:
    """An entry. ``words`` is the version that was asked for, else the original; ``others`` the rest of them."""

    id: str
    url: str
    author: str
    author_url: str
    published: datetime
    updated: datetime
    words: Words
    others: Sequence[Words]
    note: str
    tags: Sequence[str]
    enclosures: Sequence[Enclosure]


@dataclass(frozen=True, slots=True)
class Feed:
    """A page of a feed; ``next`` leads to what is older, ``previous`` to what is newer, empty where there is nothing."""

    id: str
    title: str
    language: str
    home: str
    here: str
    updated: datetime
    items: Sequence[Item]
    first: str = ""
    previous: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """What can be said of a page of posts by one look, before any is rendered."""

    ids: Sequence[int]
    older: bool
    updated: datetime | None
    mark: str


def look(posts: QuerySet[Post], before: int | None, said: str) -> Sight:
    """The page before a post, the newest first. ``mark`` changes when any of it does; ``said`` is what else the answer depends on.

    Raises:
        LookupError: there is no such page.
    """
    rows = posts.filter(hidden_at=None).order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.values_list("pk", "edited_at", "author__revision")[: SIZE + 1])
    if before is not None and not found:
        raise LookupError(f"nothing was posted before {before}")
    shown = found[:SIZE]
    drawn = (
        PostMedium.objects.filter(post__in=[pk for pk, *_ in shown]).order_by("pk").annotate(r=F("medium__renditions"))
    )
    pictures = list(drawn.values_list("pk", "r"))
    mark = hashlib.sha256(repr((said, found, pictures)).encode()).hexdigest()[:32]
    moments = [edited or Post(pk=pk).at for pk, edited, _ in shown]
    return Sight([pk for pk, *_ in shown], len(found) > SIZE, max(moments, default=None), mark)


def items(ids: Sequence[int], language: str) -> list[Item]:
    """The posts with these numbers, in four queries whatever their number."""
    posts = Post.objects.public().select_related("author").in_bulk(ids)
    mentions: dict[int, dict[str, str]] = {pk: {} for pk in ids}
    for row in Mention.objects.filter(post__in=ids, actor__gone_at=None).select_related("actor"):
        mentions[row.post_id][row.actor.handle] = absolute(row.actor.get_absolute_url())
    media: dict[int, list[Medium]] = {pk: [] for pk in ids}
    rows = PostMedium.objects.filter(post__in=ids).select_related("medium").prefetch_related("medium__renditions")
    for picture in rows.order_by("post_id", "place"):
        media[picture.post_id].append(picture.medium)
    return [_item(posts[pk], language, mentions[pk], media[pk]) for pk in ids if pk in posts]


def tag_uri(moment: datetime, what: str) -> str:
    """A name for ever (RFC 4151), whatever becomes of addresses."""
    return f"tag:{urlsplit(settings.CITYPLUS.public_url).hostname},{moment:%Y-%m-%d}:{what}"


def _item(post: Post, language: str, mentions: Mapping[str, str], media: Sequence[Medium]) -> Item:
    tag = (_chosen(post.text, language) or language or "en") if post.text else (language or "en")
    note = post.note.in_language(tag)
    versions = {one: _words(post.text, one, note, mentions, media) for one in post.text.languages}
    return Item(
        id=tag_uri(post.at, f"posts/{post.pk}"),
        url=absolute(post.get_absolute_url()),
        author=str(post.author.names),
        author_url=absolute(post.author.get_absolute_url()),
        published=post.at,
        updated=post.edited_at or post.at,
        words=versions.get(tag) or _words(post.text, tag, note, mentions, media),
        others=[words for one, words in versions.items() if one != tag],
        note=note,
        tags=list(tags_in(post.text).values()),
        enclosures=[one for medium in media for one in _enclosures(medium, tag)],
    )


def _chosen(text: Text, language: str) -> str:
    """The version in the language that was asked for, or a near relative of it; else the original."""
    base = language.partition("-")[0]
    near = [tag for tag in text.languages if base and tag.partition("-")[0] == base]
    return language if language in text.versions else (near[0] if near else text.original)


def _words(text: Text, tag: str, note: str, mentions: Mapping[str, str], media: Sequence[Medium]) -> Words:
    version = text.versions.get(tag)
    plain = version.text if version else ""
    html = html_of(plain, mentions, lambda name: absolute(tag_address(name)))
    html = format_html('<div lang="{}" dir="{}">{}</div>', tag, direction(tag), html) if plain else SafeString("")
    html += format_html_join("", "{}", ((_picture(medium, tag),) for medium in media))
    if note:
        html = format_html("<details><summary>{}</summary>{}</details>", note, html)
    return Words(tag, version.state if version else "author", str(html), plain)


def _picture(medium: Medium, tag: str) -> SafeString:
    alt, words = medium.alt.in_language(tag), (medium.alt or medium.title).in_language(tag)
    if medium.kind == Medium.Kind.PICTURE and (drawn := medium.best("image/jpeg", 960)):
        return format_html(
            '<p><img src="{}" alt="{}" width="{}" height="{}"></p>', absolute(drawn.url), alt, drawn.width, drawn.height
        )
    files = [one for one in _enclosures(medium, tag) if one.type.split("/")[0] in {"video", "audio"}]
    return format_html('<p><a href="{}">{}</a></p>', files[0].url, words) if files else SafeString("")


def _enclosures(medium: Medium, tag: str) -> list[Enclosure]:
    """One file of each medium, of a kind that every program knows."""
    kinds = {"picture": ("image/jpeg", 1600), "film": ("video/mp4", 720), "sound": ("audio/mp4", 0)}
    drawn = medium.best(*kinds[medium.kind])
    alt = (medium.alt or medium.title).in_language(tag)
    return [Enclosure(absolute(drawn.url), drawn.content_type, drawn.bytes, alt)] if drawn else []
