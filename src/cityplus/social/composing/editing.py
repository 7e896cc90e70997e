"""Changing the words of a post, and those of its media."""

from __future__ import annotations

from cityplus.languages.text import Text
from cityplus.media.models import Medium
from cityplus.social import posting
from cityplus.social.composing.document import Document, Item, Words
from cityplus.social.composing.turning import describe, text_of, words_for
from cityplus.social.models import Post
from cityplus.social.writing import written_in


def document_of(post: Post) -> Document:
    """The form for a post, with what people wrote in it; what machines made of it is not for changing."""
    tags = written_in(post.text) or written_in(post.note) or [post.text.original or "en"]
    document = Document(tags, post.text.original or tags[0], _typed(post.text), _typed(post.note))
    document.media = [Item(medium.pk) for medium in media_of(post)]
    return document


def media_of(post: Post) -> list[Medium]:
    return [row.medium for row in post.media_rows.select_related("medium__owner")]


def change_post(post: Post, document: Document, *, by: str) -> Post:
    """Change a post to what a form says, in one transaction with the words of its media.

    Raises:
        BadPost, Held, Gone: as :func:`~cityplus.social.posting.edit`; nothing was changed.
    """
    media = media_of(post)
    asked = {item.medium: item for item in document.media}
    for medium in media:
        if medium.pk in asked:
            for name, words in words_for(medium, asked[medium.pk], document.original).items():
                setattr(medium, name, words)
    text = text_of(document.original, document.text, post.text)
    note = text_of(document.original, document.note, post.note)
    return posting.edit(post, text, note, by=by, media=media, also=lambda: describe(document, media, by=by))


def _typed(text: Text) -> Words:
    return {tag: text.versions[tag].text for tag in written_in(text)}
