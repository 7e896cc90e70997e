"""What is written goes by the filters of the network, and what they hold waits in the queue of moderation."""

from __future__ import annotations

from cityplus.actors.models import Actor
from cityplus.moderation import held
from cityplus.moderation.models import Held as Waiting
from cityplus.social import gate, moderated
from cityplus.social.composing import holding
from cityplus.social.composing.document import Document
from cityplus.social.errors import BadPost, Held
from cityplus.social.models import Sheet
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
    """Have a sheet wait for an officer, or for the team of the city whose public it asks."""
    document = Document.kept(sheet.document)
    city = Actor.objects.filter(handle=document.asks, kind=Actor.Kind.CITY).first() if document.asks else None
    excerpt = "\n".join([*document.note.values(), *document.text.values()])
    Waiting.hold(holding.KIND, sheet.pk, sheet.author, why=why, excerpt=excerpt, city=city)


def plug_in() -> None:
    gate.plug("moderation", guard, keep)
    held.plug(holding.KIND, holding.approve, holding.refuse)
