"""From a document to a writing: each trouble with the field that it is about."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.drafts.moments import moment_of
from cityplus.languages.text import Text, Version
from cityplus.media.models import Medium
from cityplus.social import attachments
from cityplus.social.composing.about import About, asked_city, space_of
from cityplus.social.composing.document import WHO, Document, Item, Words
from cityplus.social.composing.zones import zone_of
from cityplus.social.errors import BadPost, SocialError
from cityplus.social.models import Post
from cityplus.social.words import mentions_in
from cityplus.social.writing import Asked, Writing


class Troubles(SocialError):
    """What keeps a document from being posted: a sentence for each field that is wrong."""

    def __init__(self, by_field: Mapping[str, str]) -> None:
        super().__init__(" ".join(by_field.values()))
        self.by_field = by_field


def writing_of(document: Document, author: Actor, about: About, person: Any) -> Writing:
    """What can be posted. Its media have their new words, which are not written yet (:func:`describe` does that).

    Raises:
        Troubles: it cannot be posted as it is.
    """
    troubles: dict[str, str] = {}
    media = _media(document, author, troubles)
    writing = Writing(
        text=text_of(document.original, document.text),
        note=text_of(document.original, document.note),
        audience=_choice(document.audience, Post.Audience.values, "audience", troubles),
        reply_to=about.reply_to,
        quote=about.quote,
        asks=_asks(document, troubles),
        space=_space(document, author, troubles),
        media=media,
        attached=_attached(document, person, troubles),
        poll=_poll(document, author, troubles),
        **{name: _choice(getattr(document, name), Post.Who.values, name, troubles) for name in WHO},
    )
    if writing.audience == Post.Audience.MENTIONED and not mentions_in(writing.text):
        troubles.setdefault("audience", _("Say in the text whom it is for: @ and their name, such as @thehague."))
    try:
        writing.check(author)
    except BadPost as trouble:
        troubles.setdefault(trouble.where, str(trouble))
    if troubles:
        raise Troubles(troubles)
    return writing


def text_of(original: str, typed: Words, old: Text | None = None) -> Text:
    """What was typed, as a text: each version is the author's. One that is as it was in ``old`` stays that one."""
    now = timezone.now().isoformat(timespec="seconds")
    versions: dict[str, Version] = {}
    for tag, words in typed.items():
        before = old.versions.get(tag) if old else None
        same = before and before.state != "machine" and before.text == words.strip()
        if words.strip():
            versions[tag] = before if before and same else Version(words.strip(), at=now)
    if not versions:
        return Text()
    return Text(original if original in versions else next(iter(versions)), versions)


def describe(document: Document, media: Collection[Medium], *, by: str) -> list[int]:
    """Write the words of the media down, in the open transaction; returns the numbers of those of which something changed."""
    items = {item.medium: item for item in document.media}
    return [
        medium.pk
        for medium in media
        if medium.pk in items and medium.describe(by=by, **words_for(medium, items[medium.pk], document.original))
    ]


def words_for(medium: Medium, item: Item, original: str) -> dict[str, Any]:
    """The texts of a medium with what was typed in the form: a film and a sound are called by what is said of them."""
    words: dict[str, Any] = {"alt": _joined(medium.alt, item.alt, original)}
    if medium.kind != Medium.Kind.PICTURE:
        words["title"] = _joined(medium.title or medium.alt, item.alt, original)
        words["transcript"] = _joined(medium.transcript, item.heard, original)
    return words


def _joined(old: Text, typed: Words, original: str) -> Text:
    """A text with what was typed, beside its versions in languages that the form has no field for."""
    new = text_of(original, typed, old)
    if not old:
        return new
    others = {tag: version for tag, version in old.versions.items() if tag not in typed}
    first = old.original if old.original in {**others, **new.versions} else new.original
    versions = {**others, **new.versions}
    return replace(old, original=first or next(iter(versions)), versions=versions) if versions else Text()


def _media(document: Document, author: Actor, troubles: dict[str, str]) -> list[Medium]:
    rows = Medium.objects.filter(pk__in=[item.medium for item in document.media], owner=author).in_bulk()
    if len(rows) < len(document.media):
        troubles["media"] = _("These pictures belong to somebody else, or are not there any more. Take them out.")
    media = []
    for number, item in enumerate(document.media, 1):
        if medium := rows.get(item.medium):
            for name, words in words_for(medium, item, document.original).items():
                setattr(medium, name, words)
            if medium.kind == Medium.Kind.SOUND and not medium.transcript:
                troubles.setdefault("media", _("Write what is heard in %d, for those who cannot hear it.") % number)
            media.append(medium)
    return media


def _choice(value: str, known: Collection[str], name: str, troubles: dict[str, str]) -> str:
    if value in known:
        return value
    troubles[name] = _("Choose one of these.")
    return next(iter(known))


def _asks(document: Document, troubles: dict[str, str]) -> Actor | None:
    if not document.asks:
        return None
    if city := asked_city(document.asks):
        return city.actor
    troubles["asks"] = _("There is no such city here.")
    return None


def _space(document: Document, author: Actor, troubles: dict[str, str]) -> Actor | None:
    if not document.space:
        return None
    if pair := space_of(author, document.space):
        return pair
    troubles["space"] = _("Only the two cities and their residents speak in the space of a pair.")
    return None


def _attached(document: Document, person: Any, troubles: dict[str, str]) -> tuple[str, int]:
    if not document.attach:
        return "", 0
    if found := attachments.find(document.attach, person):
        return found
    troubles["attach"] = _("Nothing that can be attached stands at this address. Paste that of a page of this network.")
    return "", 0


def _poll(document: Document, author: Actor, troubles: dict[str, str]) -> Asked | None:
    if not document.options:
        return None
    try:
        ends_at = moment_of(document.poll_ends, zone_of(author))
    except ValueError as trouble:
        troubles["poll_ends"] = str(trouble)
        return None
    options = [text_of(document.original, words) for words in document.options]
    return Asked([option for option in options if option], ends_at, document.poll_many)
