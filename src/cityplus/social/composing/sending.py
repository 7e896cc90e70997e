"""Posting what was written: at once, or by the worker when its moment has come."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.dateparse import parse_datetime

from cityplus import jobs, journal
from cityplus.actors.models import Actor
from cityplus.people.models import Person
from cityplus.social import posting
from cityplus.social.composing.about import About
from cityplus.social.composing.document import Document
from cityplus.social.composing.holding import hold
from cityplus.social.composing.turning import Troubles, describe, writing_of
from cityplus.social.errors import Gone, Held, NotAllowed, SocialError
from cityplus.social.models import Post, Sent, Sheet
from cityplus.social.moderating import gate
from cityplus.social.speakers import voices
from cityplus.social.speakers.reader import Reader


class NotDue(SocialError):
    """The moment of a sheet was changed while it was about to be posted."""


def send(
    document: Document, author: Actor, about: About, person: Any, nonce: str, *, due: Any = None, judged: bool = False
) -> Post:
    """Post a document, once for each nonce: its media are described, its sheet is gone. ``due`` is the moment for which its sheet is
    set; ``judged``: it has passed the gate.

    Raises:
        Troubles: it cannot be posted as it is.
        NotDue: the sheet is set for that moment no more.
        BadPost, Held, Gone: as :func:`~cityplus.social.posting.publish`.
    """
    if there := Post.objects.filter(pk__in=Sent.objects.filter(nonce=nonce).values("post")).first():
        return there
    by = person.get_username()
    writing = writing_of(document, author, about, person)
    if not judged:
        gate.check(author, writing, by)

    def write() -> Post:
        journal.queue_up()  # before the sheet, in the order in which writing on takes the two
        sheets = Sheet.objects.select_for_update(no_key=True).filter(nonce=nonce)
        if due and not sheets.filter(due_at=due).exists():
            raise NotDue("It was set for another moment.")
        post = posting.publish(author, writing, by=by, nonce=nonce, judged=True)
        describe(document, writing.media, by=by)
        sheets.delete()
        return post

    return journal.together(write)


@jobs.job("social.sheet")
def send_due(sheet: int, moment: str) -> None:
    """Post a sheet whose moment has come, unless it was set to another one meanwhile. What keeps it back stands on the sheet."""
    found = Sheet.objects.select_related("author").filter(pk=sheet, due_at=parse_datetime(moment)).first()
    if found is None:
        return
    person = Person.objects.filter(username=found.by, is_active=True).first()
    with translation.override(person.language if person else "en"):
        try:
            _send_sheet(found, person)
        except NotAllowed as problem:
            found.hold_back(str(problem))
        except Troubles as problem:
            found.hold_back("space" if set(problem.by_field) == {"space"} else str(problem))
        except Gone:
            found.hold_back("gone")
        except Held as why:
            hold(found, str(why))
        except NotDue:
            return
        except SocialError as problem:
            found.hold_back(str(problem))


def _send_sheet(sheet: Sheet, person: Person | None) -> None:
    reader = Reader.of(person, sheet.author)
    if sheet.author_id not in {actor.pk for actor in voices.of(person)} or person is None:
        raise NotAllowed("right")
    document = Document.kept(sheet.document)
    about = About.of(reader, document.reply_to, document.quote)
    if about is None or not about.allows(reader, sheet.author):
        raise NotAllowed("gone")
    send(document, sheet.author, about, person, sheet.nonce, due=sheet.due_at)


def pass_on(owner: Actor, leaver: str, successor: str) -> int:
    """What one person has set for a moment goes out in the name of another; returns how many sheets those are."""
    return Sheet.objects.filter(author=owner, due_at__isnull=False, by=leaver).update(by=successor)
