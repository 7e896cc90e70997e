"""What is written goes by the filters of the network, and what they hold waits in the queue of moderation."""

from __future__ import annotations

from cityplus.actors.models import Actor
from cityplus.moderation import held
from cityplus.moderation.models import Held as Waiting
from cityplus.social.composing import holding
from cityplus.social.composing.document import Document
from cityplus.social.errors import BadPost, Held
from cityplus.social.models import Post, Sheet
from cityplus.social.moderating import gate, moderated
from cityplus.social.writing import Writing


def guard(author: Actor, writing: Writing, by: str) -> None:
    """Refuse what the filters refuse, and hold what they hold.

    Raises:
        BadPost: with the sentence of the filter.
        Held: with what was found, for the officer.
    """
    del by
    verdict = moderated.judge(author, writing)
    if verdict.answer == "refuse":
        raise BadPost(verdict.words)
    if verdict.answer == "hold":
        raise Held(verdict.words)


def keep(sheet: Sheet, why: str) -> None:
    """Have a sheet wait for an officer, or for the team of the city in whose space it would stand."""
    document = Document.kept(sheet.document)
    options = [words for option in document.options for words in option.values()]
    excerpt = "\n".join([*document.note.values(), *document.text.values(), *options])
    Waiting.hold(holding.KIND, sheet.pk, sheet.author, why=why, excerpt=excerpt, city=_space_of(document))


def _space_of(document: Document) -> Actor | None:
    """The city whose public it asks, or in whose space that stands which it answers."""
    if document.asks:
        return Actor.objects.filter(handle=document.asks, kind=Actor.Kind.CITY).first()
    answered = Post.objects.filter(pk=document.reply_to).select_related("author", "asks", "space").first()
    if answered is None:
        return None
    city = (
        answered.author_id if answered.author.kind == Actor.Kind.CITY else moderated.spaces([answered]).get(answered.pk)
    )
    return Actor.objects.filter(pk=city).first() if city else None


def plug_in() -> None:
    gate.plug("moderation", guard, keep)
    held.plug(holding.KIND, holding.approve, holding.refuse)
